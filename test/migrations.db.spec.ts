import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { migrate, migrationClasses, revertMigration } from '../src/kernel/database.js';
import { newDatabase } from './support/databases.js';

const DUMP = `
  select 'column' as what, table_name || '.' || column_name as name,
    data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') as detail
  from information_schema.columns
  where table_schema = 'public'
  union all select 'index', indexname, indexdef from pg_indexes where schemaname = 'public'
  union all
  select 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
  from pg_constraint
  where connamespace = 'public'::regnamespace
  order by 1, 2, 3`;

async function schema(url: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(DUMP);
    return rows.filter((row) => !JSON.stringify(row).includes('schema_migrations'));
  } finally {
    await client.end();
  }
}

describe('migrations', () => {
  let url: string;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    ({ url, drop } = await newDatabase(''));
  });
  afterAll(() => drop());

  it('go up, down and up again to the same schema', async () => {
    const names = await migrate(url);
    expect(names.length).toBe((await migrationClasses()).length);
    const first = await schema(url);
    expect(first.length).toBeGreaterThan(100);
    for (const _ of names) await revertMigration(url);
    expect(await schema(url)).toEqual([]);
    await migrate(url);
    expect(await schema(url)).toEqual(first);
  });

  it('run once where two processes start at the same time', async () => {
    const other = await newDatabase('');
    const [one, two] = await Promise.all([migrate(other.url), migrate(other.url)]);
    expect([one.length, two.length].sort((a, b) => a - b)).toEqual([
      0,
      (await migrationClasses()).length,
    ]);
    await other.drop();
  });
});
