import type { Vocabulary, WordForm } from './vocabulary.js';

/** A word of a text, without spelling normalisation: "y" stays "y". */
export interface Written {
  readonly form: WordForm;
  readonly from: number;
  readonly to: number;
  /** Capitalised within a sentence: most likely a name. */
  readonly capital: boolean;
}

/** A sentence, and the first word of each of its parts between commas. */
export interface WrittenSentence {
  readonly words: readonly Written[];
  readonly starts: readonly number[];
}

/** The parts of a sentence. */
export function partsOf({ words, starts }: WrittenSentence): (readonly Written[])[] {
  return starts.map((start, n) => words.slice(start, starts[n + 1]));
}

/** Maximum number of sentences to read; longer texts repeat themselves. */
const MOST_SENTENCES = 2_000;
/** URLs, @mentions and tokens with a digit belong to no language. */
const MAY_HOLD_NO_WORD = /[\d@#]|:\/\/|www\./u;
const NO_WORD = /(?<!\S)(?:(?:https?:\/\/|www\.|[@#])\S*|[^\s\d]*\d\S*)/gu;

type Sign = 'letter' | 'apostrophe' | 'sentence-end' | 'part-end' | 'other';

function signOf(char: string): Sign {
  if (/^[\p{L}\p{M}]$/u.test(char)) return 'letter';
  if (/^['’]$/.test(char)) return 'apostrophe';
  if (/^[.!?;…\n]$/.test(char)) return 'sentence-end';
  return /^[,:()—–]$/.test(char) ? 'part-end' : 'other';
}

const ASCII: readonly Sign[] = Array.from({ length: 128 }, (_, code) =>
  signOf(String.fromCharCode(code)),
);
const signs = new Map<number, Sign>();

function signAt(text: string, at: number): Sign {
  const code = text.codePointAt(at) ?? 32;
  let sign = ASCII[code] ?? signs.get(code);
  if (sign === undefined) signs.set(code, (sign = signOf(String.fromCodePoint(code))));
  return sign;
}

const sizeAt = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

/** Splits a text into sentences of words with their positions. */
export function writtenSentences(text: string, vocabulary: Vocabulary): WrittenSentence[] {
  const plain = MAY_HOLD_NO_WORD.test(text)
    ? text.replace(NO_WORD, (found) => ' '.repeat(found.length))
    : text;
  const sentences: WrittenSentence[] = [];
  let words: Written[] = [];
  let starts: number[] = [];
  let isOpen = false;
  const endSentence = (): void => {
    isOpen = false;
    if (words.length === 0) return;
    sentences.push({ words, starts });
    words = [];
    starts = [];
  };
  for (let at = 0; at < plain.length && sentences.length < MOST_SENTENCES;) {
    const sign = signAt(plain, at);
    const from = at;
    at = sign === 'letter' ? wordEnd(plain, at) : at + sizeAt(plain, at);
    if (sign === 'letter') {
      const form = vocabulary.formOf(plain.slice(from, at));
      if (!isOpen) starts.push(words.length);
      words.push({ form, from, to: from + form.length, capital: words.length > 0 && form.capital });
      isOpen = true;
    } else if (sign === 'sentence-end') endSentence();
    else if (sign === 'part-end') isOpen = false;
  }
  endSentence();
  return sentences;
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const sign = signAt(text, at);
    if (sign !== 'letter' && sign !== 'apostrophe') break;
    at += sizeAt(text, at);
  }
  return at;
}
