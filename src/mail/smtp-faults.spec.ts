import { describe, expect, it } from '@jest/globals';
import { DAY, HOUR, MINUTE } from '../kernel/clock.js';
import { bounceOf, reactionTo } from './smtp-faults.js';

const wait = (ms: number): object => ({ kind: 'wait', ms });

describe('SMTP errors', () => {
  it.each<[string, object, number, number, object]>([
    ['5xx is the end', { responseCode: 554 }, 1, 0, { kind: 'final' }],
    ['a passing fault waits a minute', { responseCode: 431 }, 1, 0, wait(MINUTE)],
    ['and longer each time', { responseCode: 431 }, 3, 0, wait(4 * MINUTE)],
    ['but no longer than an hour', { responseCode: 431 }, 30, DAY, wait(HOUR)],
    [
      'a busy or full mailbox waits a quarter of an hour',
      { responseCode: 450 },
      1,
      0,
      wait(15 * MINUTE),
    ],
    ['and longer each time, six hours at the most', { responseCode: 452 }, 9, DAY, wait(6 * HOUR)],
    [
      'what was put off for days is given up',
      { responseCode: 450 },
      30,
      6 * DAY,
      { kind: 'final' },
    ],
    ['a server that goes says it about all', { responseCode: 421 }, 1, 0, { kind: 'server' }],
    [
      'so does one that is not there, and it is never given up',
      { code: 'ECONNREFUSED' },
      99,
      30 * DAY,
      { kind: 'server' },
    ],
  ])('%s', (_what, fault, attempts, age, expected) => {
    expect(reactionTo(fault, attempts, age)).toEqual(expected);
  });

  const rcpt = (responseCode: number, response: string): object => ({
    responseCode,
    command: 'RCPT TO',
    response,
  });
  it.each<[object, string | null, string | null]>([
    [rcpt(550, '550 5.1.1 no such mailbox'), 'hard', '5.1.1'],
    [rcpt(550, '550 no such user'), 'hard', '550'],
    [rcpt(550, '550 5.7.1 not wanted here'), 'sender', '5.7.1'],
    [rcpt(550, '550 5.1.8 Sender address rejected: Domain not found'), 'sender', '5.1.8'],
    [rcpt(552, '552 full'), 'soft', '552'],
    [rcpt(550, '550 no'), 'soft', '550'],
    [rcpt(450, '450 4.2.1 busy'), null, null],
    [{ responseCode: 550, command: 'DATA', response: '550 5.1.1' }, null, null],
    [
      { responseCode: 550, command: 'MAIL FROM', response: '550 5.1.8 Bad sender' },
      'sender',
      '5.1.8',
    ],
    [{ code: 'ECONNREFUSED' }, null, null],
  ])('of %j are recorded as %s, with the code %s', (fault, kind, code) => {
    const bounce = bounceOf(fault);
    expect([bounce?.kind ?? null, bounce?.code ?? null]).toEqual([kind, code]);
  });
});
