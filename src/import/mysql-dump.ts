import { DumpCursor } from './mysql-cursor.js';
import { decoderOf } from './mysql-row.js';
import { ImportFault } from './import-fault.js';
import type { DumpRow } from './staging.js';

const INSERT = /^(?:INSERT|REPLACE)\b/i;
/** Other statements that may start a continuation of the dump. */
const OTHER =
  /^(?:ALTER|ANALYZE|BEGIN|CALL|CHANGE|COMMIT|CREATE|DELETE|DROP|FLUSH|GRANT|LOCK|RESET|ROLLBACK|SET|START|TRUNCATE|UNLOCK|UPDATE|USE)$/i;
const NOT_COLUMNS =
  /^(?:PRIMARY|KEY|UNIQUE|INDEX|FULLTEXT|SPATIAL|CONSTRAINT|FOREIGN|CHECK|PERIOD)$/i;

export interface MysqlDumpOptions {
  /** Which tables to read; rows of others are skipped. */
  wanted: (table: string) => boolean;
  /** Columns of a wanted table to decode; the others are null. */
  columns?: (table: string) => readonly string[];
  /** Called for each table when its definition is read. */
  onTable?: (table: string, columns: readonly string[]) => void;
}

/**
 * Streams the rows of a dump by mysqldump, mariadb-dump or phpMyAdmin with bounded memory. Needs no
 * server: statements are parsed, not executed.
 * @param chunks the bytes of the dump
 * @throws ImportFault if it is not such a dump, or is truncated
 */
export async function* mysqlRows(
  chunks: AsyncIterable<Buffer>,
  options: MysqlDumpOptions,
): AsyncGenerator<DumpRow> {
  const cursor = new DumpCursor(chunks);
  const reader = new StatementReader(cursor, options);
  for (;;) {
    const word = await cursor.nextWord();
    if (word === null) break;
    if (INSERT.test(word)) yield* reader.rows();
    else await reader.statement(word);
  }
  reader.checkEnd();
}

class StatementReader {
  private readonly tables = new Map<string, readonly string[]>();
  private decode = decoderOf('utf8mb4');
  private database: string | null = null;
  private statements = 0;

  constructor(
    private readonly cursor: DumpCursor,
    private readonly options: MysqlDumpOptions,
  ) {}

  checkEnd(): void {
    if (this.statements === 0) throw new ImportFault('The file is not a dump of MySQL or MariaDB.');
  }

  /** Reads a statement other than INSERT. @param word its first one */
  async statement(word: string): Promise<void> {
    switch (word.toUpperCase()) {
      case 'CREATE':
        await this.create();
        break;
      case 'SET':
        await this.set();
        break;
      case 'USE':
        await this.use();
        break;
      case 'DELIMITER':
        await this.cursor.skipDelimited();
        return;
      default:
        if (!OTHER.test(word)) throw this.fault();
    }
    await this.cursor.skipStatement();
    this.statements += 1;
  }

  /** The rows of the INSERT that starts here. */
  async *rows(): AsyncGenerator<DumpRow> {
    const { cursor } = this;
    await cursor.skipWords(['LOW_PRIORITY', 'DELAYED', 'HIGH_PRIORITY', 'IGNORE', 'INTO']);
    const table = await this.tableName();
    this.statements += 1;
    if (!this.options.wanted(table)) {
      await cursor.skipStatement();
      return;
    }
    const columns = await this.columnsOf(table);
    const keep = this.options.columns?.(table);
    const kept = columns.map((column) => keep?.includes(column) ?? true);
    if (!/^VALUES?$/i.test((await cursor.nextWord()) ?? '')) throw this.fault();
    for (;;) {
      const values = await cursor.row(kept, this.decode);
      if (values === null || values.length !== columns.length) throw this.fault();
      yield { table, columns, values };
      if (!(await cursor.take(','))) break;
    }
    if (!(await cursor.take(';'))) throw this.fault();
  }

  private async tableName(): Promise<string> {
    const first = await this.cursor.name();
    if (!(await this.cursor.take('.'))) return first;
    await this.sameDatabase(first);
    return this.cursor.name();
  }

  private async columnsOf(table: string): Promise<readonly string[]> {
    if (!(await this.cursor.take('('))) {
      const known = this.tables.get(table);
      if (known === undefined)
        throw new ImportFault(
          `The dump has rows of ${table} but not its definition: dump it without --no-create-info.`,
        );
      return known;
    }
    const names: string[] = [];
    do names.push(await this.cursor.name());
    while (await this.cursor.take(','));
    if (!(await this.cursor.take(')'))) throw this.fault();
    return names;
  }

  private async create(): Promise<void> {
    const { cursor } = this;
    if ((await cursor.peekWord())?.toUpperCase() !== 'TABLE') return;
    await cursor.skipWords(['TABLE', 'IF', 'NOT', 'EXISTS']);
    const table = await this.tableName();
    if (!(await cursor.take('('))) return;
    const columns: string[] = [];
    do {
      const quoted = await cursor.isAt('`');
      const name = await cursor.name();
      if (quoted || !NOT_COLUMNS.test(name)) columns.push(name);
      await cursor.skipItem();
    } while (await cursor.take(','));
    if (this.tables.has(table))
      throw new ImportFault(`The dump has the table ${table} twice: dump only one database.`);
    this.tables.set(table, columns);
    this.options.onTable?.(table, columns);
  }

  private async set(): Promise<void> {
    const { cursor } = this;
    if ((await cursor.peekWord())?.toUpperCase() !== 'NAMES') return;
    await cursor.skipWords(['NAMES']);
    this.decode = decoderOf(await cursor.name());
  }

  private async use(): Promise<void> {
    await this.sameDatabase(await this.cursor.name());
  }

  private async sameDatabase(name: string): Promise<void> {
    await Promise.resolve();
    this.database ??= name;
    if (this.database !== name)
      throw new ImportFault('The dump holds more than one database: dump only one.');
  }

  private fault(): ImportFault {
    return new ImportFault(
      `The file is not a dump of MySQL or MariaDB, or is damaged (near byte ${this.cursor.position}).`,
    );
  }
}
