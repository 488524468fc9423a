import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { PipelinedReads } from './pipelined-reads.js';

const VALUES = `
  select 1 as one, 'a "b" \\ c' as "odd \\ name", null::text as nothing, 12345678901::bigint as big,
    true as yes, false as no, '2026-03-01T10:20:30.123Z'::timestamptz as at, '{"a": [1]}'::jsonb as made,
    array['x', null, 'y,z'] as list,
    array['low', 'NULL', 'cannot-sleep'] as tags, array['a', 'b'] as plain,
    '\\x00ff'::bytea as bytes, 1.50::numeric as exact, 2.5::float8 as near,
    '2026-03-01'::date as day
`;

describe('PreparedRead', () => {
  let base: TestDatabase;
  let reads: PipelinedReads;
  let plain: pg.Client;

  beforeAll(async () => {
    base = await testDatabase();
    reads = new PipelinedReads(base.url, 1);
    plain = new pg.Client({ connectionString: base.url });
    await plain.connect();
  });
  afterAll(async () => {
    await reads.close();
    await plain.end();
    await base.close();
  });

  it('parses values as the driver does, on every execution', async () => {
    const query = { name: 'values', text: VALUES, values: [] };
    const expected = (await plain.query(VALUES)).rows;
    for (let time = 0; time < 3; time += 1) expect(await reads.query(query)).toEqual(expected);
  });

  it('requests the column descriptions once, and keeps concurrent results apart', async () => {
    const prototype = (pg as unknown as { Connection: { prototype: { describe: () => void } } })
      .Connection.prototype;
    const { describe: ask } = prototype;
    let asked = 0;
    prototype.describe = function (this: unknown, ...args: unknown[]) {
      asked += 1;
      (ask as (...all: unknown[]) => void).apply(this, args);
    };
    try {
      const query = (n: number) =>
        reads.query<{ n: string; m: string }>({
          name: `numbers-${n % 2}`,
          text: n % 2 === 0 ? 'select $1::text as n' : 'select $1::text as m',
          values: [n],
        });
      await Promise.all([query(0), query(1)]);
      expect(asked).toBe(2);
      const rows = await Promise.all(Array.from({ length: 40 }, (_, n) => query(n)));
      rows.forEach(([row], n) => expect(n % 2 === 0 ? row?.n : row?.m).toBe(String(n)));
      expect(asked).toBe(2);
    } finally {
      prototype.describe = ask;
    }
  });

  it("fails when a table's columns have changed, instead of returning a value under another name", async () => {
    await plain.query('create table shifting (a text, b text)');
    await plain.query(`insert into shifting values ('a', 'b')`);
    const query = { name: 'shifting', text: 'select * from shifting', values: [] };
    expect(await reads.query(query)).toEqual([{ a: 'a', b: 'b' }]);
    await plain.query('alter table shifting drop column a');
    await plain.query(`alter table shifting add column c text default 'c'`);
    await expect(reads.query(query)).rejects.toMatchObject({ code: '0A000' });
  });

  it('fails without affecting other queries, and its stack names the caller', async () => {
    const wrong = reads.query({ name: 'wrong', text: 'select $1::int / 0', values: [1] });
    const right = reads.query({ name: 'right', text: 'select 1 as one', values: [] });
    await expect(wrong).rejects.toMatchObject({ code: '22012' });
    expect(await right).toEqual([{ one: 1 }]);
    await expect(
      reads.query({ name: 'wrong', text: 'select $1::int / 0', values: [1] }),
    ).rejects.toThrow('division by zero');
  });
});
