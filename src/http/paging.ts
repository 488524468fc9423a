import { isId } from '../kernel/ids.js';

/** Greater than every id: the first page of a list, newest first, begins before it. */
export const NEWEST = '9223372036854775807';

/** The cursor of a list by id, newest first. @param sent the query's text, if it has one */
export function beforeId(sent: unknown): string {
  return isId(sent) ? sent : NEWEST;
}

/** Text for a LIKE pattern that matches it literally. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
