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

describe('a mail that comes in', () => {
  it.each(['To', 'Cc', 'Delivered-To', 'X-Original-To', 'Envelope-To'])(
    'names whom it is to in %s',
    async (header) => {
      expect(await tokenOf(mail(`${header}: reply+${TOKEN}@boat.example`))).toBe(TOKEN);
    },
  );

  it('is found among several that it was delivered to', async () => {
    const raw = mail(
      'Delivered-To: ann@example.org',
      `Delivered-To: reply+${TOKEN}@boat.example`,
      'To: ann@example.org',
    );
    expect(await tokenOf(raw)).toBe(TOKEN);
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
  ])('is not surely its writer’s words where it shows a file: %s', async (...part) => {
    expect((await readIncoming(withPart(...part), OURS))?.uncertain).toBe(true);
  });

  it.each([
    [
      'Content-Type: text/plain; name=diary.txt',
      'Content-Disposition: attachment; filename=diary.txt',
    ],
    ['Content-Type: message/rfc822', 'Content-Disposition: attachment'],
    ['Content-Type: image/png', 'Content-Disposition: inline; filename=logo.png'],
  ])('is its writer’s words where the file stays beside it: %s', async (...part) => {
    const mail = await readIncoming(withPart(...part), OURS);
    expect([mail?.text.trim(), mail?.uncertain]).toEqual(['Thank you.', false]);
  });

  it('from a mailing list is automatic; one that only says how to leave is not', async () => {
    const to = `To: reply+${TOKEN}@boat.example`;
    expect(await tokenOf(mail(to, 'List-Id: Helpers <helpers.example.org>'))).toBeUndefined();
    expect(await tokenOf(mail(to, 'List-Unsubscribe: <https://example.org/leave>'))).toBe(TOKEN);
  });
});
