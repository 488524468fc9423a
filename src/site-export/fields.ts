import type { ClientBase } from 'pg';
import { quoted } from '../backup/catalog.js';
import { EXPORTED_KINDS } from './kinds.js';
import type { Kind } from './kind.js';

/**
 * JSON encoding of a value. `id`: an integer as a string. `time`: ISO 8601 in UTC with
 * microseconds. `date`: year, month and day. `base64`: bytes. `json`: unchanged.
 */
export type FieldType =
  'id' | 'number' | 'text' | 'texts' | 'boolean' | 'time' | 'date' | 'json' | 'base64';

export interface Field {
  readonly column: string;
  readonly name: string;
  readonly type: FieldType;
  /** The kind whose `id` the field references. */
  readonly refersTo: string | null;
}

export interface DescribedKind {
  readonly kind: Kind;
  readonly fields: readonly Field[];
  /** The primary key columns, by which records are sorted. */
  readonly key: readonly string[];
}

const TYPES: Readonly<Record<string, FieldType>> = {
  bigint: 'id',
  smallint: 'number',
  integer: 'number',
  real: 'number',
  text: 'text',
  citext: 'text',
  uuid: 'text',
  'text[]': 'texts',
  boolean: 'boolean',
  'timestamp with time zone': 'time',
  date: 'date',
  jsonb: 'json',
  bytea: 'base64',
};

const COLUMNS = `
  select c.relname as "table", a.attname as "column", format_type(a.atttypid, -1) as type,
    coalesce(a.attnum = any(p.conkey), false) as keyed,
    (
      select f.confrelid::regclass::text
      from pg_constraint f
      where f.contype = 'f'
        and f.conrelid = c.oid
        and f.conkey = array[a.attnum]
      limit 1
    ) as target
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_constraint p on p.conrelid = c.oid and p.contype = 'p'
  where c.relnamespace = 'public'::regnamespace
    and c.relkind = 'r'
    and a.attgenerated = ''
  order by c.relname, a.attnum`;

interface Column {
  table: string;
  column: string;
  type: string;
  keyed: boolean;
  target: string | null;
}

/**
 * Every kind with its fields, read from the schema.
 * @throws Error if a column has an unsupported type
 */
export async function describeKinds(client: ClientBase): Promise<DescribedKind[]> {
  const { rows } = await client.query<Column>(COLUMNS);
  const kindOf = new Map(EXPORTED_KINDS.map(({ table, name }) => [table, name]));
  return EXPORTED_KINDS.map((kind) => {
    const columns = rows.filter(({ table }) => table === kind.table);
    const fields = columns
      .filter(({ column }) => kind.leftOut?.[column] === undefined)
      .map(({ column, type, target }) => ({
        column,
        name: kind.fields?.[column] ?? camelCase(column),
        type: typeOf(kind.table, column, type),
        refersTo: target === null ? null : (kindOf.get(target) ?? null),
      }));
    const key = columns.filter(({ keyed }) => keyed).map(({ column }) => column);
    return { kind, fields, key };
  });
}

/** SQL expression for the JSON of a record. */
export function recordExpression({ fields }: DescribedKind): string {
  const pairs = fields.map(({ column, name, type }) => `'${name}', ${valueOf(column, type)}`);
  return `json_build_object(${pairs.join(', ')})::text`;
}

/** SQL for the order of records, independent of the server's locale. */
export function recordOrder({ key, fields }: DescribedKind): string {
  return key
    .map((column) => {
      const type = fields.find((field) => field.column === column)?.type;
      return type === 'text' ? `${quoted(column)}::text collate "C"` : quoted(column);
    })
    .join(', ');
}

function valueOf(column: string, type: FieldType): string {
  const name = quoted(column);
  switch (type) {
    case 'id':
      return `${name}::text`;
    case 'base64':
      return `translate(encode(${name}, 'base64'), E'\\n', '')`;
    case 'time':
      return `to_char(${name} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
    default:
      return name;
  }
}

function typeOf(table: string, column: string, type: string): FieldType {
  const known = TYPES[type];
  if (known === undefined) throw new Error(`${table}.${column}: no field has the type ${type}`);
  return known;
}

function camelCase(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
