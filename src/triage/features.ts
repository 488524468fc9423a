import type { Sentence } from './sentence-analysis.js';
import type { Tokens } from './tokenize.js';
import type { ScoredMatch } from './severity.js';

const ENDINGS = ['ing', 'ed', 'es', 's', 'ly'];

/** Words for the writer, the reader and third persons. */
const PEOPLE = new Map<string, number>(
  [
    'i me my myself mine',
    'you your yourself u ur yours',
    'he she him her his hers they them their mum dad mother father brother sister son daughter ' +
      'husband wife friend mate partner boyfriend girlfriend nan grandad gran',
  ].flatMap((words, bit) => words.split(' ').map((word) => [word, 1 << bit] as const)),
);
/** Feature names for the combinations of people mentioned, indexed by the bits of `PEOPLE`. */
const SPOKEN_OF = ['@p', '@pm', '@py', '@pmy', '@pt', '@pmt', '@pyt', '@pmyt'] as const;

export function stem(word: string): string {
  for (const ending of ENDINGS)
    if (word.length - ending.length >= 3 && word.endsWith(ending))
      return word.slice(0, -ending.length);
  return word;
}

/** Emits whom a sentence mentions and how it begins: "I will" and "you will" differ in meaning. */
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
 * Emits the features of a sentence: words, bigrams, bigrams with a gap of one word, whom it
 * mentions and how it begins, markers, and kinds of matched phrases. Words of a reply are emitted a
 * second time with a reply marker, as a word means something else in advice than in a cry for help.
 * Each feature comes with the index of the word where it ends; -1 if it has no position.
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

/** Rule matches as features by sentence, so that training learns how reliable each rule is. */
export function hitFeatures(
  tokens: Tokens,
  weighed: readonly ScoredMatch[],
  count: number,
): ReadonlySet<string>[] {
  const features = Array.from({ length: count }, () => new Set<string>());
  let sentence = 0;
  for (const { from, tier, rule } of weighed) {
    // Hits are in text order, so the search continues from the last one instead of restarting.
    if (from < (tokens.starts[sentence] ?? 0)) sentence = 0;
    while (from >= 0 && sentence + 1 < count && (tokens.starts[sentence + 1] ?? 0) <= from)
      sentence += 1;
    features[sentence]?.add(`#t${tier}`).add(`#r${rule}`);
  }
  return features;
}
