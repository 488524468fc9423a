import type pg from 'pg';
import { quoted } from '../backup/catalog.js';
import { copyField, copyLines } from './copy.js';
import { ImportFault } from './import-fault.js';

/** A row of a dump; every value as text. */
export interface DumpRow {
  table: string;
  /** The same array for all rows of a statement, so that column positions are looked up once. */
  columns: readonly string[];
  values: readonly (string | null)[];
}

/** Buffer size in characters for each table. */
const FLUSHED = 1 << 20;
/** Rows in each fetch. */
const FETCHED = 500;

/**
 * Foreign tables in our database, for joins and sorting with bounded memory. They are temporary, so
 * that private data such as messages disappears with the connection, however it ends. A table
 * `posts` of the dump is staged as `source_posts`, so that no statement confuses it with ours.
 */
export class Staging {
  private cursors = 0;

  constructor(private readonly client: pg.ClientBase) {}

  /**
   * Creates the wanted tables, and copies the rows of the dump into them. Other tables are skipped;
   * a column that the dump lacks is null.
   * @param wanted columns by table name in the dump: `title` for text, or with a PostgreSQL type,
   *   `created_at timestamptz`, which detects an invalid value before anything is written
   * @returns the number of rows of each table
   * @throws ImportFault if a value is not of the column's type
   */
  async load(
    rows: AsyncIterable<DumpRow>,
    wanted: Readonly<Record<string, readonly string[]>>,
  ): Promise<Record<string, number>> {
    const tables = new Map<string, StagedTable>();
    for (const [name, columns] of Object.entries(wanted)) {
      const table = new StagedTable(this.client, stagingTable(name), columns);
      await table.create();
      tables.set(name, table);
    }
    for await (const row of rows) {
      const table = tables.get(row.table);
      if (table?.add(row) === true) await table.flush();
    }
    for (const table of tables.values()) await table.flush();
    for (const { name } of tables.values()) await this.run(`analyze ${quoted(name)}`);
    return Object.fromEntries([...tables].map(([name, { count }]) => [name, count]));
  }

  /** Runs a statement, such as one that creates an index. */
  async run(text: string, values: readonly unknown[] = []): Promise<void> {
    await reading(() => this.client.query(text, [...values]));
  }

  /**
   * Streams the rows of a query in order. The cursor is held by the server across transactions; the
   * next batch is prefetched.
   */
  async *read<Row extends object>(
    text: string,
    values: readonly unknown[] = [],
  ): AsyncGenerator<Row> {
    this.cursors += 1;
    const cursor = `source_cursor_${this.cursors}`;
    const fetch = (): Promise<Row[]> =>
      this.client
        .query<Row & pg.QueryResultRow>(`fetch ${FETCHED} from ${cursor}`)
        .then(({ rows }) => rows);
    await reading(() =>
      this.client.query(`declare ${cursor} no scroll cursor with hold for ${text}`, [...values]),
    );
    let next = fetch();
    try {
      for (;;) {
        const rows = await next;
        if (rows.length === 0) return;
        next = fetch();
        // Not awaited if the consumer stops early.
        next.catch(() => undefined);
        yield* rows;
      }
    } finally {
      // A failed transaction has already closed it.
      await this.client.query(`close ${cursor}`).catch(() => undefined);
    }
  }
}

/** The staged name of a table of the dump. */
export function stagingTable(table: string): string {
  return `source_${table}`;
}

class StagedTable {
  count = 0;
  private lines: string[] = [];
  private size = 0;
  private known: readonly string[] | null = null;
  private positions: number[] = [];
  private readonly columns: readonly string[];

  constructor(
    private readonly client: pg.ClientBase,
    readonly name: string,
    private readonly specs: readonly string[],
  ) {
    this.columns = specs.map((spec) => spec.split(' ')[0] ?? '');
  }

  async create(): Promise<void> {
    const columns = this.columns
      .map((column, at) => `${quoted(column)} ${this.specs[at]?.split(' ')[1] ?? 'text'}`)
      .join(', ');
    await this.client.query(`create temporary table ${quoted(this.name)} (${columns})`);
  }

  /** @returns whether the buffer should be flushed */
  add({ columns, values }: DumpRow): boolean {
    if (columns !== this.known) {
      this.known = columns;
      this.positions = this.columns.map((column) => columns.indexOf(column));
    }
    const line = this.positions.map((at) => copyField(values[at] ?? null)).join('\t');
    this.lines.push(line);
    this.size += line.length;
    this.count += 1;
    return this.size >= FLUSHED;
  }

  async flush(): Promise<void> {
    if (this.lines.length === 0) return;
    const { lines } = this;
    this.lines = [];
    this.size = 0;
    await reading(() => copyLines(this.client, this.name, this.columns, lines));
  }
}

/** Reports only the position and error code, as PostgreSQL's message may quote a value. */
async function reading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, where } = error as { code?: string; where?: string };
    if (code?.startsWith('22') !== true) throw error;
    const [, table, column] = /^COPY source_(\w+), line \d+, column (\w+)/.exec(where ?? '') ?? [];
    const place = column === undefined ? '' : ` in ${table}.${column}`;
    throw new ImportFault(`The dump contains a value of an unexpected type${place} (${code}).`);
  }
}
