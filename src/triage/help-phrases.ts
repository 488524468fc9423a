import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { foldWords } from '../kernel/fold-words.js';
import { alternatives } from './alternatives.js';

/** Short plain forms in languages other than English, by the key of their topic. */
interface PhrasesFile {
  readonly topics: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Everyday phrases, which are removed from a text first. */
  readonly except: readonly string[];
}

interface Phrase {
  readonly topic: string;
  readonly text: string;
  /** The whole text has to be the phrase: "help" also begins "help me find". */
  readonly whole: boolean;
}

const { topics, except } = JSON.parse(
  readFileSync(fileURLToPath(new URL('./rules/help-languages.json', import.meta.url)), 'utf8'),
) as PhrasesFile;

/** In a longer text these phrases are rarely about its writer alone. */
export const LONGEST_PHRASED = 300;

/** Letters of Persian, by those of Arabic, and the stroke that lengthens a word. */
const FOLDED: Readonly<Record<string, string>> = { ی: 'ي', ک: 'ك', '\u0640': '' };

/** Words as `foldWords` folds them, without punctuation and symbols. */
function fold(text: string): string {
  return foldWords(
    text
      .replace(/[یک\u0640]/gu, (letter) => FOLDED[letter] ?? letter)
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' '),
  );
}

const phrases: readonly Phrase[] = Object.entries(topics).flatMap(([topic, languages]) =>
  Object.values(languages)
    .flat()
    .flatMap(alternatives)
    .map((phrase) => ({ topic, text: fold(phrase), whole: phrase.startsWith('^ ') })),
);
const ordinary: readonly string[] = except.flatMap(alternatives).map(fold);

/**
 * The topics that a short text names in languages other than English.
 * @param text as written
 * @returns keys of topics in `rules/help-topics.json`
 */
export function topicsInOtherLanguages(text: string): ReadonlySet<string> {
  if (text.length > LONGEST_PHRASED) return new Set();
  const written = fold(text);
  const own = ordinary.reduce((rest, each) => rest.replaceAll(each, ' '), written);
  return new Set(
    phrases
      .filter((each) => (each.whole ? own === each.text : own.includes(each.text)))
      .map(({ topic }) => topic),
  );
}
