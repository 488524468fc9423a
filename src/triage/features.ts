import { NO_ROW, type FeatureTable, type WordFeatures } from './feature-table.js';
import type { Sentence } from './sentence-analysis.js';
import type { Tokens } from './tokenize.js';
import type { ScoredMatch } from './severity.js';

/** Feature names for the combinations of people mentioned, indexed by the bits of the words. */
const SPOKEN_OF = ['@p', '@pm', '@py', '@pmy', '@pt', '@pmt', '@pyt', '@pmyt'] as const;

/**
 * Receives a feature by its row in the table.
 * @param at the index of the word where it ends; -1 if it has no position
 * @param words how many words of the text it spans
 */
type Take = (row: number, at: number, words: number) => void;

/** Emits whom a sentence mentions and how it begins: "I will" and "you will" differ in meaning. */
function eachOpening(
  table: FeatureTable,
  people: number,
  first: WordFeatures,
  second: WordFeatures | null,
  take: Take,
): void {
  const who = SPOKEN_OF[people] ?? '@p';
  take(table.row(who), -1, 1);
  take(table.pair(table.part(who), first.itself), -1, 1);
  take(second === null ? first.alone : table.pair(first.first, second.itself), -1, 1);
}

/**
 * Emits the features of a sentence: words, bigrams, bigrams with a gap of one word, whom it
 * mentions and how it begins, markers, and kinds of matched phrases. Words of a reply are emitted a
 * second time with a reply marker, as a word means something else in advice than in a cry for help.
 * A feature that the table does not contain is left out.
 */
export function eachFeature(
  table: FeatureTable,
  tokens: Tokens,
  sentence: Sentence,
  number: number,
  reply: boolean,
  receive: Take,
): void {
  const take: Take = (row, at, words) => {
    if (row !== NO_ROW) receive(row, at, words);
  };
  const to = tokens.starts[number + 1] ?? 0;
  const start = tokens.starts[number] ?? 0;
  let [before, beforeThat, people] = [table.part('^'), -1, 0];
  let first: WordFeatures | null = null;
  let second: WordFeatures | null = null;
  for (let at = start; at < to; at += 1) {
    const word = table.word(tokens.words[at] ?? '');
    take(word.row, at, 1);
    if (reply) take(word.inReply, -1, 1);
    take(table.pair(before, word.stem), at, at === start ? 1 : 2);
    if (at > start + 1) take(table.gap(beforeThat, word.stem), at, 3);
    [beforeThat, before] = [before, word.stem];
    people |= word.people;
    if (at === start) first = word;
    else if (at === start + 1) second = word;
  }
  take(table.pair(before, table.part('$')), to - 1, 1);
  if (first !== null) eachOpening(table, people, first, second, take);
  if (tokens.asks[number] === true) take(table.row('?'), -1, 1);
  for (const mark of sentence.marks) take(table.row(`@${mark}`), -1, 1);
  for (const { rule, negated, subject } of sentence.hits) {
    const about = subject === 'other' ? 'o' : subject === 'figure' ? 'f' : '';
    take(table.row(`#k${rule.kind}${negated ? '-' : ''}${about}`), -1, 1);
  }
}

const NONE: ReadonlySet<string> = new Set();

/** Rule matches as features by sentence, so that training learns how reliable each rule is. */
export function hitFeatures(
  tokens: Tokens,
  weighed: readonly ScoredMatch[],
  count: number,
): ReadonlySet<string>[] {
  const features = new Array<ReadonlySet<string>>(count).fill(NONE);
  let sentence = 0;
  for (const { from, tier, rule } of weighed) {
    // Hits are in text order, so the search continues from the last one instead of restarting.
    if (from < (tokens.starts[sentence] ?? 0)) sentence = 0;
    while (from >= 0 && sentence + 1 < count && (tokens.starts[sentence + 1] ?? 0) <= from)
      sentence += 1;
    features[sentence] = new Set(features[sentence]).add(`#t${tier}`).add(`#r${rule}`);
  }
  return features;
}
