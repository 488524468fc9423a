import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const BATCH = 2_000;

/** Fills columns of a table with lines in the text form of COPY, a thousand and more at a time. */
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

/** A value within such a line. */
export function field(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n');
}

/** A moment within such a line. */
export function at(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** A line of values; null is not among them. */
export function line(...values: readonly (string | number)[]): string {
  return `${values.join('\t')}\n`;
}
