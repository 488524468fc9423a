import { readFileSync } from 'node:fs';
import type { StrategyPacks } from '../coping-strategies/packs/strategy-packs.service.js';
import type { Sql } from '../kernel/sql.js';
import { statement, type NoParams } from '../kernel/sql.js';

/** The starter pack, written for this project; CC BY 4.0. */
export function starterPack(): string {
  return readFileSync(new URL('./strategies/starter.json', import.meta.url), 'utf8');
}

const anyStrategy = statement<NoParams, { id: string }>(
  'seed.any-strategy',
  'select id from coping_strategies limit 1',
);

/** Imports the starter pack into an empty library. @returns how many strategies were added */
export async function loadStarter(sql: Sql, packs: StrategyPacks): Promise<number> {
  if ((await sql.first(anyStrategy)) !== null) return 0;
  const { done, faults } = await packs.importText(starterPack());
  if (faults !== undefined)
    throw new Error(
      `the starter pack is faulty: ${faults.map(({ at, key }) => `${at} ${key}`).join(', ')}`,
    );
  return done.added;
}
