import { describe, expect, it } from '@jest/globals';
import { readRefusal, refusalKey, type RefusalCause } from './refusals.js';

describe('readRefusal and refusalKey', () => {
  it.each<[RefusalCause, string | null, string, string | null]>([
    ['passing', '5.2.2', 'smtp; 552 5.2.2 Mailbox full', '5.0.0'],
    ['mailbox', '5.1.1', 'smtp; 550-5.1.1 The account does not exist', '5.0.0'],
    ['mailbox', '5.1.1', 'smtp; 550 5.1.1 <spam@mail.example>: User unknown', '5.1.1'],
    ['sender', '5.1.8', 'smtp; 550 5.1.8 Sender address rejected: Domain not found', '5.1.8'],
    ['sender', '5.7.26', 'smtp; 550-5.7.26 This mail has been blocked', '5.7.26'],
    ['sender', '5.1.1', '550 5.1.1 Client host [192.0.2.1] blocked using zen.example', null],
    ['sender', '5.0.0', 'smtp; 554 Sender address rejected', '5.0.0'],
    ['sender', '5.0.0', 'smtp; 550 High probability of spam', '5.0.0'],
    ['sender', '5.0.0', 'smtp; 554 Relay access denied', '5.0.0'],
    ['sender', '5.0.0', "553 sorry, that domain isn't in my list of allowed rcpthosts", '5.0.0'],
    ['mailbox', '5.0.0', 'smtp; 550 No such user here', '5.0.0'],
    ['mailbox', '5.5.0', 'smtp; 550 5.5.0 Requested action not taken: mailbox unavailable', null],
    ['mailbox', '5.4.1', '550 5.4.1 Recipient address rejected: Access denied', '5.4.1'],
    ['mailbox', '5.1.10', 'smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found', '5.1.10'],
    ['mailbox', '5.4.4', 'X-Postfix; Host or domain name not found. Name service error', '5.4.4'],
    ['mailbox', '5.2.1', '550 5.2.1 The email account that you tried to reach is disabled', null],
    ['passing', '5.2.1', '550 5.2.1 receiving mail at a rate that prevents delivery', null],
    ['passing', '5.0.0', 'smtp; 550 Mailbox is full', '5.0.0'],
    ['passing', '5.3.4', 'smtp; 552 5.3.4 Message too big', '5.3.4'],
    ['passing', '5.0.0', 'smtp; 550 Administrative prohibition', '5.0.0'],
    ['passing', '4.4.7', 'smtp; 450 4.1.1 User unknown, for now', '4.4.7'],
    ['passing', '5.0.0', 'smtp; 451 no such user, said a server that was busy', '5.0.0'],
    ['passing', '4.4.7', '', '4.4.7'],
    ['passing', null, '', null],
    ['mailbox', '5.1.1', '', '5.1.1'],
    ['sender', '5.7.1', '', '5.7.1'],
    ['mailbox', '5.1.1', 'smtp; 550 5.0.0 Rejected', '5.1.1'],
  ])('classify %s (%s) as %s, with the status %s', (cause, code, diagnostic, status) => {
    const own = /(?<![\d.])4\.\d\.\d/.exec(diagnostic)?.[0];
    expect(readRefusal(diagnostic === '' ? null : diagnostic, status)).toEqual({
      cause,
      code: own ?? code,
    });
  });

  it('give the same key, whatever address and number the text contains', () => {
    const key = (text: string): string => refusalKey(text, readRefusal(text, '5.0.0'));
    expect(key('550 <ann@a.example> denied by mx1.a.example (id 12ab)')).toBe(
      key('550 <bob@b.example> denied by mx2.b.example (id 77xy)'),
    );
    expect(key('550 5.1.8 one')).toBe('5.1.8');
    expect(key('550 denied')).not.toBe(key('550 not now'));
    expect(refusalKey(null, readRefusal(null, null))).toBe('none');
  });

  it('take bounded time for long texts', () => {
    for (const text of ['user '.repeat(50_000), 'block'.repeat(50_000), '5.1.1 '.repeat(50_000)])
      expect(readRefusal(text, null).cause).toMatch(/mailbox|passing|sender/);
  });
});
