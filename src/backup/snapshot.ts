import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { readManifest, type BackupManifest, type TableEnd } from './contents.js';
import { quoted, sequenceStates, type SequenceState, type TableColumns } from './catalog.js';
import { jsonFrame, rowsFrame } from './frames.js';
import { RowChecksum } from './row-checksum.js';

/** Progress callback of a command, for a progress bar. */
export type Progress = (what: string, done: number, all: number) => void;

// Session settings that make the text format independent of the server's configuration.
const FORMS = `
  set local datestyle = 'ISO, MDY';
  set local intervalstyle = 'postgres';
  set local timezone = 'UTC';
  set local bytea_output = 'hex';
  set local extra_float_digits = 1;
  set local client_encoding = 'UTF8';
  set local statement_timeout = 0;
  set local idle_in_transaction_session_timeout = 0`;

/** Rows are grouped into frames of about this many bytes. */
const FRAME = 256 * 1024;

/**
 * Runs `work` in a repeatable-read snapshot of the database: concurrent writes are invisible and
 * not blocked; only migrations have to wait.
 */
export async function inSnapshot<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'sameboat-backup' });
  await client.connect();
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    await client.query(FORMS);
    const result = await work(client);
    await client.query('commit');
    return result;
  } finally {
    await client.end();
  }
}

/**
 * Yields the database as frames: the manifest, each table with its rows and checksum, and an end
 * frame.
 */
export async function* snapshotFrames(
  client: pg.Client,
  progress: Progress,
  finished: (contents: BackupManifest, ends: readonly TableEnd[]) => void,
): AsyncGenerator<Buffer> {
  const contents = await readManifest(client);
  yield jsonFrame(contents);
  const ends: TableEnd[] = [];
  for (const [at, table] of contents.tables.entries()) {
    progress('Saving', at, contents.tables.length);
    yield jsonFrame({ kind: 'table', name: table.name });
    const checksum = new RowChecksum();
    for await (const rows of rowsOf(client, table)) {
      checksum.update(rows);
      yield rowsFrame(rows);
    }
    const end: TableEnd = {
      kind: 'table-end',
      name: table.name,
      rows: checksum.rows,
      sum: checksum.sum(),
    };
    ends.push(end);
    yield jsonFrame(end);
  }
  progress('Saving', contents.tables.length, contents.tables.length);
  yield jsonFrame({ kind: 'end', tables: ends.length });
  finished(contents, ends);
}

/** Counts and checksums of every table, and the positions of the sequences. */
export async function measure(
  client: pg.Client,
  tables: readonly TableColumns[],
  progress: Progress,
): Promise<{ ends: TableEnd[]; sequences: SequenceState[] }> {
  const ends: TableEnd[] = [];
  for (const [at, table] of tables.entries()) {
    progress('Comparing', at, tables.length);
    const checksum = new RowChecksum();
    for await (const rows of rowsOf(client, table)) checksum.update(rows);
    ends.push({
      kind: 'table-end',
      name: table.name,
      rows: checksum.rows,
      sum: checksum.sum(),
    });
  }
  progress('Comparing', tables.length, tables.length);
  return { ends, sequences: await sequenceStates(client) };
}

export function columnList({ columns }: TableColumns): string {
  return columns.map(quoted).join(', ');
}

async function* rowsOf(client: pg.Client, table: TableColumns): AsyncGenerator<Buffer> {
  const source = client.query(
    copyTo(`copy ${quoted(table.name)} (${columnList(table)}) to stdout`),
  );
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const piece of source as AsyncIterable<Buffer>) {
    waiting.push(piece);
    size += piece.length;
    if (size < FRAME) continue;
    yield Buffer.concat(waiting);
    [waiting, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(waiting);
}
