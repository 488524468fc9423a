import type { ClientBase } from 'pg';

/**
 * SQL: whether the database's locale lower-cases letters beyond A to Z. Tests the behaviour,
 * because locale names differ between systems.
 */
export const FOLDS_CASE_SQL = `select lower('ÉŁЯ') = 'éłя' as folds`;

/** Whether search is case-insensitive for all letters, not only A to Z. */
export async function foldsCase(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ folds: boolean }>(FOLDS_CASE_SQL);
  return rows[0]?.folds === true;
}
