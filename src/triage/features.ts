import type { Sentence } from './sentence-analysis.js';
import type { Tokens } from './tokenize.js';
import type { WeighedHit } from './severity.js';

const ENDINGS = ['ing', 'ed', 'es', 's', 'ly'];

/** Words for the writer, the reader and somebody else: danger is said of one of them. */
const PEOPLE: readonly (readonly [mark: string, words: ReadonlySet<string>])[] = [
  ['m', new Set(['i', 'me', 'my', 'myself', 'mine'])],
  ['y', new Set(['you', 'your', 'yourself', 'u', 'ur', 'yours'])],
  [
    't',
    new Set(
      (
        'he she him her his hers they them their mum dad mother father brother sister son ' +
        'daughter husband wife friend mate partner boyfriend girlfriend nan grandad gran'
      ).split(' '),
    ),
  ],
];

export function stem(word: string): string {
  for (const ending of ENDINGS)
    if (word.length - ending.length >= 3 && word.endsWith(ending))
      return word.slice(0, -ending.length);
  return word;
}

/** Of whom a sentence speaks, and how it begins: "I will" and "you will" mean different things. */
function eachOpening(words: readonly string[], take: (feature: string, at: number) => void): void {
  const [first, second] = words;
  if (first === undefined) return;
  const people = PEOPLE.filter(([, forms]) => words.some((word) => forms.has(word)));
  const who = `@p${people.map(([mark]) => mark).join('')}`;
  take(who, -1);
  take(`${who} ${first}`, -1);
  take(second === undefined ? `@^${first}` : `@^${first} ${second}`, -1);
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
  eachOpening(tokens.words.slice(tokens.starts[number] ?? 0, to), take);
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
