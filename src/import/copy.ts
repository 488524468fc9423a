import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { quoted } from '../backup/catalog.js';

export type CopyValue = string | number | boolean | Date | null;

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** Encodes a value in the text format of COPY. PostgreSQL does not support NUL. */
export function copyField(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value !== 'string') return value instanceof Date ? value.toISOString() : String(value);
  return value.replace(/[\\\t\n\r\0]/g, (character) => ESCAPES[character] ?? '');
}

/** Copies rows, as lines of tab-separated fields, into columns of a table. */
export async function copyLines(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  lines: readonly string[],
): Promise<void> {
  if (lines.length === 0) return;
  const names = columns.map(quoted).join(', ');
  await new Promise<void>((resolve, reject) => {
    const stream = client.query(copyFrom(`copy ${quoted(table)} (${names}) from stdin`));
    stream.on('error', reject);
    stream.on('finish', resolve);
    stream.end(`${lines.join('\n')}\n`);
  });
}

/** Copies rows of values. */
export function copyRows(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly CopyValue[])[],
): Promise<void> {
  const lines = rows.map((row) => row.map(copyField).join('\t'));
  return copyLines(client, table, columns, lines);
}
