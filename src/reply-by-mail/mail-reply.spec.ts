import { describe, expect, it } from '@jest/globals';
import { messages, own, TOKEN } from '../../test/support/mail-reply.js';
import { parseMailReply } from './mail-reply.js';

const said = (key: string, params = {}): string => messages.text('en', key, params);
const read = (text: string, name = '') => parseMailReply(text, own, name);
const whole = (text: string, needsReview: boolean) => ({
  text,
  whole: text,
  omits: false,
  needsReview,
});
const quoted = (text: string): string =>
  text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');

/** As in `views/mail/notice.txt.hbs` and its partial. */
const OURS = [
  said('mail.notice.hello'),
  '',
  said('mail.notice.text', { count: 1 }),
  '',
  `- ${said('notifications.kind.reply-to-post', { name: 'quiet-lamp' })} Awake again (and again)`,
  '',
  said('mail.notice.answer'),
  '',
  'https://boat.example/notifications/17',
  '',
  '--',
  said('mail.notice.why'),
  '',
  `${said('mail.leave')}:`,
  `https://boat.example/unsubscribe/${TOKEN}`,
  '',
  `${said('mail.settings')}:`,
  'https://boat.example/settings/notifications',
].join('\n');
/** The HTML part, as a mail client converts it to text. */
const FROM_HTML = [
  said('mail.preview'),
  '',
  said('mail.notice.hello'),
  '',
  said('mail.notice.text', { count: 1 }),
  '',
  said('mail.notice.answer'),
  '',
  `${said('mail.notice.open')}<https://boat.example/notifications/17>`,
  '',
  said('mail.notice.why'),
  '',
  `${said('mail.leave')}<https://boat.example/unsubscribe/${TOKEN}>`,
  `${said('mail.settings')} <https://boat.example/settings/notifications>`,
].join('\n');
/** Wrapped at 60 characters, as some clients do with quotations. */
const WRAPPED = OURS.split('\n')
  .flatMap((line) => line.match(/\S.{0,59}(?= |$)|\S+/g) ?? [''])
  .join('\n');

const WORDS = 'Thank you for the tip about the book.\n\nIt helped me this morning.';

describe('parseMailReply', () => {
  const headers: [string, string][] = [
    ['Gmail', 'On Mon, 1 Jun 2026 at 10:00, Messages <post@boat.example> wrote:'],
    ['Gmail, wrapped', 'On Mon, 1 Jun 2026 at 10:00, Messages\n<post@boat.example> wrote:'],
    [
      'Gmail, to the address that answers',
      'On Mon, 1 Jun 2026 at 10:00, <reply+ab12@boat.example> wrote:',
    ],
    ['Thunderbird', 'On 01/06/2026 10:00, Messages wrote:'],
    ['German', 'Am Mo., 1. Juni 2026 um 10:00 Uhr schrieb Messages <post@boat.example>:'],
    ['Polish', 'pon., 1 cze 2026 o 10:00 Messages <post@boat.example> napisał(a):'],
    ['Russian', 'пн, 1 июн. 2026 г. в 10:00, Messages <post@boat.example>:'],
    ['Japanese', '2026年6月1日(月) 10:00 Messages <post@boat.example>:'],
    [
      'Outlook',
      [
        '________________________________',
        'From: Messages <post@boat.example>',
        'Sent: Monday, June 1, 2026 10:00 AM',
        'To: Ann Example <ann@example.org>',
        'Subject: You have a message',
      ].join('\n'),
    ],
    [
      'Outlook, Spanish',
      [
        '________________________________',
        'De: Messages <post@boat.example>',
        'Enviado: lunes, 1 de junio de 2026 10:00',
        'Para: Ann Example <ann@example.org>',
        'Asunto: You have a message',
      ].join('\n'),
    ],
    [
      'GMX',
      [
        'Gesendet: Montag, 1. Juni 2026 um 10:00',
        'Von: "Messages" <post@boat.example>',
        'An: ann@example.org',
        'Betreff: You have a message',
      ].join('\n'),
    ],
    [
      'Outlook, older',
      [
        '-----Original Message-----',
        'From: Messages [mailto:post@boat.example]',
        'Sent: 01 June 2026 10:00',
        'To: Ann Example',
        'Subject: You have a message',
      ].join('\n'),
    ],
    ['no header', ''],
  ];
  const bodies: [string, string][] = [
    ['the text', OURS],
    ['the text with marks', quoted(OURS)],
    ['the text wrapped', quoted(WRAPPED)],
    ['the HTML as text', FROM_HTML],
    ['the HTML with marks', quoted(FROM_HTML)],
    ['the first sentence', quoted('Something is waiting for you.')],
  ];
  for (const [client, header] of headers) {
    it.each(bodies)(`keeps only the new text: ${client}, %s`, (_what, body) => {
      expect(read(`${WORDS}\r\n\r\n${header}\n${body}\n`, 'Ann Example')).toMatchObject({
        text: WORDS,
        needsReview: false,
      });
      expect(read(`${WORDS}\n\nSent from my iPhone\n\n${header}\n\n${body}`)).toMatchObject({
        text: WORDS,
        needsReview: false,
      });
    });
  }

  it('also keeps text below and between quotations', () => {
    const header = 'On Mon, 1 Jun 2026 at 10:00, Messages <post@boat.example> wrote:\n\n';
    expect(read(`${header}${quoted(OURS)}\n\n${WORDS}`)).toMatchObject({
      text: WORDS,
      needsReview: false,
    });
    const [first, rest] = [OURS.slice(0, OURS.indexOf('- ')), OURS.slice(OURS.indexOf('- '))];
    expect(
      read(`${header}${quoted(first)}\nI read it.\n${quoted(rest)}\nAnd thank you.`).text,
    ).toBe('I read it.\n\nAnd thank you.');
  });

  it('is empty if nothing was written', () => {
    expect(read(quoted(OURS)).text).toBe('');
  });
});

