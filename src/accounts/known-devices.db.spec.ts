import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { readConfig } from '../kernel/config.js';
import { KnownDevices } from './known-devices.js';

const [NEW, OLD] = ['n'.repeat(40), 'o'.repeat(40)];

describe('a known browser', () => {
  let db: TestDatabase;
  let cookie: string;

  const devices = (env: Record<string, string>): KnownDevices =>
    new KnownDevices(readConfig({ NODE_ENV: 'test', ...env }), db.sql, db.clock);

  beforeAll(async () => {
    db = await testDatabase();
    const memberId = await db.make.member('kim');
    cookie = await devices({ SECRET_KEY: OLD }).remember(undefined, memberId);
  });
  afterAll(() => db.close());

  it.each([
    ['known before and after the key was changed', { SECRET_KEY: NEW, SECRET_KEY_PREVIOUS: OLD }],
    ['known under the key that signed it', { SECRET_KEY: OLD }],
  ])('is %s', async (_, env) => {
    expect(await devices(env).deviceOf(cookie, 'kim@example.org')).not.toBeNull();
  });

  it('is unknown once the previous key is removed', async () => {
    expect(await devices({ SECRET_KEY: NEW }).deviceOf(cookie, 'kim@example.org')).toBeNull();
  });
});
