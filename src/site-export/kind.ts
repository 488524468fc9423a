/**
 * A kind of record with its description and table. Fields are named after their columns in
 * camelCase, unless renamed here.
 */
export interface Kind {
  readonly name: string;
  readonly table: string;
  readonly about: string;
  /** Field names by column. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Columns that are not exported, each with the reason. */
  readonly leftOut?: Readonly<Record<string, string>>;
  /** SQL condition for the rows to export. */
  readonly where?: string;
}

export function kind(
  name: string,
  table: string,
  about: string,
  more: Pick<Kind, 'fields' | 'leftOut' | 'where'> = {},
): Kind {
  return { name, table, about, ...more };
}
