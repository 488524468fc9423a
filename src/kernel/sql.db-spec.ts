import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { statement } from './sql.js';

const doubled = statement<{ twice: number }>('sql-spec.doubled', 'select $1::int * 2 as twice where $1::int > 0');
const handles = statement<{ handle: string }>('sql-spec.handles', `select handle from members where handle = 'sql-person'`);

describe('a named statement', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  it('answers its rows, the first of them, or null', async () => {
    expect(await db.sql.rows(doubled, [21])).toEqual([{ twice: 42 }]);
    expect(await db.sql.first(doubled, [4])).toEqual({ twice: 8 });
    expect(await db.sql.first(doubled, [-1])).toBeNull();
  });

  it('is prepared once per connection under its name', async () => {
    const client = await db.sql.pool.connect();
    try {
      for (let n = 1; n < 4; n += 1) await client.query({ name: doubled.name, text: doubled.text, values: [n] });
      const { rows } = await client.query(`select name from pg_prepared_statements where name = '${doubled.name}'`);
      expect(rows).toEqual([{ name: doubled.name }]);
    } finally {
      client.release();
    }
  });

  it('cannot be declared twice under one name', () => {
    expect(() => statement('sql-spec.doubled', 'select 1')).toThrow('two statements are named sql-spec.doubled');
  });

  it('sees within a transaction what that has written, and nobody else does before it commits', async () => {
    await expect(db.database.inTransaction(async (tx) => {
      await tx.query(`insert into members (handle, email, avatar_seed) values ('sql-person', 'sql@example.org', 's')`);
      expect(await db.sql.rowsIn(tx, handles)).toEqual([{ handle: 'sql-person' }]);
      expect(await db.sql.rows(handles)).toEqual([]);
      throw new Error('taken back');
    })).rejects.toThrow('taken back');
    expect(await db.sql.rows(handles)).toEqual([]);
  });
});
