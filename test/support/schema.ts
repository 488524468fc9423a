import { connected } from './databases.js';

const SCHEMA = `
  select 'column' as what, table_name || '.' || column_name as name,
    data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') as detail
  from information_schema.columns
  where table_schema = 'public'
  union all
  select 'index', indexname, indexdef
  from pg_indexes
  where schemaname = 'public'
  union all
  select 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
  from pg_constraint
  where connamespace = 'public'::regnamespace
  order by 1, 2, 3`;

/** Columns, indexes and constraints of the application, for comparing schemas. */
export async function schema(url: string): Promise<unknown[]> {
  const { rows } = await connected(url, (client) => client.query<{ name: string }>(SCHEMA));
  return rows.filter((row) => !JSON.stringify(row).includes('schema_migrations'));
}
