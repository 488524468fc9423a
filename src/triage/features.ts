import { NO_PART, type FeatureTable } from './feature-table.js';
import type { Sentence } from './sentence-analysis.js';
import type { Tokens } from './token-list.js';
import type { ScoredMatch } from './risk.js';
import type { Word, WordFeatures } from './word.js';

/** Feature names for the combinations of people mentioned, indexed by the bits of the words. */
const SPOKEN_OF = ['@p', '@pm', '@py', '@pmy', '@pt', '@pmt', '@pyt', '@pmyt'] as const;

/** Receives the features of a text. */
export interface FeatureSink {
  /**
   * Receives a feature by its row in the table.
   * @param row NO_ROW if the table does not contain it
   * @param at the index of the word where it ends; -1 if it has no position
   * @param words how many words of the text it spans
   */
  take(row: number, at: number, words: number): void;
}

/** Emits whom a sentence mentions and how it begins: "I will" and "you will" differ in meaning. */
function eachOpening(
  table: FeatureTable,
  people: number,
  first: WordFeatures,
  second: WordFeatures | null,
  sink: FeatureSink,
): void {
  const who = SPOKEN_OF[people] ?? '@p';
  sink.take(table.row(who), -1, 1);
  sink.take(table.pair(table.part(who), first.itself), -1, 1);
  sink.take(second === null ? first.alone : table.pair(first.first, second.itself), -1, 1);
}

/**
 * Emits the features of a sentence: words, bigrams, bigrams with a gap of one word, whom it
 * mentions and how it begins, markers, and kinds of matched phrases. Words of a reply are emitted a
 * second time with a reply marker, as a word means something else in advice than in a cry for help.
 */
export function eachFeature(
  table: FeatureTable,
  tokens: Tokens,
  sentence: Sentence,
  number: number,
  reply: boolean,
  sink: FeatureSink,
): void {
  const to = tokens.starts[number + 1] ?? 0;
  const start = tokens.starts[number] ?? 0;
  let before = table.sentenceStart;
  let beforeThat = NO_PART;
  let people = 0;
  let first: WordFeatures | null = null;
  let second: WordFeatures | null = null;
  for (let at = start; at < to; at += 1) {
    const word = table.word(tokens.words[at] as Word);
    sink.take(word.row, at, 1);
    if (reply) sink.take(word.inReply, -1, 1);
    sink.take(table.pair(before, word.stem), at, at === start ? 1 : 2);
    if (at > start + 1) sink.take(table.gap(beforeThat, word.stem), at, 3);
    beforeThat = before;
    before = word.stem;
    people |= word.people;
    if (at === start) first = word;
    else if (at === start + 1) second = word;
  }
  sink.take(table.pair(before, table.sentenceEnd), to - 1, 1);
  if (first !== null) eachOpening(table, people, first, second, sink);
  if (tokens.asks[number] === true) sink.take(table.row('?'), -1, 1);
  for (const mark of sentence.marks) sink.take(table.row(`@${mark}`), -1, 1);
  for (const { rule, negated, subject } of sentence.hits) {
    const about = subject === 'other' ? 'o' : subject === 'figure' ? 'f' : '';
    sink.take(table.row(`#k${rule.kind}${negated ? '-' : ''}${about}`), -1, 1);
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
