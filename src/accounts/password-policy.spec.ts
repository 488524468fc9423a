import { describe, expect, it } from '@jest/globals';
import { newToken } from '../kernel/ids.js';
import { DEMO_PASSWORD } from './demo-log-ins.js';
import { isCommonPassword, isInFilter, makeFilter } from './common-passwords.js';
import { passwordFault } from './password-policy.js';

const context = {
  handle: 'quiet-heron',
  email: 'ann.berg@example.org',
  site: ['Sameboat', 'boat.example'],
};
const fault = (password: string): string | undefined =>
  passwordFault(password, context)?.replace('accounts.error.password-', '');

describe('passwordFault', () => {
  it.each([
    'password123',
    'Password123',
    'PASSWORD123',
    'qwerty12345',
    'iloveyou123',
    'liverpool123',
    'manchester',
    'basketball',
    'christopher',
    'password123456',
    'Password123!',
    'liverpool1!!',
  ])('rejects a breached password: %s', (password) => {
    expect(fault(password)).toBe('common');
  });

  it.each([
    ['aaaaaaaaaa', 'common'],
    ['ababababab', 'simple'],
    ['abcxyzabcxyz', 'simple'],
    ['lampelampe', 'simple'],
    ['!?!?!?!?!?', 'simple'],
    ['9876543210', 'common'],
    ['1234567890', 'common'],
    ['abcdefghijkl', 'common'],
    ['mnopqrstuvw', 'simple'],
    ['poiuytrewqlkj', 'simple'],
    ['111122223333', 'common'],
    ['111122224444', 'simple'],
    ['ыыыыыыыыыы', 'simple'],
  ])('rejects sequences and repetitions: %s', (password, why) => {
    expect(fault(password)).toBe(why);
  });

  it.each([
    'quiet-heronquiet-heron',
    'quiet-heron-1',
    'quietheron12',
    'Heron-Quiet!',
    'ann.berg@example.org',
    'ANN.BERG@EXAMPLE.ORG',
    'ann.berg1984',
    'sameboat2026',
    'SameBoat!SameBoat',
    'boat.example',
    'sameboatheron',
  ])('rejects names that others know: %s', (password) => {
    expect(['own', 'simple']).toContain(fault(password));
  });

  it.each([
    'four plain words here',
    'a good old password',
    'a long and quiet word',
    'a heron by the grey canal',
    'correct horse battery',
    'Tr0ub4dor&3xyz',
    'grey canal 2026!',
    'žluťoučký kůň',
    '我家门前有小河后面有山坡',
    DEMO_PASSWORD,
  ])('accepts %s', (password) => {
    expect(fault(password)).toBeUndefined();
  });

  it('of an account without an address uses the details that exist', () => {
    expect(passwordFault('quiet-heron-1', { ...context, email: null })).not.toBeNull();
    expect(passwordFault('four plain words here', { ...context, email: null })).toBeNull();
  });
});

describe('the Bloom filter of common passwords', () => {
  it('has no false negatives, and few false positives', () => {
    const listed = Array.from({ length: 2_000 }, (_, n) => `listed-${n}`);
    const filter = makeFilter(listed);
    expect(listed.filter((password) => !isInFilter(filter, password))).toEqual([]);
    const others = Array.from({ length: 20_000 }, (_, n) => `other-${n}`);
    expect(others.filter((password) => isInFilter(filter, password)).length).toBeLessThan(20);
  });

  it('hardly ever matches a random password', () => {
    const random = Array.from({ length: 20_000 }, () => newToken(12));
    expect(random.filter(isCommonPassword).length).toBeLessThan(20);
  });
});
