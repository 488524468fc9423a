import type pg from 'pg';
import type { ImportReport } from './report.js';

export type Progress = (what: string, done: number, all: number) => void;

/** What every step of an import needs. */
export interface ImportRun {
  /** The one connection: temporary tables are seen by it alone. */
  readonly client: pg.Client;
  readonly importId: string;
  readonly now: Date;
  readonly report: ImportReport;
  /** Told that posts are stored; null in a dry run, of which no other connection sees anything. */
  readonly index: { wake(): void } | null;
  /** The keys of the site, by which members whose accounts were closed are known. */
  readonly secrets: readonly string[];
}

/** Runs work in a transaction of the run's connection. */
export async function inBatch<T>({ client }: ImportRun, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const done = await work();
    await client.query('commit');
    return done;
  } catch (error) {
    // The first error says what went wrong; a lost connection rolls back by itself.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** Ids that nobody has yet. */
export async function newIds(
  { client }: ImportRun,
  table: 'members' | 'communities' | 'threads' | 'posts',
  count: number,
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select nextval(pg_get_serial_sequence('${table}', 'id'))::text as id
     from generate_series(1, $1)`,
    [count],
  );
  return rows.map(({ id }) => id);
}

/** Text that PostgreSQL can keep: without NUL and halves of signs. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
