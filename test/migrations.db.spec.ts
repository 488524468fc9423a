import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource, type EntityTarget, type MixedList, type ObjectLiteral } from 'typeorm';
import {
  dataSourceOptions,
  migrate,
  migrationClasses,
  revertMigration,
} from '../src/kernel/database.js';
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

/** Every class that an `x.entity.ts` exports. */
async function entities(): Promise<EntityTarget<ObjectLiteral>[]> {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.entity.ts'),
  );
  const modules = await Promise.all(
    files.map(
      (name) =>
        import(`../src/${name.replace(/\.ts$/, '.js')}`) as Promise<Record<string, unknown>>,
    ),
  );
  return modules
    .flatMap((module) => Object.values(module))
    .filter((each) => typeof each === 'function') as EntityTarget<ObjectLiteral>[];
}

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

  it('make every column that an entity names, of its type', async () => {
    const source = await new DataSource({
      ...dataSourceOptions(url, 1),
      entities: (await entities()) as MixedList<string>,
    }).initialize();
    const rows = (await source.query(
      `
        select table_name, column_name, udt_name, is_nullable
        from information_schema.columns
        where table_schema = 'public'
      `,
    )) as Record<string, string>[];
    const real = new Map(
      rows.map((row) => [
        `${row.table_name}.${row.column_name}`,
        { type: row.udt_name, nullable: row.is_nullable === 'YES' },
      ]),
    );
    const udt: Record<string, string> = { bigint: 'int8', int: 'int4', boolean: 'bool' };
    expect(source.entityMetadatas.length).toBeGreaterThanOrEqual(2);
    for (const entity of source.entityMetadatas) {
      expect(entity.columns.length).toBeGreaterThan(5);
      for (const column of entity.columns) {
        const type = String(column.type);
        const plain = udt[type] ?? type;
        expect([
          column.propertyName,
          real.get(`${entity.tableName}.${column.databaseName}`),
        ]).toEqual([
          column.propertyName,
          { type: column.isArray ? `_${plain}` : plain, nullable: column.isNullable },
        ]);
      }
    }
    await source.destroy();
  });
});
