import type pg from 'pg';
import { quoted } from '../backup/catalog.js';
import { copyField, copyLines } from './copy.js';
import { ImportFault } from './import-fault.js';

/** A row of a dump; every value as text. */
export interface DumpRow {
  table: string;
  /** The same array for all rows of a statement, so that positions are looked up once. */
  columns: readonly string[];
  values: readonly (string | null)[];
}

/** Characters of a table's rows that are sent together. */
const FLUSHED = 1 << 20;
/** Rows that a read fetches at once. */
const FETCHED = 500;

/**
 * Foreign tables in our database, for joins and sorting with bounded memory. They are temporary:
 * whatever ends the connection, they are gone, and with them what nobody may read, such as private
 * messages. A table `posts` of the dump is staged as `source_posts`, so that no statement mistakes it
 * for ours.
 */
export class Staging {
  private cursors = 0;

  constructor(private readonly client: pg.ClientBase) {}

  /**
   * Makes a table for every wanted one, and copies the rows of the dump into them. Tables that nobody
   * wants are skipped; a column that the dump lacks is null.
   * @param wanted the columns by the table's name in the dump: `title`, which is text, or with a type
   *   of PostgreSQL's, `created_at timestamptz`, which finds a false value before anything is written
   * @returns how many rows each table got
   * @throws ImportFault where a value is not of the column's type
   */
  async load(
    rows: AsyncIterable<DumpRow>,
    wanted: Readonly<Record<string, readonly string[]>>,
  ): Promise<Record<string, number>> {
    const tables = new Map<string, StagedTable>();
    for (const [name, columns] of Object.entries(wanted)) {
      const table = new StagedTable(this.client, staged(name), columns);
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

  /** Runs a statement, such as one that makes an index. */
  async run(text: string, values: readonly unknown[] = []): Promise<void> {
    await reading(() => this.client.query(text, [...values]));
  }

  /**
   * The rows of a query in its order. They are kept by the server, so that transactions may begin
   * and end meanwhile; the next ones are asked for before these are used.
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
        // Nobody waits for it where the reader stops early.
        next.catch(() => undefined);
        yield* rows;
      }
    } finally {
      // A transaction that failed has closed it.
      await this.client.query(`close ${cursor}`).catch(() => undefined);
    }
  }
}

/** The name under which a table of the dump is staged. */
export function staged(table: string): string {
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

  /** @returns whether enough rows wait to be sent */
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

/** PostgreSQL's message may quote a value: the place and the code alone say what is wrong. */
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
