import { describe, expect, it } from '@jest/globals';
import { isDuplicate } from './database.js';

const error = (facts: object): Error => Object.assign(new Error('x'), facts);

describe('isDuplicate', () => {
  it('recognises a unique violation by its code and, if given, by its constraint', () => {
    const duplicate = error({
      driverError: error({ code: '23505', constraint: 'posts_idempotency' }),
    });
    expect(isDuplicate(duplicate)).toBe(true);
    expect(isDuplicate(duplicate, 'posts_idempotency')).toBe(true);
    expect(isDuplicate(duplicate, 'members_email')).toBe(false);
    expect(isDuplicate(error({ code: '23503' }))).toBe(false);
  });
});
