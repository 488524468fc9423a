import { normalizeCharacter } from './normalize.js';

/** A word as written, without spelling normalisation: "y" stays "y". */
export interface Written {
  readonly word: string;
  readonly from: number;
  readonly to: number;
  /** Contains an accent or a letter that English lacks. */
  readonly marked: boolean;
  /** Capitalised within a sentence: most likely a name. */
  readonly capital: boolean;
}

/** A sentence, and its parts between commas. */
export interface WrittenSentence {
  readonly words: readonly Written[];
  readonly parts: readonly (readonly Written[])[];
}

/** Maximum number of sentences to read; longer texts repeat themselves. */
const MOST_SENTENCES = 2_000;
const SENTENCE = /[^.!?;…\n]+/gu;
const COMMA = /[^,:()—–]+/gu;
const WORD = /[\p{L}\p{M}][\p{L}\p{M}'’]*/gu;
/** URLs, @mentions and tokens with a digit belong to no language. */
const NO_WORD = /^(?:https?:\/\/|www\.|[@#])|\d/u;

/** Splits a text into sentences of words with their positions. */
export function writtenSentences(text: string): WrittenSentence[] {
  const plain = text.replace(/\S+/gu, (found) =>
    NO_WORD.test(found) ? ' '.repeat(found.length) : found,
  );
  const sentences: WrittenSentence[] = [];
  for (const sentence of plain.matchAll(SENTENCE)) {
    const parts = [...sentence[0].matchAll(COMMA)]
      .map((part) => wordsOf(part[0], sentence.index + part.index))
      .filter((words) => words.length > 0);
    if (parts.length > 0) sentences.push({ words: parts.flat(), parts });
    if (sentences.length === MOST_SENTENCES) break;
  }
  return sentences;
}

function wordsOf(text: string, start: number): Written[] {
  return [...text.matchAll(WORD)].map((found, number) => {
    const written = found[0].replaceAll('’', "'").replace(/(?<!')'+$/u, '');
    const marked = /[^\0-\x7f]/u.test(written);
    const folded = marked ? foldedOf(written) : written.toLowerCase();
    const from = start + found.index;
    return {
      word: folded,
      from,
      to: from + written.length,
      marked,
      capital: number > 0 && /^\p{Lu}/u.test(written),
    };
  });
}

function foldedOf(word: string): string {
  return plainLatin(
    Array.from(word, (char) => normalizeCharacter(char.codePointAt(0) ?? 32).latin).join(''),
  );
}

/** Letters that do not decompose into a base letter and an accent. */
export function plainLatin(word: string): string {
  return word
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .replaceAll('đ', 'd')
    .replaceAll('ı', 'i');
}
