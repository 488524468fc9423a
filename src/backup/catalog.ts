import type { ClientBase } from 'pg';

export interface TableColumns {
  readonly name: string;
  /** Stored columns only; generated ones are recomputed. */
  readonly columns: readonly string[];
}

export interface SequenceState {
  readonly name: string;
  /** A bigint as a string. */
  readonly value: string;
  /** Whether `value` has already been used (`is_called`). */
  readonly called: boolean;
}

/**
 * Excludes short-lived counters, which are unlogged tables that PostgreSQL empties after a crash
 * anyway, and the queue's schema, whose jobs the outbox starts again.
 */
const TABLES = `
  select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace
    and c.relkind = 'r'
    and c.relpersistence = 'p'
    and a.attgenerated = ''
  group by c.relname
  order by c.relname`;

const SEQUENCES = `
  select relname as name
  from pg_class
  where relnamespace = 'public'::regnamespace
    and relkind = 'S'
  order by relname`;

const FOREIGN_KEYS = `
  select conrelid::regclass::text as "table", quote_ident(conname) as name,
    pg_get_constraintdef(oid) as definition
  from pg_constraint
  where contype = 'f'
    and connamespace = 'public'::regnamespace
  order by 1, 2`;

/** Excludes indexes owned by a primary key or unique constraint. */
const INDEXES = `
  select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
  from pg_index i
  join pg_class c on c.oid = i.indrelid
  where c.relnamespace = 'public'::regnamespace
    and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)
  order by 1`;

/** Everything that a person or program may have created, except what belongs to an extension. */
const OBJECTS = `
  select count(*)::int as count
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where n.nspname not in ('pg_catalog', 'information_schema')
    and n.nspname not like 'pg\\_toast%'
    and n.nspname not like 'pg\\_temp%'
    and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
    and not exists (
      select 1
      from pg_depend d
      where d.classid = 'pg_class'::regclass
        and d.objid = c.oid
        and d.deptype = 'e'
    )`;

export async function storedTables(client: ClientBase): Promise<TableColumns[]> {
  return (await client.query<{ name: string; columns: string[] }>(TABLES)).rows;
}

export async function sequenceStates(client: ClientBase): Promise<SequenceState[]> {
  const states: SequenceState[] = [];
  for (const { name } of (await client.query<{ name: string }>(SEQUENCES)).rows) {
    const { rows } = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${quoted(name)}`,
    );
    if (rows[0] !== undefined) states.push({ name, ...rows[0] });
  }
  return states;
}

/** The names of the applied migrations in order; empty if there is no schema. */
export async function migrationsRun(client: ClientBase): Promise<string[]> {
  const known = await client.query<{ found: boolean }>(
    `select to_regclass('public.schema_migrations') is not null as found`,
  );
  if (known.rows[0]?.found !== true) return [];
  const { rows } = await client.query<{ name: string }>(
    'select name from schema_migrations order by timestamp, name',
  );
  return rows.map(({ name }) => name);
}

/** The number of tables, views and sequences. */
export async function objectCount(client: ClientBase): Promise<number> {
  return (await client.query<{ count: number }>(OBJECTS)).rows[0]?.count ?? 0;
}

/**
 * Drops foreign keys, triggers and secondary indexes, so that tables can be loaded in any order, no
 * trigger fires, and each index is built only once. For use within one transaction.
 * @returns restores them; PostgreSQL then checks every row against every foreign key
 */
export async function dropConstraints(
  client: ClientBase,
  tables: readonly string[],
): Promise<() => Promise<void>> {
  const keys = (
    await client.query<{ table: string; name: string; definition: string }>(FOREIGN_KEYS)
  ).rows;
  for (const { table, name } of keys)
    await client.query(`alter table ${table} drop constraint ${name}`);
  const indexes = (await client.query<{ name: string; definition: string }>(INDEXES)).rows;
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  for (const table of tables)
    await client.query(`alter table ${quoted(table)} disable trigger user`);
  return async () => {
    for (const table of tables)
      await client.query(`alter table ${quoted(table)} enable trigger user`);
    for (const { definition } of indexes) await client.query(definition);
    for (const { table, name, definition } of keys)
      await client.query(`alter table ${table} add constraint ${name} ${definition}`);
  };
}

/** Quotes an identifier for use in SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
