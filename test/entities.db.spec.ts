import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Column,
  DataSource,
  Entity,
  PrimaryGeneratedColumn,
  type EntityMetadata,
  type EntityTarget,
  type MixedList,
  type ObjectLiteral,
} from 'typeorm';
import { dataSourceOptions } from '../src/kernel/database.js';
import { newDatabase } from './support/databases.js';
import { allEntities } from './support/entities.js';

/** Generated columns are deliberately missing from the entities, as no write may name them. */
async function computed(source: DataSource): Promise<string[]> {
  const rows = (await source.query(`
    select format('ALTER TABLE %I DROP COLUMN %I', table_name, column_name) as statement
    from information_schema.columns
    where table_schema = 'public' and is_generated = 'ALWAYS'
    union all
    select format('DROP INDEX "public".%I', i.relname)
    from pg_index x
    join pg_class i on i.oid = x.indexrelid
    join pg_attribute a on a.attrelid = x.indrelid and a.attnum = any(x.indkey)
    where a.attgenerated <> ''
  `)) as { statement: string }[];
  return rows.map(({ statement }) => statement.replaceAll('"', ''));
}

/** The statements with which TypeORM would synchronise the database with the entities. */
async function differences(
  url: string,
  entities: EntityTarget<ObjectLiteral>[],
): Promise<string[]> {
  const source = await connect(url, entities);
  try {
    const known = await computed(source);
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    return upQueries
      .map(({ query }) => query.replaceAll('"', ''))
      .filter((query) => !known.includes(query) && !/^DELETE FROM typeorm_metadata/.test(query));
  } finally {
    await source.destroy();
  }
}

function connect(url: string, entities: EntityTarget<ObjectLiteral>[]): Promise<DataSource> {
  return new DataSource({
    ...dataSourceOptions(url, 1),
    entities: entities as MixedList<string>,
  }).initialize();
}

/**
 * A table's check constraints and the conditions of its partial indexes, as PostgreSQL formats
 * them.
 */
const CONDITIONS = `
  select conname || ' ' || pg_get_constraintdef(oid) as text
  from pg_constraint
  where contype = 'c' and conrelid = $1::regclass
  union all
  select i.relname || ' ' || pg_get_expr(x.indpred, x.indrelid)
  from pg_index x
  join pg_class i on i.oid = x.indexrelid
  where x.indpred is not null and x.indrelid = $1::regclass and i.relname <> all($2)
  order by 1`;

async function conditions(
  source: DataSource,
  entity: EntityMetadata,
): Promise<{ stated: string[]; real: string[] }> {
  const read = async (table: string): Promise<string[]> => {
    const left = entity.indices.filter(({ synchronize }) => !synchronize).map(({ name }) => name);
    const rows = (await source.query(CONDITIONS, [table, left])) as { text: string }[];
    return rows.map(({ text }) => text);
  };
  const real = await read(`public.${entity.tableName}`);
  await source.query(`create temporary table stated (like ${entity.tableName})`);
  for (const { name, expression } of entity.checks) {
    await source.query(`alter table stated add constraint ${name} check (${expression})`);
  }
  for (const { name, columns, where } of entity.indices) {
    if (where === undefined) continue;
    const names = columns.map(({ databaseName }) => `"${databaseName}"`).join(', ');
    await source.query(`create index ${name} on stated (${names}) where ${where}`);
  }
  const stated = await read('pg_temp.stated');
  await source.query('drop table stated');
  return { stated, real };
}

@Entity('group_requests')
class WrongRequest {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'int' })
  wish!: number;
}

describe('entities', () => {
  let url: string;
  let drop: () => Promise<void>;
  let entities: EntityTarget<ObjectLiteral>[];

  beforeAll(async () => {
    ({ url, drop } = await newDatabase());
    entities = await allEntities();
    // TypeORM reads the expressions of generated columns from its own metadata table, and fails
    // without it.
    const source = await connect(url, []);
    await source.query(`
      create table typeorm_metadata (type text, database text, schema text, "table" text, name text,
        value text)
    `);
    await source.destroy();
  });
  afterAll(() => drop());

  it('differ in nothing from what the migrations make', async () => {
    expect(entities.length).toBeGreaterThan(25);
    expect(await differences(url, entities)).toEqual([]);
  });

  it('are there for what a repository reads or writes, and for nothing else', () => {
    const code = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/\.(entity|spec)\.ts$/.test(name))
      .map((name) => readFileSync(join('src', name), 'utf8'))
      .join('\n');
    const unused = entities
      .map((entity) => (entity as { name: string }).name)
      .filter((name) => !new RegExp(`\\b${name}\\b`).test(code));
    expect(unused).toEqual([]);
  });

  it('would show a column that is missing, or of another type', async () => {
    const statements = await differences(url, [WrongRequest]);
    expect(statements).toContain('ALTER TABLE group_requests DROP COLUMN why');
    expect(statements).toContain('ALTER TABLE group_requests ADD wish integer NOT NULL');
    expect(statements).toContain('DROP INDEX public.group_requests_open');
    expect(statements).toContain(
      'ALTER TABLE group_requests DROP CONSTRAINT group_requests_member_id_fkey',
    );
  });

  // TypeORM compares both by name only.
  it('state the checks and the conditions of indices that the database has', async () => {
    const source = await connect(url, entities);
    let count = 0;
    for (const entity of source.entityMetadatas) {
      const { stated, real } = await conditions(source, entity);
      expect([entity.tableName, ...stated]).toEqual([entity.tableName, ...real]);
      count += stated.length;
    }
    await source.destroy();
    expect(count).toBeGreaterThan(60);
  });
});
