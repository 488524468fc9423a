import pg from 'pg';

/** PostgreSQL's type OID of `text[]`, which is fixed. */
export const TEXT_ARRAY = 1009;

type Texts = (string | null)[];
const parsed = (pg.types.getTypeParser as (oid: number) => unknown)(TEXT_ARRAY) as (
  text: string,
) => Texts;

/** Matches array literals without quoted elements, nested arrays or explicit bounds. */
const PLAIN = /^\{[^"\\{}]*\}$/;

/**
 * Parses a text array exactly as the driver does, but many times faster if no element is quoted, as
 * with short words such as tags. A page parses hundreds of them.
 */
export function textArrayOf(text: string): Texts {
  if (!PLAIN.test(text) || text.includes('NULL')) return parsed(text);
  return text === '{}' ? [] : text.slice(1, -1).split(',');
}