describe('words of their own', () => {
  const GOODBYE = 'PS: I am not all right.';
  it.each([
    ['a dash line', '---'],
    ['two dashes', '--'],
    ['two equal signs', '=='],
    ['a line of their own before', 'On Sunday I wrote:'],
    ['a greeting', 'Cheers'],
    ['another greeting', 'Best wishes,'],
    ['where they are', 'Sent from the ward on the second floor'],
    ['from whom', 'From: me, to all of you <here>'],
    ['regards', 'Kind regards'],
    ['their own quotation', '> and I said it then'],
    ['a name', 'Ann Example'],
  ])('are kept whole and reviewed first: %s', (_what, line) => {
    const text = `Thank you for the tip about the book.\n\n${line}\n\n${GOODBYE}`;
    expect(read(text, 'Ann Example')).toEqual(whole(text, true));
    expect(read(`${text}\n\n${quoted(OURS)}`, 'Ann Example')).toMatchObject({
      text,
      needsReview: true,
    });
  });

  it.each([
    ['a quotation of their own at the end', 'I said this before.\n\n> Nobody hears me.'],
    ['a signature', 'Thank you all.\n\n--\nAnn\nBaker at The Oven'],
    ['a name after thanks', 'I will try that.\n\nThanks,\nAnn'],
    ['a whole name', 'I will try that.\n\nAnn Baker'],
    [
      'a header that we do not know',
      'Yes.\n\nEl lunes, 1 de junio de 2026, alguien escribió:\n> hola',
    ],
    ['a signed mail', '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nYes.'],
  ])('are reviewed first: %s', (_what, text) => {
    expect(read(text)).toEqual(whole(text, true));
  });

  it.each([
    'I have been awake since four. Will it end?\n\nCheers',
    'Thanks!\nI will try the tea.',
    'Hello,\n\nI read it. Open it again for me.',
    'We met: it was good.',
    'One - two - three.\n\n- a walk\n- a cup of tea',
    'Something is waiting for you. That sentence made me smile.',
    'Log in to read it when it suits you.',
  ])('are published directly: %s', (words) => {
    expect(read(words, 'Ann Example')).toEqual(whole(words, false));
  });

  it('between our sentences are never removed with them', () => {
    const inside = OURS.replace('--\n', 'I want to stop hearing of this.\n--\n');
    expect(read(`Yes.\n\n${quoted(inside)}`).text).toContain('I want to stop hearing of this.');
    const beside = quoted(OURS).replace(
      'Something is waiting for you.',
      'Something is waiting for you. And I am so tired.',
    );
    expect(read(`Yes.\n\n${beside}`).text).toContain('And I am so tired.');
  });

  it('in a line above the quotation are screened, whichever name it contains', () => {
    const header = 'At 10:00 post@boat.example made me write this, and I am not all right:';
    expect(read(`Yes.\n\n${header}\n${quoted(OURS)}`).whole).toContain('I am not all right');
  });

  it('are read to the end, however many', () => {
    for (const line of [
      '> ',
      '> \n',
      '-',
      ' ',
      'wrote:\n',
      'From: a@b\n',
      'Cheers\n',
      'On Mon 2026 post@boat.example ',
      'Ann ',
      'https://boat.example/',
    ]) {
      const text = line.repeat(Math.ceil(200_000 / line.length));
      expect(read(text, 'Ann').whole.length).toBeLessThanOrEqual(text.length);
    }
  });
});
