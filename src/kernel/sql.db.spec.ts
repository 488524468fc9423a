import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { statement, type NoParams } from './sql.js';

const doubled = statement<{ number: number }, { twice: number }>(
  'sql-spec.doubled',
  'select :number::int * 2 as twice where :number::int > 0',
);
const handles = statement<NoParams, { handle: string }>(
  'sql-spec.handles',
  `select handle from members where handle = 'sql-person'`,
);

const shared = statement<NoParams, { pid: number }>(
  'sql-spec.shared',
  'select pg_backend_pid() as pid',
);
const slow = statement<NoParams, { pid: number }>(
  'sql-spec.slow',
  'select pg_backend_pid() as pid, pg_sleep(0.2)',
);
const written = statement<NoParams, { pid: number }>(
  'sql-spec.written',
  `with w as (update members set about = about where false) select pg_backend_pid() as pid`,
);
const sharedWrite = statement<{ handle: string }, { pid: number }>(
  'sql-spec.shared-write',
  `
    update members
    set about = about || '.'
    where handle = :handle
    returning pg_backend_pid() as pid
  `,
  'shared-write',
);
const failing = statement<NoParams, object>('sql-spec.failing', 'select 1 / 0 as none');
const alone = statement<NoParams, { pid: number }>(
  'sql-spec.alone',
  'select pg_backend_pid() as pid',
  'pooled',
);

const apart = statement<NoParams, { pid: number; mode: string }>(
  'sql-spec.apart',
  `select pg_backend_pid() as pid, current_setting('plan_cache_mode') as mode`,
  'isolated',
);

describe('named statements', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  it('return their rows, the first row, or null', async () => {
    expect(await db.sql.rows(doubled, { number: 21 })).toEqual([{ twice: 42 }]);
    expect(await db.sql.first(doubled, { number: 4 })).toEqual({ twice: 8 });
    expect(await db.sql.first(doubled, { number: -1 })).toBeNull();
  });

  it('are prepared once per connection under their name', async () => {
    const client = await db.sql.pool.connect();
    try {
      for (let n = 1; n < 4; n += 1)
        await client.query({ name: doubled.name, text: doubled.text, values: [n] });
      const { rows } = await client.query(
        `select name from pg_prepared_statements where name = '${doubled.name}'`,
      );
      expect(rows).toEqual([{ name: doubled.name }]);
    } finally {
      client.release();
    }
  });

  it('cannot be declared twice under one name', () => {
    expect(() => statement('sql-spec.doubled', 'select 1')).toThrow(
      'two statements are named sql-spec.doubled',
    );
  });

  it("see a transaction's own writes, which nobody else sees before the commit", async () => {
    await expect(
      db.database.inTransaction(async (tx) => {
        await tx.query(
          `
            insert into members (handle, email, avatar_seed)
            values ('sql-person', 'sql@example.org', 's')
          `,
        );
        expect(await db.sql.rowsIn(tx, handles)).toEqual([{ handle: 'sql-person' }]);
        expect(await db.sql.rows(handles)).toEqual([]);
        throw new Error('taken back');
      }),
    ).rejects.toThrow('taken back');
    expect(await db.sql.rows(handles)).toEqual([]);
  });

  it('are pipelined when they read, and pooled when they write or request it', async () => {
    expect([shared.pipelined, slow.pipelined, written.pipelined, alone.pipelined]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const together = new Set(
      (await Promise.all(Array.from({ length: 40 }, () => db.sql.rows(shared)))).map(
        ([row]) => row?.pid,
      ),
    );
    expect(together.size).toBeLessThanOrEqual(4);
    const apart = [...(await db.sql.rows(written)), ...(await db.sql.rows(alone))].map(
      (row) => row.pid,
    );
    expect(apart.length).toBe(2);
    for (const pid of apart) expect(together).not.toContain(pid);
  });

  it('are transactions of their own when a write shares a connection with reads', async () => {
    const handle = 'shared-writer';
    await db.make.member(handle);
    const [read, written, failed] = await Promise.allSettled([
      db.sql.first(shared),
      db.sql.first(sharedWrite, { handle }),
      db.sql.first(failing),
    ]);
    expect([read.status, written.status, failed.status]).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
    ]);
    expect(written).toEqual(read);
    expect(
      await db.make.rows('select about from members where handle = $1', [handle]),
    ).toMatchObject([{ about: expect.stringMatching(/\.$/) }]);
  });

  it('use separate connections when isolated, and are planned there once', async () => {
    const found = await Promise.all(Array.from({ length: 12 }, () => db.sql.first(apart)));
    expect(new Set(found.map((row) => row?.mode))).toEqual(new Set(['force_generic_plan']));
    const others = new Set(
      [...(await db.sql.rows(shared)), ...(await db.sql.rows(alone))].map(({ pid }) => pid),
    );
    for (const row of found) expect(others).not.toContain(row?.pid);
  });

  it('share a connection within a turn, and are not blocked by a slow one of an earlier turn', async () => {
    const pids = await Promise.all([1, 2, 3, 4].map(() => db.sql.first(shared)));
    expect(new Set(pids.map((row) => row?.pid)).size).toBe(1);
    let over = false;
    const long = db.sql.rows(slow).then((rows) => {
      over = true;
      return rows;
    });
    // Until it counts as slow.
    const began = performance.now();
    while (performance.now() - began < 10) await new Promise(setImmediate);
    for (let n = 0; n < 12; n += 1) await db.sql.rows(shared);
    expect(over).toBe(false);
    expect((await long).length).toBe(1);
  });

  it('reconnect when a connection was closed', async () => {
    const [before] = await db.sql.rows(shared);
    await db.make.rows(
      `
        select pg_terminate_backend(pid)
        from pg_stat_activity
        where application_name = 'sameboat-reads' and datname = current_database()
      `,
    );
    const again = async (): Promise<number | undefined> =>
      (await db.sql.rows(shared).catch(() => []))[0]?.pid;
    const after = (await again()) ?? (await again()) ?? (await again());
    expect(after).toBeGreaterThan(0);
    expect(after).not.toBe(before?.pid);
  });
});
