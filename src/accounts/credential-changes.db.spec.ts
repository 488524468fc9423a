import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { Outbox } from '../outbox/outbox.js';
import { CredentialChanges } from './credential-changes.js';
import type { KnownDevices } from './known-devices.js';
import type { OneTimeTokens } from './one-time-tokens.js';
import type { Sessions } from './sessions.service.js';

describe('a change of credentials', () => {
  let db: TestDatabase;
  let changes: CredentialChanges;
  const ended: string[] = [];

  beforeAll(async () => {
    db = await testDatabase();
    const note = (what: string) => () => {
      ended.push(what);
      return Promise.resolve(0);
    };
    changes = new CredentialChanges(
      db.database,
      db.clock,
      new Outbox(),
      { spendAll: note('links') } as unknown as OneTimeTokens,
      { forgetAll: note('devices') } as unknown as KnownDevices,
      { endIn: note('sessions') } as unknown as Sessions,
    );
  });
  afterAll(() => db.close());

  it('revokes everything that gives access, including private feeds, for this member only', async () => {
    const [mia, ann] = [await db.make.member('mia'), await db.make.member('ann')];
    for (const [memberId, token] of [
      [mia, 'a'],
      [ann, 'b'],
    ])
      await db.make.rows(
        `insert into private_feeds (member_id, token_hash, name, scope, titles, created_at)
         values ($1, $2, 'Notes', 'following', false, now())`,
        [memberId, Buffer.from((token ?? '').repeat(32))],
      );
    await db.database.inTransaction((tx) =>
      changes.follow(tx, { memberId: mia, kind: 'password', oldEmail: null }),
    );
    expect(ended.sort()).toEqual(['devices', 'links', 'sessions']);
    const open = await db.make.rows('select member_id from private_feeds where revoked_at is null');
    expect(open).toEqual([{ member_id: ann }]);
  });
});
