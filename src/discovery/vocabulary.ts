import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { PhraseMatcher } from '../triage/phrase-matcher.js';

/** A file in `vocabulary/`: the words for each tag, in the pattern syntax of docs/triage.md. */
interface VocabularyFile {
  /** Spellings, by the spelling that the patterns use: one word or two, by one or more. */
  fold: Record<string, string>;
  /** Words that a phrase may contain between any two of its own. */
  fillers: string[];
  /** Words whose stem means something else. */
  whole: string[];
  /** Words after which a gap ends, as they start a thought about somebody else. */
  stops: string[];
  /** Parts of patterns that stand for any of theirs, where a pattern contains `<name>`. */
  groups: Record<string, string[]>;
  difficulties: Record<string, string[]>;
  situations: Record<string, string[]>;
  /** Phrases that name no tag, though they contain words that do. */
  ordinary: string[];
  /** Words that resemble one of a phrase, or of another language, but mean something else. */
  plain: string[];
}

/** The vocabulary of one language. */
export interface Vocabulary {
  /** A text's words in the spelling of the patterns, with corrections, not yet as stems. */
  readonly fold: (words: readonly string[]) => string[];
  readonly stem: (word: string) => string;
  /** Finds tags, or `ORDINARY`, in stems. */
  readonly matcher: PhraseMatcher<string>;
  /** The words that a mistyped word may be corrected to, by first letter. */
  readonly spellings: ReadonlyMap<string, readonly string[]>;
  /** Every word of the language that the file contains. */
  readonly words: ReadonlySet<string>;
}

/** The value of phrases that name no tag. */
export const ORDINARY = '';

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

function readVocabulary(language: string, stemmer: (word: string) => string): Vocabulary {
  const path = fileURLToPath(new URL(`./vocabulary/${language}.json`, import.meta.url));
  const file = JSON.parse(readFileSync(path, 'utf8')) as VocabularyFile;
  const whole = new Set(file.whole);
  const stem = (word: string): string => (whole.has(word) ? word : stemmer(word));
  const stemPattern = (pattern: string): string =>
    pattern.replace(/<[\w-]+>|[\p{L}\p{N}-]+/gu, (part) =>
      part.startsWith('<') ? part : stem(part),
    );
  const stemAll = (patterns: readonly string[]): string[] => patterns.map(stemPattern);
  const tagged = [...Object.entries(file.difficulties), ...Object.entries(file.situations)];
  return {
    fold: (words) => foldWords(words, file.fold),
    stem,
    matcher: new PhraseMatcher(
      Object.fromEntries(
        Object.entries(file.groups).map(([name, patterns]) => [name, stemAll(patterns)]),
      ),
      file.fillers.map(stem),
      [
        ...tagged.flatMap(([tag, patterns]) =>
          stemAll(patterns).map((pattern) => [pattern, tag] as const),
        ),
        ...stemAll(file.ordinary).map((pattern) => [pattern, ORDINARY] as const),
      ],
      file.stops.map(stem),
    ),
    spellings: Map.groupBy(
      new Set(
        tagged
          .flatMap(([, patterns]) => patterns.filter((pattern) => !/[\s<]/.test(pattern)))
          .flatMap((pattern) => pattern.split('|'))
          .filter((word) => word.length >= 5),
      ),
      (word) => word.charAt(0),
    ),
    words: new Set(
      [
        ...tagged.flatMap(([, patterns]) => patterns),
        ...Object.values(file.groups).flat(),
        ...file.plain,
      ].flatMap((pattern) => pattern.replace(/<[\w-]+>/g, ' ').match(/[\p{L}\p{N}]+/gu) ?? []),
    ),
  };
}

function foldWords(words: readonly string[], fold: Record<string, string>): string[] {
  const folded: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const pair = Object.hasOwn(fold, `${word} ${words[at + 1]}`);
    const key = pair ? `${word} ${words[at + 1]}` : word;
    folded.push(...(Object.hasOwn(fold, key) ? (fold[key] ?? '').split(' ') : [word]));
    if (pair) at += 1;
  }
  return folded;
}

/**
 * The stems of words. One that only another language has counts as unknown: a stemmer finds its own
 * endings in any word, so that the Spanish one reads "time" as "timido".
 */
export function stemsOf(words: readonly string[], own: Vocabulary): string[] {
  return words.map((word) =>
    own.words.has(word) || !vocabularies().some((each) => each.words.has(word))
      ? own.stem(word)
      : '',
  );
}

let loaded: readonly Vocabulary[] | null = null;

/**
 * The vocabularies in which a text is read: people mix languages, and short texts tell none. Loaded
 * when the first text is read, as their patterns take a twentieth of a start.
 */
export function vocabularies(): readonly Vocabulary[] {
  return (loaded ??= [readVocabulary('en', english), readVocabulary('es', spanish)]);
}
