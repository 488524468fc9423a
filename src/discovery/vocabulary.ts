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

/** A phrase for a tag, as its words in order. */
export interface Term {
  readonly tag: string;
  readonly words: readonly string[];
}

/** The words of a text: letters and digits, lower case, without accents and apostrophes. */
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
    phrases.map((phrase) => ({ tag, words: wordsIn(phrase) })),
  );
}

export const difficultyTerms = terms(file.difficulties);
export const situationTerms = terms(file.situations);
/** Single words that a misspelt one is corrected to. */
export const spellings: ReadonlySet<string> = new Set(
  [...difficultyTerms, ...situationTerms]
    .filter(({ words }) => words.length === 1 && (words[0]?.length ?? 0) >= 5)
    .map(({ words }) => words[0] ?? ''),
);
