import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const BATCH = 2_000;

/** Copies lines in the text format of COPY into columns of a table, in batches. */
export async function copy(
  client: pg.Client,
  table: string,
  columns: string,
  lines: Iterable<string>,
): Promise<void> {
  await pipeline(
    Readable.from(batched(lines), { objectMode: false, highWaterMark: 1 << 20 }),
    client.query(copyFrom(`copy ${table} (${columns}) from stdin`)),
  );
}

function* batched(lines: Iterable<string>): Generator<Buffer> {
  let batch: string[] = [];
  for (const line of lines) {
    batch.push(line);
    if (batch.length === BATCH) {
      yield Buffer.from(batch.join(''));
      batch = [];
    }
  }
  if (batch.length > 0) yield Buffer.from(batch.join(''));
}

/** Escapes a value for the text format of COPY. */
export function field(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n');
}

/** Formats a timestamp. */
export function at(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** A line of non-null values. */
export function line(...values: readonly (string | number)[]): string {
  return `${values.join('\t')}\n`;
}
