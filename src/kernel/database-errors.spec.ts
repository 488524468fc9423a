import { describe, expect, it } from '@jest/globals';
import { isDatabaseUnreachable, isDatabaseUnwritable } from './database-errors.js';

const error = (facts: object): Error => Object.assign(new Error('x'), facts);

describe('isDatabaseUnreachable', () => {
  it.each([
    { code: 'ECONNREFUSED' },
    { code: 'EAI_AGAIN' },
    { code: 'EHOSTUNREACH' },
    { code: '57P01' },
    { code: '08006' },
    { code: '53300' },
    { driverError: error({ code: 'ECONNRESET' }) },
    { errors: [error({ code: 'EHOSTDOWN' }), error({ code: 'ECONNREFUSED' })] },
    { message: 'Connection terminated unexpectedly' },
    { message: 'timeout expired' },
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
