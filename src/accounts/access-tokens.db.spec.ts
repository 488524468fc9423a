import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import type { Viewer } from '../http/viewer.js';
import { DAY } from '../kernel/clock.js';
import { readConfig } from '../kernel/config.js';
import { FieldError, Forbidden } from '../kernel/errors.js';
import { Outbox } from '../outbox/outbox.js';
import { NewAccessToken } from './access-tokens.dto.js';
import { MAX_TOKENS } from './access-tokens.queries.js';
import { AccessTokens } from './access-tokens.service.js';
import { CredentialChanges } from './credential-changes.js';
import { KnownDevices } from './known-devices.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { Sessions } from './sessions.service.js';

const form = (fields: Partial<NewAccessToken> = {}): NewAccessToken =>
  Object.assign(new NewAccessToken(), { name: 'Reader', scopes: ['threads:read'], ...fields });

describe('access tokens', () => {
  let db: TestDatabase;
  let tokens: AccessTokens;
  let sessions: Sessions;
  let kim: Viewer;
  let count = 0;

  beforeAll(async () => {
    db = await testDatabase();
    const { database, sql, clock } = db;
    const config = readConfig({ NODE_ENV: 'test', SECRET_KEY: 'a'.repeat(40) });
    sessions = new Sessions(sql, clock, config);
    const changes = new CredentialChanges(
      database,
      clock,
      new Outbox(),
      new OneTimeTokens(sql, clock),
      new KnownDevices(config, sql, clock),
      sessions,
    );
    tokens = new AccessTokens(database, sql, clock, config, changes);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    count += 1;
    await db.make.member(`kim-${count}`);
    kim = await db.make.viewer(`kim-${count}`);
  });

  it('acts for its member within its scopes, and only its digest is stored', async () => {
    const token = await tokens.create(kim, form());
    const holder = await tokens.holderOf(token);
    expect(holder).toMatchObject({
      scopes: ['threads:read'],
      viewer: { memberId: kim.memberId, handle: kim.handle, verified: true, sessionId: '0' },
    });
    const rows = await db.make.all<{ row: string }>('select a::text as row from access_tokens a');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(token.slice(9));
  });

  it('notifies the owner by email', async () => {
    await tokens.create(kim, form());
    const [change] = await db.make.all<{ kind: string }>(
      'select kind from credential_changes where member_id = $1',
      [kim.memberId],
    );
    expect(change).toEqual({ kind: 'access-token' });
  });

  it('is shown again, and not created again, if its form is submitted twice', async () => {
    const pressed = form({ idempotencyKey: 'k' });
    const [token, again] = await Promise.all([
      tokens.create(kim, pressed),
      tokens.create(kim, pressed),
    ]);
    expect(again).toBe(token);
    expect(await tokens.holderOf(token)).not.toBeNull();
    const changes = await db.make.all('select 1 from credential_changes where member_id = $1', [
      kim.memberId,
    ]);
    expect(changes).toHaveLength(1);
    const id = (await tokens.list(kim))[0]?.id ?? '';
    await tokens.revoke(kim, id);
    expect(await tokens.create(kim, pressed)).not.toBe(token);
  });

  it('is not valid if modified, or in place of another kind of token', async () => {
    const token = await tokens.create(kim, form());
    for (const wrong of ['', 'sameboat_', token.slice(0, -1), `${token}a`, token.slice(9)])
      expect(await tokens.holderOf(wrong)).toBeNull();
  });

  it('records the day of its last use, at most once a day', async () => {
    const token = await tokens.create(kim, form());
    expect(await tokens.list(kim)).toMatchObject([{ name: 'Reader', lastUsedOn: null }]);
    await tokens.holderOf(token);
    const today = db.clock.now().toISOString().slice(0, 10);
    expect(await tokens.list(kim)).toMatchObject([{ lastUsedOn: today }]);
  });

  it('never has moderator rights', async () => {
    await db.make.rows(`update members set role = 'admin' where id = $1`, [kim.memberId]);
    const token = await tokens.create(await db.make.viewer(kim.handle), form());
    expect((await tokens.holderOf(token))?.viewer).toMatchObject({
      role: 'member',
      moderates: false,
    });
  });

  it('can be revoked by its owner, and by nobody else', async () => {
    const token = await tokens.create(kim, form());
    const [row] = await tokens.list(kim);
    await db.make.member(`wren-${count}`);
    await tokens.revoke(await db.make.viewer(`wren-${count}`), row?.id ?? '');
    expect(await tokens.holderOf(token)).not.toBeNull();
    await tokens.revoke(kim, row?.id ?? '');
    expect(await tokens.holderOf(token)).toBeNull();
    expect(await tokens.list(kim)).toEqual([]);
  });

  it('ends with the sessions, for example when the password changes', async () => {
    const token = await tokens.create(kim, form());
    await db.database.inTransaction((tx) => sessions.endIn(tx, kim.memberId));
    expect(await tokens.holderOf(token)).toBeNull();
    const again = await tokens.create(kim, form());
    await db.database.inTransaction((tx) => sessions.endAllIn(tx));
    expect(await tokens.holderOf(again)).toBeNull();
  });

  it('ends with the account, and when it expires', async () => {
    const token = await tokens.create(kim, form({ days: '30' }));
    db.clock.move(29 * DAY);
    expect(await tokens.holderOf(token)).not.toBeNull();
    await db.make.rows('update members set closed_at = now() where id = $1', [kim.memberId]);
    expect(await tokens.holderOf(token)).toBeNull();
    await db.make.rows('update members set closed_at = null where id = $1', [kim.memberId]);
    db.clock.move(2 * DAY);
    expect(await tokens.holderOf(token)).toBeNull();
    // The name is available again.
    await tokens.create(kim, form());
  });

  it('is rejected if its name is taken, or above the maximum number', async () => {
    await tokens.create(kim, form());
    await expect(tokens.create(kim, form())).rejects.toThrow(FieldError);
    for (let n = 1; n < MAX_TOKENS; n += 1) await tokens.create(kim, form({ name: `App ${n}` }));
    await expect(tokens.create(kim, form({ name: 'One more' }))).rejects.toThrow(FieldError);
  });

  it('cannot be created on a shared device or while the account is suspended', async () => {
    const shared = { ...kim, sharedDevice: true };
    await expect(tokens.create(shared, form())).rejects.toThrow(Forbidden);
    const suspended = { ...kim, suspendedUntil: db.clock.now() };
    await expect(tokens.create(suspended, form())).rejects.toThrow(Forbidden);
  });
});
