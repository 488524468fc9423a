import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface VocabularyFile {
  difficulties: Record<string, string[]>;
  situations: Record<string, string[]>;
  formats: string[];
}

const file = JSON.parse(
  readFileSync(fileURLToPath(new URL('./vocabulary.json', import.meta.url)), 'utf8'),
) as VocabularyFile;

/** A way of saying something, as its words in order. */
export interface Term {
  readonly tag: string;
  readonly words: readonly string[];
}

/** Small letters without accents and apostrophes; words are letters and digits. */
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
  return Object.entries(list).flatMap(([tag, ways]) =>
    ways.map((way) => ({ tag, words: wordsIn(way) })),
  );
}

export const difficultyTerms = terms(file.difficulties);
export const situationTerms = terms(file.situations);
/** Single words that a misspelt one may have meant. */
export const spellings: ReadonlySet<string> = new Set(
  [...difficultyTerms, ...situationTerms]
    .filter(({ words }) => words.length === 1 && (words[0]?.length ?? 0) >= 5)
    .map(({ words }) => words[0] ?? ''),
);
