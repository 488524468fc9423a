import type { ClientBase } from 'pg';
import { quoted } from '../backup/catalog.js';
import type { DescribedKind } from './fields.js';

/** All private texts share one sequence of ids, as ciphertexts are bound to them. */
const PRIVATE_ROWS = { name: 'private-rows', sequence: 'private_row_ids' };

interface Counter {
  /** A kind, or `private-rows`. */
  readonly name: string;
  readonly sequence: string;
}

/** The sequence behind the ids of each kind. */
async function counters(client: ClientBase, kinds: readonly DescribedKind[]): Promise<Counter[]> {
  const found: Counter[] = [PRIVATE_ROWS];
  for (const { kind, fields } of kinds) {
    if (!fields.some(({ column }) => column === 'id')) continue;
    const { rows } = await client.query<{ sequence: string | null }>(
      `select pg_get_serial_sequence($1, 'id') as sequence`,
      [quoted(kind.table)],
    );
    const sequence = rows[0]?.sequence ?? null;
    if (sequence !== null) found.push({ name: kind.name, sequence });
  }
  return found;
}

export async function nextIds(
  client: ClientBase,
  kinds: readonly DescribedKind[],
): Promise<Record<string, string>> {
  const next: Record<string, string> = {};
  for (const { name, sequence } of await counters(client, kinds)) {
    const { rows } = await client.query<{ next: string }>(
      `select (last_value + case when is_called then 1 else 0 end)::text as next from ${sequence}`,
    );
    next[name] = rows[0]?.next ?? '1';
  }
  return next;
}

export async function setNextIds(
  client: ClientBase,
  kinds: readonly DescribedKind[],
  next: Readonly<Record<string, string>>,
): Promise<void> {
  for (const { name, sequence } of await counters(client, kinds)) {
    const value = next[name];
    if (value !== undefined)
      await client.query('select setval($1::regclass, $2, false)', [sequence, value]);
  }
}
