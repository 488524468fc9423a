import { describe, expect, it } from '@jest/globals';
import { readIncoming } from './incoming.js';

const TOKEN = '0123456789abcdef0123456789abcdef01234567';
const OURS = 'reply@boat.example';
const mail = (...headers: string[]): string =>
  ['From: ann@example.org', 'Message-ID: <1@example.org>', ...headers, '', 'Thank you.'].join(
    '\r\n',
  );
const tokenOf = async (raw: string): Promise<string | undefined> =>
  (await readIncoming(raw, OURS))?.token;

describe('readIncoming', () => {
  it.each(['To', 'Cc', 'Delivered-To', 'X-Original-To', 'Envelope-To'])(
    'finds the recipient in %s',
    async (header) => {
      expect(await tokenOf(mail(`${header}: reply+${TOKEN}@boat.example`))).toBe(TOKEN);
    },
  );

  it('finds our address among several recipients', async () => {
    const raw = mail(
      'Delivered-To: ann@example.org',
      `Delivered-To: reply+${TOKEN}@boat.example`,
      'To: ann@example.org',
    );
    expect(await tokenOf(raw)).toBe(TOKEN);
  });

  it('keeps the words of HTML, however deeply nested, also in a forwarded email', async () => {
    const deep = `${'<div>'.repeat(2_000)}I said it here.`;
    const html = ['Content-Type: text/html', '', deep];
    const [to, from] = [`To: reply+${TOKEN}@boat.example`, 'From: ann@example.org'];
    const alone = await readIncoming([from, to, ...html].join('\r\n'), OURS);
    expect(alone).toMatchObject({ text: 'I said it here.', uncertain: true });
    const parts = ['--b', '', 'See below.', '--b', 'Content-Type: message/rfc822', '', ...html];
    const mixed = [from, to, 'Content-Type: multipart/mixed; boundary=b', '', ...parts, '--b--'];
    expect(await readIncoming(mixed.join('\r\n'), OURS)).toMatchObject({
      text: expect.stringMatching(/^See below\.\s*$/),
      beside: 'I said it here.',
    });
  });

  const withPart = (...part: string[]): string =>
    [
      'From: ann@example.org',
      `To: reply+${TOKEN}@boat.example`,
      'Message-ID: <1@example.org>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=part',
      '',
      '--part',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Thank you.',
      '--part',
      ...part,
      '',
      'The words of a file.',
      '--part--',
      '',
    ].join('\r\n');

  it.each([
    ['Content-Type: text/plain; name=diary.txt', 'Content-Disposition: inline; filename=diary.txt'],
    ['Content-Type: text/plain', 'Content-Disposition: inline;', "  filename*=utf-8''diary.txt"],
    ['Content-Disposition: inline', 'Content-Type: message/rfc822'],
  ])('is uncertain about the author if the email shows a file: %s', async (...part) => {
    expect((await readIncoming(withPart(...part), OURS))?.uncertain).toBe(true);
  });

  it.each([
    [
      'Content-Type: text/plain; name=diary.txt',
      'Content-Disposition: attachment; filename=diary.txt',
    ],
    ['Content-Type: message/rfc822', 'Content-Disposition: attachment'],
    ['Content-Type: image/png', 'Content-Disposition: inline; filename=logo.png'],
  ])('is certain about the author if the file is an attachment: %s', async (...part) => {
    const mail = await readIncoming(withPart(...part), OURS);
    expect([mail?.text.trim(), mail?.uncertain]).toEqual(['Thank you.', false]);
  });

  it('treats mailing lists as automatic, but not an email with just an unsubscribe header', async () => {
    const to = `To: reply+${TOKEN}@boat.example`;
    expect(await tokenOf(mail(to, 'List-Id: Helpers <helpers.example.org>'))).toBeUndefined();
    expect(await tokenOf(mail(to, 'List-Unsubscribe: <https://example.org/leave>'))).toBe(TOKEN);
  });

  it('omits a forwarded message from the text, at any depth, and passes it on for screening', async () => {
    const inner = withPart(
      'Content-Type: multipart/mixed; boundary=inner',
      '',
      '--inner',
      'Content-Type: message/rfc822',
      'Content-Disposition: inline',
      '',
      'From: bea@example.org',
      '',
      'Words of Bea.',
      '--inner--',
    );
    const mail = await readIncoming(inner, OURS);
    expect(mail?.text).not.toContain('Bea');
    expect(mail?.beside).toContain('Words of Bea.');
  });

  it.each([
    ['HTML after a text', 'Content-Type: text/html', 'The words of a file.'],
    ['a file beside it', 'Content-Type: text/html\r\nContent-Disposition: attachment', ''],
  ])('passes on for screening what is shown beside the text: %s', async (_what, part, beside) => {
    const mail = await readIncoming(withPart(part), OURS);
    expect([mail?.text.trim(), mail?.beside]).toEqual(['Thank you.', beside]);
  });

  it('reads a truncated email as far as it goes', async () => {
    const raw = withPart('Content-Type: text/plain', '', 'More words').split('The words')[0] ?? '';
    expect((await readIncoming(raw, OURS))?.text).toContain('More words');
  });

  it('reports a sender only if there is one From with one address', async () => {
    const to = `To: reply+${TOKEN}@boat.example`;
    const read = (raw: string) => readIncoming(raw, OURS);
    expect(await read(mail(to))).toMatchObject({ from: 'ann@example.org', conflicting: [] });
    expect(await read(mail(to, 'From: Eve <eve@example.org>'))).toMatchObject({
      from: '',
      conflicting: ['ann@example.org', 'eve@example.org'],
    });
    const both = mail(to).replace('ann@example.org', 'ann@example.org, eve@example.org');
    expect(await read(both)).toMatchObject({ from: '', conflicting: [] });
  });

  it.each([
    ['Subject: Automatic reply: You have a message', null],
    ['Subject: =?utf-8?Q?R=C3=A9ponse_automatique?= : You have a message', null],
    ['Subject: Re: You have a message', false],
    ['Subject: AW: You have a message', false],
    ['Subject: Poissa maanantaihin', true],
  ])('X-Auto-Response-Suppress with %s', async (subject, uncertain) => {
    const to = `To: reply+${TOKEN}@boat.example`;
    const found = await readIncoming(mail(to, 'X-Auto-Response-Suppress: All', subject), OURS);
    expect(found?.uncertain ?? null).toBe(uncertain);
  });
});
