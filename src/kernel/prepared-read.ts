import pg from 'pg';
import { TEXT_ARRAY, textArrayOf } from './text-array.js';
import { timestampOf } from './timestamp.js';

type Row = Record<string, unknown>;
type Build = (fields: readonly (string | null)[]) => Row;

interface Field {
  name: string;
  dataTypeID: number;
  format?: string;
}

/** The row builders of a connection's prepared statements. */
export class ReadLayouts {
  private readonly builders = new Map<string, Build>();
  private mute: object | null = null;

  builderOf(name: string): Build | undefined {
    return this.builders.get(name);
  }

  learn(name: string, fields: readonly Field[]): Build {
    const build = builderFor(fields);
    this.builders.set(name, build);
    return build;
  }

  /** The connection, without the Describe message that requests the column descriptions. */
  withoutDescribe(connection: object): object {
    return (this.mute ??= Object.create(connection, {
      describe: { value: () => undefined },
    }) as object);
  }
}

// Generates one object literal per statement, which builds rows several times faster than assigning
// names one by one.
function builderFor(fields: readonly Field[]): Build {
  const parsers = fields.map(parserOf);
  const columns = fields.map(
    ({ name }, at) => `${JSON.stringify(name)}: f[${at}] === null ? null : p[${at}](f[${at}])`,
  );
  // The column names come from our own statements and are quoted.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const make = new Function('p', `return (f) => ({ ${columns.join(', ')} });`) as (
    p: unknown[],
  ) => Build;
  return make(parsers);
}

/** The part of the driver's Query that its types omit. */
interface DriverQuery {
  callback: (error: Error | null) => void;
  prepare(connection: object): void;
  handleError(error: Error, connection: object): void;
}
const DriverQuery = pg.Query as unknown as new (
  config: object,
  values: unknown,
  callback: (error: Error | null) => void,
) => DriverQuery;

function parserOf({ dataTypeID, format = 'text' }: Field): unknown {
  if (dataTypeID === (pg.types.builtins.TIMESTAMPTZ as number) && format === 'text')
    return timestampOf;
  if (dataTypeID === TEXT_ARRAY && format === 'text') return textArrayOf;
  return (pg.types.getTypeParser as (oid: number, format: string) => unknown)(dataTypeID, format);
}

/**
 * A named prepared statement that requests its column descriptions only once per connection. The
 * server refuses to run a statement whose result columns have changed, so the cached layout cannot
 * become stale.
 */
export class PreparedRead extends DriverQuery {
  // Not named as an option of the driver: its query has `rows`, `text` and more.
  private readonly builtRows: Row[] = [];
  private build: Build | undefined;
  private failed: Error | null = null;

  constructor(
    private readonly query: { name: string; text: string; values: unknown[] },
    private readonly layouts: ReadLayouts,
    private readonly done: (error: Error | null, rows: Row[]) => void,
  ) {
    super(query, undefined, (error) => done(error, []));
    this.build = layouts.builderOf(query.name);
  }

  override prepare(connection: object): void {
    super.prepare(this.build === undefined ? connection : this.layouts.withoutDescribe(connection));
  }

  handleRowDescription({ fields }: { fields: readonly Field[] }): void {
    this.build = this.layouts.learn(this.query.name, fields);
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    if (this.failed !== null) return;
    try {
      if (this.build === undefined) throw new Error(`${this.query.name}: rows without columns`);
      this.builtRows.push(this.build(fields));
    } catch (error) {
      this.failed = error as Error;
    }
  }

  // The row count is known from the rows themselves.
  handleCommandComplete(): void {
    return;
  }

  handleReadyForQuery(): void {
    this.done(this.failed, this.builtRows);
  }
}
