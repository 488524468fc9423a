import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface VocabularyFile {
  difficulties: Record<string, string[]>;
  situations: Record<string, string[]>;
  formats: string[];
  /** Interchangeable words in a phrase, where it contains `{name}`. */
  groups: Record<string, string[]>;
}

const file = JSON.parse(
  readFileSync(fileURLToPath(new URL('./vocabulary.json', import.meta.url)), 'utf8'),
) as VocabularyFile;

/** A phrase for a tag, as a sequence of words; `GAP` allows a few others between two of them. */
export interface Term {
  readonly tag: string;
  readonly words: readonly string[];
}

/** In a phrase: up to three words that do not start another clause, such as "has had a". */
export const GAP = '*';

/** Splits a text into words: letters and digits, lower case, without accents and apostrophes. */
export function wordsIn(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/['’ʼ`]/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function terms(list: Record<string, string[]>): Term[] {
  return Object.entries(list).flatMap(([tag, phrases]) =>
    phrases.flatMap(expandGroups).map((phrase) => ({
      tag,
      words: phrase
        .split(GAP)
        .flatMap((part, at) => [...(at === 0 ? [] : [GAP]), ...wordsIn(part)]),
    })),
  );
}

/**
 * Expands a phrase by each word of its group: "miss my {relative}" to "miss my mum", "miss my dad".
 */
function expandGroups(phrase: string): string[] {
  const [whole, name = ''] = /\{(\w+)\}/.exec(phrase) ?? [];
  if (whole === undefined) return [phrase];
  const group = file.groups[name];
  if (group === undefined) throw new Error(`the vocabulary has no group ${name}`);
  return group.flatMap((word) => expandGroups(phrase.replace(whole, word)));
}

export const difficultyTerms = terms(file.difficulties);
export const situationTerms = terms(file.situations);
/** Dictionary of single words for spelling correction. */
export const spellings: ReadonlySet<string> = new Set(
  [...difficultyTerms, ...situationTerms]
    .filter(({ words }) => words.length === 1 && (words[0]?.length ?? 0) >= 5)
    .map(({ words }) => words[0] ?? ''),
);
