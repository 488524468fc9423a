import type pg from 'pg';
import type { ImportReport } from './report.js';

export type Progress = (what: string, done: number, all: number) => void;

/** The context shared by every step of an import. */
export interface ImportRun {
  /** A single connection, as only it can see the temporary tables. */
  readonly client: pg.Client;
  readonly importId: string;
  readonly now: Date;
  readonly report: ImportReport;
  /** Notified when posts are stored; null in a dry run, whose rows no other connection can see. */
  readonly index: { wake(): void } | null;
  /** The site's secrets, which identify members whose accounts were closed. */
  readonly secrets: readonly string[];
}

/** Runs `work` in a transaction on the run's connection. */
export async function inBatch<T>({ client }: ImportRun, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const done = await work();
    await client.query('commit');
    return done;
  } catch (error) {
    // The original error is reported; a lost connection is rolled back by the server.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** Allocates unused ids. */
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

/** Removes what PostgreSQL cannot store: NUL and lone surrogates. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
