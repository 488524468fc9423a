import type pg from 'pg';
import { quoted } from '../backup/catalog.js';

/** The tables that an import writes, with a condition for the rows that it reads. */
const WRITTEN: Readonly<Record<string, string>> = {
  imports: 'true',
  import_communities: 'true',
  imported_members: 'true',
  imported_threads: 'true',
  imported_posts: 'true',
  communities: 'true',
  community_guidelines: 'false',
  memberships: 'false',
  members: 'id in (select member_id from public.imported_members)',
  threads: 'id in (select thread_id from public.imported_threads)',
  posts: 'id in (select post_id from public.imported_posts)',
  post_words: 'false',
  threads_passed_on: 'false',
};

const COLUMNS = `
  select attname as name, attidentity <> '' as identity
  from pg_attribute
  where attrelid = $1::regclass
    and attnum > 0
    and not attisdropped
    and attgenerated = ''`;

/**
 * Shadows each table that an import writes by a temporary one, so that a dry run does everything
 * without storing it: temporary tables have no triggers, and disappear with the connection.
 * `refuseWrites` blocks any other write.
 */
export async function shadowTables(client: pg.ClientBase): Promise<void> {
  for (const [name, read] of Object.entries(WRITTEN)) {
    const table = quoted(name);
    await client.query(
      `create temporary table ${table} (like public.${table}
         including defaults including generated including identity including indexes)`,
    );
    const { rows } = await client.query<{ name: string; identity: boolean }>(COLUMNS, [
      `public.${name}`,
    ]);
    const columns = rows.map((column) => quoted(column.name)).join(', ');
    await client.query(
      `insert into ${table} (${columns}) overriding system value
       select ${columns} from public.${table} where ${read}`,
    );
    if (rows.some(({ identity }) => identity))
      await client.query(
        `select setval(pg_get_serial_sequence('${name}', 'id'),
           (select coalesce(max(id), 0) + 1 from public.${table}), false)`,
      );
  }
}

/** Makes the server reject writes to all but temporary tables from now on. */
export async function rejectWrites(client: pg.ClientBase): Promise<void> {
  await client.query('set default_transaction_read_only = on');
}
