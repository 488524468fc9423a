import { isId } from '../kernel/ids.js';

/**
 * The cursor of the first page of a list ordered by id, newest first: greater than every id. Keyset
 * pagination: a page contains the rows whose id is less than the cursor.
 */
export const FIRST_PAGE = '9223372036854775807';

/**
 * Reads the cursor from a URL.
 * @param sent the raw query parameter; anything but an id means the first page
 */
export function readIdCursor(sent: unknown): string {
  return isId(sent) ? sent : FIRST_PAGE;
}

/** Escapes a text so that a LIKE pattern matches it literally. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
