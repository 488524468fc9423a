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

  it('from a mailing list is automatic; one that only says how to leave is not', async () => {
    const to = `To: reply+${TOKEN}@boat.example`;
    expect(await tokenOf(mail(to, 'List-Id: Helpers <helpers.example.org>'))).toBeUndefined();
    expect(await tokenOf(mail(to, 'List-Unsubscribe: <https://example.org/leave>'))).toBe(TOKEN);
  });
});
