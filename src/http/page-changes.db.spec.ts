import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { QueryRunner } from 'typeorm';
import { connected } from '../../test/support/databases.js';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { transactionsEnded } from '../../test/support/transactions.js';
import { HOUR } from '../kernel/clock.js';
import type { Replicas } from '../kernel/replicas.js';
import { PageChanges, type PageScope } from './page-changes.js';

describe('page changes', () => {
  let db: TestDatabase;
  let changes: PageChanges;
  let [one, other] = ['', ''];

  beforeAll(async () => {
    db = await testDatabase();
    changes = new PageChanges(db.sql, { enabled: false } as Replicas, db.clock);
    await db.make.community({ slug: 'tea' });
    one = await db.make.thread({ community: 'tea' });
    other = await db.make.thread({ community: 'tea' });
  });
  afterAll(() => db.close());

  const markNow = (): Promise<number> => {
    // A mark is reused for a second.
    db.clock.move(2_000);
    return changes.mark();
  };
  const mark = async (): Promise<number> => {
    await transactionsEnded(db.make);
    return markNow();
  };
  const changed = async (scope: PageScope, since: number): Promise<boolean> =>
    (await changes.newest([scope])).newest >= since;
  const count = async (): Promise<number> =>
    (
      await db.make.one<{ n: number }>(
        `select count(*)::int as n from page_changes where scope !~ '^@'`,
      )
    ).n;
  const forget = async (): Promise<void> => {
    await transactionsEnded(db.make);
    await changes.forget();
  };
  const open = async (): Promise<QueryRunner> => {
    const runner = db.dataSource.createQueryRunner();
    await runner.startTransaction();
    return runner;
  };
  const rename = (runner: QueryRunner, thread: string): Promise<unknown> =>
    runner.query(`update threads set title = title || '.' where id = $1`, [thread]);

  it('are recorded for the thread of a new post and for its community', async () => {
    const since = await mark();
    await db.make.reply({ thread: one });
    expect(await changed(`thread:${one}`, since)).toBe(true);
    expect(await changed('activity', since)).toBe(true);
    expect(await changed(`thread:${other}`, since)).toBe(false);
    expect(await changed('people', since)).toBe(false);
    expect(await changed(`thread:${one}`, await mark())).toBe(false);
  });

  it('are seen once committed, in whatever order', async () => {
    await transactionsEnded(db.make);
    const [early, late] = [await open(), await open()];
    await rename(early, one);
    await rename(late, other);
    await late.commitTransaction();
    // A page generated now shows one change and not the other.
    const since = await markNow();
    expect(await changed(`thread:${one}`, since)).toBe(false);
    await early.commitTransaction();
    expect(await changed(`thread:${one}`, since)).toBe(true);
    await Promise.all([early.release(), late.release()]);
  });

  it('are not recorded if the transaction is rolled back', async () => {
    const since = await mark();
    const runner = await open();
    await rename(runner, one);
    await runner.rollbackTransaction();
    await runner.release();
    expect(await changed(`thread:${one}`, since)).toBe(false);
  });

  it('do not make concurrent writers in one community wait for each other', async () => {
    const runner = await open();
    await rename(runner, one);
    await connected(db.url, async (client) => {
      await client.query(`set lock_timeout = '1s'`);
      await client.query(`update threads set title = title || '.' where id = $1`, [other]);
    });
    await runner.rollbackTransaction();
    await runner.release();
  });

  it('are not recorded for data that no page shows', async () => {
    const since = await mark();
    await db.make.rows(`update members set time_zone = 'Europe/Paris'`);
    await db.make.join('quiet', 'tea');
    expect(await changed('people', since)).toBe(false);
    await db.make.rows(`update members set handle = 'loud' where handle = 'quiet'`);
    expect(await changed('people', since)).toBe(true);
  });

  it('are deleted once no cached page can depend on them', async () => {
    const before = await count();
    await forget();
    await forget();
    db.clock.move(HOUR / 2);
    const since = await mark();
    await db.make.reply({ thread: one });
    await forget();
    expect(await count()).toBeGreaterThan(before);
    // Everything before the first mark is over an hour old by now; the reply is not.
    db.clock.move(HOUR * 0.75);
    await forget();
    expect(await count()).toBe(4);
    expect(await changed(`thread:${one}`, since)).toBe(true);
    db.clock.move(2 * HOUR);
    await forget();
    expect(await count()).toBe(0);
  });

  it('are ignored if they came with the backup of another server', async () => {
    await db.make.rows(`insert into page_changes values ('people', 4000000000000)`);
    expect(await changed('people', 0)).toBe(true);
    expect(await changed('people', 1)).toBe(false);
    await forget();
    expect(await count()).toBe(0);
  });
});
