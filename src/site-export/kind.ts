/**
 * A kind of record: what it means, and the table that stores it. A field is called as its column
 * in camelCase, unless it has a name here.
 */
export interface Kind {
  readonly name: string;
  readonly table: string;
  readonly about: string;
  /** Names by column. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Columns that are not exported, each with the reason. */
  readonly leftOut?: Readonly<Record<string, string>>;
  /** A condition on the rows that are exported. */
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
