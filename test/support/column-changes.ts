import type { Factory } from './factory.js';

/** Changes a column in every row of a table. */
export interface ColumnChange {
  readonly table: string;
  readonly column: string;
  /** @returns whether the column accepted the value */
  apply(): Promise<boolean>;
  undo(): Promise<void>;
}

interface Column {
  table: string;
  column: string;
  type: string;
  /** The referenced tables. */
  refers: string | null;
  /** The definitions of the table's check constraints. */
  checks: string | null;
  keys: string[];
}

const COLUMNS = `
  select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type,
    (select k.confrelid::regclass::text
      from pg_constraint k
      where k.conrelid = c.oid and k.contype = 'f' and k.conkey = array[a.attnum]
      limit 1) as refers,
    (select string_agg(pg_get_constraintdef(k.oid), ' ')
      from pg_constraint k
      where k.conrelid = c.oid and k.contype = 'c' and a.attnum = any(k.conkey)) as checks,
    (select array_agg(ka.attname::text)
      from pg_constraint k
      join pg_attribute ka on ka.attrelid = c.oid and ka.attnum = any(k.conkey)
      where k.conrelid = c.oid and k.contype = 'p') as keys
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
  where c.relnamespace = 'public'::regnamespace
    and c.relname = any($1)
    and not a.attisdropped
    and a.attgenerated = ''
  order by 1, a.attnum`;

/** Candidate values as SQL expressions; the first that the column accepts is used. */
function candidates({ column, type, refers, checks }: Column): string[] {
  const name = `"${column}"`;
  if (refers !== null)
    return [`(select max(r.id) from ${refers} r where r.id <> t.${name})`, 'null'];
  const literals = [...(checks ?? '').matchAll(/'([^']*)'::text/g)].map(([, text]) => `'${text}'`);
  switch (type) {
    case 'boolean':
      return [`not ${name}`];
    case 'jsonb':
      return [
        `'{"timeZone":"UTC","outside":"","weekly":[
          {"days":[1,2,3,4,5,6,7],"from":"00:00","to":"23:59"}]}'::jsonb`,
        `'{}'::jsonb`,
      ];
    case 'text':
    case 'citext':
      return literals.length > 0 ? literals : [`${name} || 'x'`, `'x'`, 'null'];
    case 'text[]':
      return [`'{}'`, ...literals.map((text) => `array[${text}]`)];
    case 'timestamp with time zone':
    case 'date':
      return [`now() - interval '40 days'`, `now() + interval '40 days'`, 'null'];
    case 'bytea':
      return [`'\\x00'::bytea`];
    default:
      return [`${name} + 1`, `${name} - 1`, `${name} / 2`, '1', 'null'];
  }
}

/**
 * One change for each value of a column with few values, otherwise one for each column except keys.
 */
export async function changesOf(make: Factory, tables: string[]): Promise<ColumnChange[]> {
  await make.rows('create schema saved');
  for (const table of tables)
    await make.rows(`create table saved.${table} as table public.${table}`);
  const columns = await make.all<Column>(COLUMNS, [tables]);
  return columns
    .filter(({ column, keys }) => !keys.includes(column))
    .flatMap((each) => {
      const { table, column, keys } = each;
      const values = candidates(each);
      const oneByOne = values.length > 3 && values.every((value) => /^'.*'$/.test(value));
      const same = keys.map((key) => `s."${key}" = t."${key}"`).join(' and ');
      const undo = async (): Promise<void> => {
        await make.rows(
          `update public.${table} t set "${column}" = s."${column}" from saved.${table} s
           where ${same}`,
        );
      };
      const tries = oneByOne ? values.map((value) => [value]) : [values];
      return tries.map((some) => ({
        table,
        column,
        undo,
        apply: async () => {
          for (const value of some) if (await changed(make, table, column, value)) return true;
          return false;
        },
      }));
    });
}

async function changed(
  make: Factory,
  table: string,
  column: string,
  value: string,
): Promise<boolean> {
  try {
    const rows = await make.rows(
      `update public.${table} t set "${column}" = ${value}
       where "${column}" is distinct from (${value}) returning 1`,
    );
    return rows.length > 0;
  } catch {
    // A constraint rejects the value.
    return false;
  }
}
