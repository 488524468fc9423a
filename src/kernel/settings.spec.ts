import { describe, expect, it } from '@jest/globals';
import { address, taggedAddress, oneOf, port, proxies, secret, wholeNumber } from './settings.js';

describe('setting types', () => {
  it.each([
    [oneOf('on', 'off'), 'on', 'On'],
    [address('redis', 'rediss'), 'rediss://host:6379', 'http://host'],
    [address('https', 'http'), 'http://localhost:3000', 'localhost:3000'],
    [wholeNumber(13, 21), '13', '22'],
    [wholeNumber(13, 21), '21', '12'],
    [wholeNumber(0, 9), '0', ' '],
    [wholeNumber(0, 9), '7', '7.5'],
    [port, '0', '65536'],
    [secret(16), 'x'.repeat(16), 'x'.repeat(15)],
    [taggedAddress('bounce'), 'bounce@example.org', 'bounce+1@example.org'],
    [proxies, 'loopback, 10.0.0.0/8', 'somebody'],
  ])('%j accept %s and reject %s', (kind, good, bad) => {
    expect([kind.accepts(good), kind.accepts(bad)]).toEqual([true, false]);
  });

  it.each([
    [oneOf('on', 'off', 'public').expected, 'must be on, off or public'],
    [address('smtp', 'smtps').expected, 'must be an smtp:// or smtps:// address'],
    [address('postgres', 'postgresql').expected, 'must be a postgres:// or postgresql:// address'],
    [wholeNumber(13, 21).expected, 'must be a whole number from 13 to 21'],
  ])('say what they expect: %s', (expected, words) => {
    expect(expected).toBe(words);
  });

  it('read numbers as numbers and off as undefined', () => {
    expect(wholeNumber(0, 9).read?.('07')).toBe(7);
    expect(proxies.read?.('off')).toBeUndefined();
  });
});
