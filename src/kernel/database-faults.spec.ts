import { describe, expect, it } from '@jest/globals';
import { databaseFault, unreachableDatabase } from './database-faults.js';

const error = (facts: object): Error => Object.assign(new Error('x'), facts);

describe('databaseFault', () => {
  it.each([
    [
      { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'db.example' },
      /^The host db\.example/,
    ],
    [{ code: '28P01' }, /^The database refuses the user or the password in DATABASE_URL: /],
    [{ code: '28000' }, /^The database refuses the user or the password/],
    [
      { message: 'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string' },
      /^The database refuses the user or the password/,
    ],
    [{ driverError: error({ code: '3D000' }) }, /^The database in DATABASE_URL does not exist/],
    [
      { code: '42501', message: 'permission denied for schema public' },
      /lacks a right \(permission denied for schema public\): make them the owner/,
    ],
    [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, /^The certificate .*sslrootcert=FILE/],
    [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, /^The certificate .* host name/],
    [{ message: 'The server does not support SSL connections' }, /offers no TLS/],
  ])('explains %j in one line, with what to do', (facts, line) => {
    const said = databaseFault(error(facts)) ?? '';
    expect(said).toMatch(line);
    expect(said).toMatch(/^[^\n]+\.$/);
  });

  it('names the setting with the address', () =>
    expect(databaseFault(error({ code: '3D000' }), 'DATABASE_DIRECT_URL')).toContain(
      'DATABASE_DIRECT_URL',
    ));

  it.each([{ code: 'ECONNREFUSED' }, { code: '57P03' }, { code: '23505' }, {}])(
    'leaves %j to others',
    (facts) => expect(databaseFault(error(facts))).toBeNull(),
  );
});

describe('unreachableDatabase', () => {
  it.each([
    [{ code: 'ECONNREFUSED', syscall: 'connect' }, /respond \(ECONNREFUSED\): .* DATABASE_URL/],
    [{ errors: [error({ code: 'ECONNREFUSED' })] }, /does not respond/],
    [{ message: 'timeout expired' }, /^The database does not respond: /],
  ])('says in one line that the database is away, given %j', (facts, line) =>
    expect(unreachableDatabase(error(facts))).toMatch(line),
  );

  it.each([
    { code: 'ENOENT', syscall: 'open' },
    { code: 'EPIPE', syscall: 'write' },
    { code: '42601' },
  ])('does not blame the database for %j', (facts) =>
    expect(unreachableDatabase(error(facts))).toBeNull(),
  );
});
