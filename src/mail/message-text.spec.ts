import { describe, expect, it } from '@jest/globals';
import MailComposer from 'nodemailer/lib/mail-composer';
import { messageText, routeOf, type Envelope } from './message-text.js';

const SHORT = 'Words.\n';
const LONG = `A line of ${'many words '.repeat(30)}with = and a trailing space \n.\n..\n\tÄ “quote”\n`;
const DATE = new Date('2026-03-01T09:05:00Z');

const PLAIN: Envelope = {
  from: { name: '', address: 'post@boat.example' },
  to: 'ann@mail.example',
  subject: 'You have a message',
  text: SHORT,
  html: `<p>${SHORT}</p>\n`,
  headers: {},
  messageId: '<one@boat.example>',
};

/** What Nodemailer makes of the same email, whose line breaks it would leave as they are. */
async function composed({ returnPath: _, ...mail }: Envelope): Promise<string> {
  const [text, html] = [mail.text, mail.html].map((body) => body.replace(/\n/g, '\r\n'));
  const options = { ...mail, text, html, date: DATE, baseBoundary: 'same' };
  return String(await new MailComposer(options as object).compile().build());
}

/** @returns the source without line breaks that mean nothing: in headers and quoted-printable */
function unfolded(text: string): string {
  const end = text.indexOf('\r\n\r\n');
  return text.slice(0, end).replace(/\r\n[ \t]+/g, ' ') + text.slice(end).replaceAll('=\r\n', '');
}

describe('the source of an email', () => {
  it.each<[string, Partial<Envelope>]>([
    ['short', {}],
    [
      'long',
      { text: LONG, html: `<a href="https://boat.example/?a=1&b=2">${LONG.repeat(40)}</a>` },
    ],
    [
      'in another script',
      { text: '言葉をゆっくり読んでください。\n'.repeat(40), html: `<p>😀 ${LONG}</p>` },
    ],
    ['with spaces at the end', { text: 'Words  ', html: '<p>é</p>\t' }],
    ['with a control character', { text: 'Words\u0001.\n' }],
    [
      'with a sender and a subject to encode',
      {
        from: { name: 'Grüße, “you”', address: 'post@bücher.example' },
        subject: 'Du hast eine Nachricht – “lies sie”, wenn du magst, und nimm dir dafür alle Zeit',
      },
    ],
    ['with a sender to quote', { from: { name: 'Boat (post)', address: 'post@boat.example' } }],
    ['with a subject like an encoded word', { subject: '=?UTF-8?Q?Words?=' }],
    ['to an address with signs', { to: 'ann+boat@Mail.example', replyTo: 'reply+1@boat.example' }],
    [
      'with headers',
      {
        headers: {
          'Auto-Submitted': 'auto-generated',
          'In-Reply-To': '<two@boat.example>',
          References: '<two@boat.example>',
          'List-Unsubscribe': `<https://boat.example/unsubscribe/${'x'.repeat(90)}>, <mailto:leave+${'x'.repeat(40)}@boat.example>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          'X-Word': 'Wörter',
        },
      },
    ],
  ])('is what Nodemailer writes: %s', async (_, change) => {
    const envelope = { ...PLAIN, ...change };
    const own = messageText(envelope, DATE, '--_NmP-same-Part_1');
    expect(unfolded(own)).toBe(unfolded(await composed(envelope)));
    expect(own.split('\r\n').every((line) => line.length < 998)).toBe(true);
  });

  it.each(['ann@mail.example\r\nBcc: bob@mail.example', 'ann@mail.example, bob@mail.example'])(
    'has one recipient and no header that an address brought along: %j',
    (to) => {
      const source = messageText({ ...PLAIN, to, headers: { 'X-To': to } }, DATE);
      expect(source.match(/^(?:To|Bcc|Cc):/gim)).toEqual(['To:']);
      expect(routeOf({ ...PLAIN, to }).to.length).toBe(1);
    },
  );

  it('has only line breaks that end a line of SMTP', () => {
    const text = 'One\rtwo\n.\r\rthree\r\n.\n';
    const source = messageText({ ...PLAIN, text, html: text, subject: 'a\rb\nc' }, DATE);
    expect(source.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(source.endsWith('\r\n')).toBe(true);
  });

  it('has a boundary of its own each time', () => {
    const boundaries = [1, 2].map(
      () => /boundary="([^"]+)"/.exec(messageText(PLAIN, DATE))?.[1] ?? '',
    );
    expect(boundaries[0]).toMatch(/^[\w-]{30,}$/);
    expect(boundaries[1]).not.toBe(boundaries[0]);
  });
});

describe('the addresses of an email', () => {
  it('are those of bounces and of the recipient, in ASCII', () => {
    expect(routeOf(PLAIN)).toEqual({ from: 'post@boat.example', to: ['ann@mail.example'] });
    expect(
      routeOf({ ...PLAIN, to: 'ann@bücher.example', returnPath: 'bounce+1@Boat.example' }),
    ).toEqual({ from: 'bounce+1@boat.example', to: ['ann@xn--bcher-kva.example'] });
  });
});
