import { readdirSync, readFileSync } from 'node:fs';
import type {
  ImportResult,
  StrategyPacks,
} from '../coping-strategies/packs/strategy-packs.service.js';
import type { Sql } from '../kernel/sql.js';
import { statement, type NoParams } from '../kernel/sql.js';

const FOLDER = new URL('./strategies/', import.meta.url);
const STARTER = 'starter.json';

/** The fields of a pack entry used here; the rest is passed through. */
type Entry = Readonly<Record<string, unknown> & { id: string; slug: string }>;

/** The texts of a translation, and the version of the original on which it is based. */
type Translation = Readonly<Record<string, unknown> & { version: number }>;

/** `strategies/<language>.json`: the starter pack in another language, by slug. */
interface TranslatedPack {
  readonly name: string;
  readonly attribution: string;
  readonly strategies: Record<string, Translation>;
}

interface WholePack {
  pack: Record<string, unknown>;
  strategies: Entry[];
}

function read(file: string): string {
  return readFileSync(new URL(file, FOLDER), 'utf8');
}

/** The starter pack, written for this project; CC BY 4.0. */
export function starterPack(): string {
  return read(STARTER);
}

/** Languages into which the starter pack is translated. */
export function starterLanguages(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json') && file !== STARTER)
    .map((file) => file.slice(0, -5))
    .sort();
}

/**
 * The starter pack in another language, as a pack of translations.
 * @param has whether the original of a translation is in the library
 */
export function translatedStarter(
  language: string,
  has: (stableId: string) => boolean = () => true,
): string {
  const whole = JSON.parse(starterPack()) as WholePack;
  const { name, attribution, strategies } = JSON.parse(read(`${language}.json`)) as TranslatedPack;
  return JSON.stringify({
    ...whole,
    pack: { ...whole.pack, id: `${String(whole.pack.id)}-${language}`, name, attribution },
    strategies: whole.strategies.flatMap((original) => {
      const translated = strategies[original.slug];
      if (translated === undefined || !has(original.id)) return [];
      return {
        ...original,
        ...translated,
        id: `${original.id}.${language}`,
        version: translated.version,
        language,
        translationOf: { id: original.id, version: translated.version },
      };
    }),
  });
}

const anyStrategy = statement<NoParams, { id: string }>(
  'seed.any-strategy',
  'select id from coping_strategies limit 1',
);

const anyInLanguage = statement<{ language: string }, { id: string }>(
  'seed.any-strategy-in-language',
  'select id from coping_strategies where language = :language limit 1',
);

const originals = statement<NoParams, { stableId: string }>(
  'seed.originals',
  'select stable_id as "stableId" from coping_strategies',
);

function addedBy({ done, faults }: ImportResult, what: string): number {
  if (faults === undefined) return done.added;
  throw new Error(`${what} is faulty: ${faults.map(({ at, key }) => `${at} ${key}`).join(', ')}`);
}

/** Imports the starter pack into an empty library. @returns how many strategies were added */
export async function loadStarter(sql: Sql, packs: StrategyPacks): Promise<number> {
  if ((await sql.first(anyStrategy)) !== null) return 0;
  return addedBy(await packs.importText(starterPack()), 'the starter pack');
}

/**
 * Imports the translations of the starter pack: only into languages without strategies, and only
 * for existing originals. @returns how many strategies were added
 */
export async function loadTranslations(sql: Sql, packs: StrategyPacks): Promise<number> {
  let added = 0;
  for (const language of starterLanguages()) {
    if ((await sql.first(anyInLanguage, { language })) !== null) continue;
    const known = new Set((await sql.rows(originals)).map(({ stableId }) => stableId));
    const text = translatedStarter(language, (id) => known.has(id));
    const { strategies } = JSON.parse(text) as WholePack;
    if (strategies.length === 0) continue;
    added += addedBy(await packs.importText(text), `the starter pack in ${language}`);
  }
  return added;
}
