import { describe, expect, it } from '@jest/globals';
import { isDatabaseUnreachable, isDuplicate, isDatabaseUnwritable } from './database.js';

const error = (facts: object): Error => Object.assign(new Error('x'), facts);

describe('isDatabaseUnreachable', () => {
  it.each([
    { code: 'ECONNREFUSED' },
    { code: '57P01' },
    { code: '08006' },
    { code: '53300' },
    { driverError: error({ code: 'ECONNRESET' }) },
    { errors: [error({ code: 'EHOSTDOWN' }), error({ code: 'ECONNREFUSED' })] },
    { message: 'Connection terminated unexpectedly' },
  ])('recognises an unreachable database by %j', (facts) =>
    expect(isDatabaseUnreachable(error(facts))).toBe(true),
  );

  it.each([{ code: '23505' }, { code: '42601' }, { driverError: error({ code: '22P02' }) }, {}])(
    'does not mistake %j for an unreachable database',
    (facts) => expect(isDatabaseUnreachable(error(facts))).toBe(false),
  );

  it('terminates for an error whose cause is the error itself', () => {
    const circle = error({});
    expect(isDatabaseUnreachable(Object.assign(circle, { driverError: circle }))).toBe(false);
  });
});

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

describe('isDatabaseUnwritable', () => {
  it.each([
    { code: '53100' },
    { code: '25006' },
    { driverError: error({ code: 'ENOSPC' }) },
    { code: 'XX000', message: 'could not write init file' },
  ])('recognises %j, which does not count as unreachable', (facts) => {
    expect(isDatabaseUnwritable(error(facts))).toBe(true);
    expect(isDatabaseUnreachable(error(facts))).toBe(false);
  });

  it('rejects another error, even one that contains itself', () => {
    const circle = error({ code: '23505' });
    expect(isDatabaseUnwritable(Object.assign(circle, { driverError: circle }))).toBe(false);
  });
});
