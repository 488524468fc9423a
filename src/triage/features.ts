import type { Sentence } from './sentence-analysis.js';
import type { Tokens } from './tokenize.js';
import type { WeighedHit } from './severity.js';

const ENDINGS = ['ing', 'ed', 'es', 's', 'ly'];

/** Words for the writer, the reader and somebody else: danger is said of one of them. */
const PEOPLE = new Map<string, number>(
  [
    'i me my myself mine',
    'you your yourself u ur yours',
    'he she him her his hers they them their mum dad mother father brother sister son daughter ' +
      'husband wife friend mate partner boyfriend girlfriend nan grandad gran',
  ].flatMap((words, bit) => words.split(' ').map((word) => [word, 1 << bit] as const)),
);
/** The marks of all who may be spoken of, by the bits of `PEOPLE`. */
const SPOKEN_OF = ['@p', '@pm', '@py', '@pmy', '@pt', '@pmt', '@pyt', '@pmyt'] as const;

export function stem(word: string): string {
  for (const ending of ENDINGS)
    if (word.length - ending.length >= 3 && word.endsWith(ending))
      return word.slice(0, -ending.length);
  return word;
}

/** Of whom a sentence speaks, and how it begins: "I will" and "you will" mean different things. */
function eachOpening(
  words: readonly string[],
  from: number,
  to: number,
  take: (feature: string, at: number) => void,
): void {
  const first = words[from];
  if (first === undefined || from >= to) return;
  let people = 0;
  for (let at = from; at < to; at += 1) people |= PEOPLE.get(words[at] ?? '') ?? 0;
  const who = SPOKEN_OF[people] ?? '@p';
  take(who, -1);
  take(`${who} ${first}`, -1);
  take(from + 1 < to ? `@^${first} ${words[from + 1] ?? ''}` : `@^${first}`, -1);
}

/**
 * Features of a sentence: words, pairs of words, pairs with one word between them, of whom it
 * speaks and how it begins, marks, and kinds of phrases found; in a reply each word a second time,
 * because a word says other things in advice than in a cry for help. Each comes with the word where
 * it ends; -1 where it has no place.
 */
export function eachFeature(
  tokens: Tokens,
  sentence: Sentence,
  number: number,
  reply: boolean,
  take: (feature: string, at: number) => void,
): void {
  const to = tokens.starts[number + 1] ?? 0;
  let before = '^';
  let beforeThat: string | null = null;
  for (let at = tokens.starts[number] ?? 0; at < to; at += 1) {
    const word = stem(tokens.words[at] ?? '');
    take(word, at);
    if (reply) take(`>${word}`, -1);
    take(`${before} ${word}`, at);
    if (beforeThat !== null) take(`${beforeThat} _ ${word}`, at);
    beforeThat = before === '^' ? null : before;
    before = word;
  }
  take(`${before} $`, to - 1);
  eachOpening(tokens.words, tokens.starts[number] ?? 0, to, take);
  if (tokens.asks[number] === true) take('?', -1);
  for (const mark of sentence.marks) take(`@${mark}`, -1);
  for (const { rule, negated, subject } of sentence.hits) {
    const about = subject === 'other' ? 'o' : subject === 'figure' ? 'f' : '';
    take(`#k${rule.kind}${negated ? '-' : ''}${about}`, -1);
  }
}

/** What the rules found, by sentence: training learns how far each rule can be believed. */
export function hitFeatures(
  tokens: Tokens,
  weighed: readonly WeighedHit[],
  count: number,
): ReadonlySet<string>[] {
  const found = Array.from({ length: count }, () => new Set<string>());
  let sentence = 0;
  for (const { from, tier, rule } of weighed) {
    // Hits come in the order of the text: from where the last one stood, not from the start each
    // time.
    if (from < (tokens.starts[sentence] ?? 0)) sentence = 0;
    while (from >= 0 && sentence + 1 < count && (tokens.starts[sentence + 1] ?? 0) <= from)
      sentence += 1;
    found[sentence]?.add(`#t${tier}`).add(`#r${rule}`);
  }
  return found;
}
