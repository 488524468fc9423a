import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newDatabase } from '../../test/support/databases.js';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { migrate, migrationClasses, revertMigration } from '../kernel/database.js';
import { skeleton } from '../kernel/skeleton.js';
import { HandleClaims } from './handle-claims.js';
import pg from 'pg';

describe('a handle claim', () => {
  let db: TestDatabase;
  let claims: HandleClaims;
  beforeAll(async () => {
    db = await testDatabase();
    claims = new HandleClaims(db.sql, db.clock);
    await db.make.member('kettle-on');
    await db.make.member('harbour-mod');
    await db.database.inTransaction((tx) => claims.reserve(tx, 'quiet-wren'));
  });
  afterAll(() => db.close());

  const free = (handle: string): Promise<boolean> =>
    db.database.inTransaction((tx) => claims.isFree(tx, handle));

  it.each([
    'kettIe-on',
    'kett1e-on',
    'Kettle--On',
    'kettleon',
    'kett-leon',
    'k3ttle-0n',
    'harbour-m0d',
    'harbour--mod',
    'harbour-rnod',
    'qu1et-vvren',
  ])('treats %s as confusable with an existing handle', async (handle) => {
    expect(await free(handle)).toBe(false);
  });

  it.each(['kettle-off', 'kettle-on2', 'harbour', 'quiet-wren12'])('%s is free', async (handle) => {
    expect(await free(handle)).toBe(true);
  });

  it('compares skeletons in the database as in the program', async () => {
    const handles = [
      'ABCDEFGHIJKLMNOPQRSTUVWX',
      'YZabcdefghijklmnopqrstuv',
      'wxyz-0123456789',
      'a--b-vvm-rn',
      'vVv',
    ];
    const rows = await db.make.rows(
      'select handle_skeleton(h) as skeleton from unnest($1::text[]) h',
      [handles],
    );
    expect(rows).toEqual(handles.map((handle) => ({ skeleton: skeleton(handle) })));
  });

  it('is rejected by the database when two arrive concurrently', async () => {
    await expect(
      db.make.rows(`insert into members (handle, avatar_seed) values ('kettIe-on', 's')`),
    ).rejects.toThrow('members_handle_skeleton');
  });
});

describe('members from before skeletons were compared', () => {
  it('keep handles that resemble each other, which nobody else can take', async () => {
    const { url, drop } = await newDatabase('');
    const client = new pg.Client({ connectionString: url });
    try {
      await migrate(url);
      const names = (await migrationClasses()).map((each) => each.name);
      const since = names.findIndex((name) => name.startsWith('CompareHandleSkeletons'));
      for (const _ of names.slice(since)) await revertMigration(url);
      await client.connect();
      await client.query(`
        insert into members (handle, avatar_seed)
        values ('kettle-on', 's'), ('kettIe--on', 's'), ('kett1e-on', 's')`);
      await migrate(url);
      const { rows } = await client.query('select handle from members order by id');
      expect(rows.map(({ handle }: { handle: string }) => handle)).toEqual([
        'kettle-on',
        'kettIe--on',
        'kett1e-on',
      ]);
      await expect(
        client.query(`insert into members (handle, avatar_seed) values ('kettleon', 's')`),
      ).rejects.toThrow('members_handle_skeleton');
    } finally {
      await client.end();
      await drop();
    }
  });
});
