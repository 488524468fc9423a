import type { ClientBase } from 'pg';

/**
 * SQL: whether the locale of the database folds capitals beyond A to Z. What it does is asked, and
 * not its name: names differ from system to system.
 */
export const FOLDS_CAPITALS = `select lower('ÉŁЯ') = 'éłя' as folds`;

/** Whether a search finds a word in whatever case it is written. */
export async function foldsCapitals(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ folds: boolean }>(FOLDS_CAPITALS);
  return rows[0]?.folds === true;
}
