import { dumpFile } from './dump-file.js';
import { ImportFault } from './import-fault.js';
import { mysqlRows } from './mysql-dump.js';
import type { SourceInput } from './open-source.js';
import type { DumpRow } from './staging.js';

export interface MysqlSchema {
  /** The product name, for messages. */
  product: string;
  /** The columns of each table in the format of `Staging.load`, by its name without the prefix. */
  tables: Readonly<Record<string, readonly string[]>>;
  /** Required tables with one required column each; a dump without them is another product's. */
  needed: Readonly<Record<string, string>>;
}

/**
 * Copies the tables of a MySQL dump into staging tables. A first pass reads only the table
 * definitions to detect their common prefix and any damage.
 * @returns the number of rows of each table
 * @throws ImportFault if the dump is damaged or not of this product
 */
export async function loadMysql(
  { file, staging, onBytes }: SourceInput,
  schema: MysqlSchema,
): Promise<Record<string, number>> {
  const prefix = await prefixOf(file, schema);
  const columns = Object.fromEntries(
    Object.entries(schema.tables).map(([table, specs]) => [
      prefix + table,
      specs.map((spec) => spec.split(' ')[0] ?? ''),
    ]),
  );
  const rows = mysqlRows(dumpFile(file, onBytes), {
    wanted: (table) => table in columns,
    columns: (table) => columns[table] ?? [],
  });
  return staging.load(withoutPrefix(rows, prefix), schema.tables);
}

async function* withoutPrefix(
  rows: AsyncIterable<DumpRow>,
  prefix: string,
): AsyncGenerator<DumpRow> {
  for await (const row of rows) {
    // The reader reuses the row, so modifying it in place saves a copy for each of a million rows.
    row.table = row.table.slice(prefix.length);
    yield row;
  }
}

async function prefixOf(file: string, schema: MysqlSchema): Promise<string> {
  const tables = new Map<string, readonly string[]>();
  const reading = mysqlRows(dumpFile(file), {
    wanted: () => false,
    onTable: (table, columns) => void tables.set(table, columns),
  });
  for await (const _ of reading);
  const needed = Object.entries(schema.needed);
  const first = needed[0]?.[0] ?? '';
  const prefixes = [...tables.keys()]
    .filter((table) => table.endsWith(first))
    .map((table) => table.slice(0, table.length - first.length))
    .filter((prefix) => needed.every(([table]) => tables.has(prefix + table)));
  const fitting = prefixes.filter((prefix) =>
    needed.every(([table, column]) => tables.get(prefix + table)?.includes(column)),
  );
  const [prefix] = fitting;
  if (prefix !== undefined && fitting.length === 1) return prefix;
  throw new ImportFault(faultOf(schema, prefixes, fitting));
}

function faultOf({ product, needed }: MysqlSchema, all: string[], fitting: string[]): string {
  if (fitting.length > 1)
    return `The dump holds ${fitting.length} forums: dump the tables of one alone.`;
  if (all.length > 0)
    return `The dump is of another version than ${product}: upgrade the forum first, then dump it again.`;
  return `The dump is not one of ${product}: it lacks one of the tables ${Object.keys(needed).join(', ')}.`;
}
