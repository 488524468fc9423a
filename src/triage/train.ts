import type { Case } from './evaluate.js';
import { FeatureTable, NO_ROW } from './feature-table.js';
import { eachFeature, hitFeatures } from './features.js';
import { ownWords } from './own-words.js';
import { WINDOW } from './classifier-windows.js';
import { analyseSentence } from './sentence-analysis.js';
import { LONG, TIERS, type Tier } from './risk.js';
import { shippedRules as rules } from './shipped-rules.js';
import type { Tokens } from './token-list.js';
import { tokenize } from './tokenize.js';
import { scoreSentences } from './severity.js';
import { FEW_WORDS, type Weights, type WeightsFile } from './classifier-weights.js';
import { SoftmaxRegression, type Example } from './softmax-regression.js';

const ROUNDS = 150;
/**
 * Chosen from 5, 10, 15, 20 and 30 on two blind sets, limited by false positives on everyday posts.
 */
const COST = 15;
/**
 * Minimum number of lines with a feature, and with a gapped bigram. Rarer ones do not generalise.
 */
const FEWEST_LINES = { feature: 2, withGap: 3 } as const;
/**
 * Share of a line's weight used without its rule matches, so that training relies neither on words
 * nor on rules exclusively.
 */
const WITHOUT_RULES = 0.3;

/**
 * A long text is learnt in pieces, too, as it will be read: words of danger in an ordinary one are
 * ordinary. Sentences from one piece to the next, and the weight of a piece.
 */
const PIECE = { step: 2, weight: 0.5 } as const;

interface Labelled {
  readonly label: number;
  readonly features: readonly string[];
  readonly weight: number;
  /** A line and not a piece of one: in how many lines a feature stands says what it is worth. */
  readonly whole: boolean;
}

/** All features that were met. */
const met = new FeatureTable();

/** A line's features, and those of the pieces of a long one of which the label is known. */
function labelled({ text, title, label, writtenAs, answers, said }: Case): Labelled[] {
  const others = typeof answers === 'string' ? [answers] : (answers ?? []);
  const own = ownWords(text, others);
  const tokens = tokenize(title === undefined ? own : `${title}. ${own}`, rules.spelling);
  const sentences = tokens.asks.map((_, number) => analyseSentence(rules, tokens, number));
  const { weighed } = scoreSentences(rules, sentences, { writtenAs, answers: others });
  const hits = hitFeatures(tokens, weighed, sentences.length);
  const piece = (numbers: readonly number[], tier: Tier, weight: number): Labelled => {
    const found = new Set<string>();
    for (const number of numbers) {
      const sentence = sentences[number];
      if (sentence === undefined) continue;
      eachFeature(met, tokens, sentence, number, writtenAs === 'reply', {
        take: (row) => row !== NO_ROW && found.add(met.names[row] ?? ''),
      });
      for (const each of hits[number] ?? []) found.add(each);
    }
    const whole = numbers.length === sentences.length;
    return { label: TIERS.indexOf(tier), features: [...found], weight, whole };
  };
  const pieces = [piece([...sentences.keys()], label, 1)];
  if (sentences.length <= LONG || (label !== 'none' && said === undefined)) return pieces;
  const danger = new Set(said?.flatMap((row) => sentencesOf(row, own, tokens)));
  if (danger.size > 0) pieces.push(piece([...danger], label, 1));
  for (let from = 0; from + WINDOW <= sentences.length; from += PIECE.step) {
    const window = Array.from({ length: WINDOW }, (_, at) => from + at);
    if (!window.some((number) => danger.has(number)))
      pieces.push(piece(window, 'none', PIECE.weight));
  }
  return pieces;
}

/** The sentences in which a row of a text stands. */
function sentencesOf(row: string, text: string, { starts, from, asks }: Tokens): number[] {
  const first = text.indexOf(row);
  if (first < 0) throw new Error(`not in its text: ${row}`);
  const start = (number: number): number => from[starts[number] ?? 0] ?? Infinity;
  return [...asks.keys()].filter(
    (number) => start(number) < first + row.length && start(number + 1) > first,
  );
}

/** Trains a softmax regression on labelled lines, with words weighted by rarity. Deterministic. */
export function trainClassifier(cases: readonly Case[]): {
  bias: number[];
  weights: Record<string, Weights>;
} {
  const pieces = cases.flatMap(labelled);
  const lines = pieces.filter(({ whole }) => whole);
  const counts = new Map<string, number>();
  for (const { features } of lines)
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const fewest = (name: string): number =>
    name.includes(' _ ') ? FEWEST_LINES.withGap : FEWEST_LINES.feature;
  const names = [...counts]
    .flatMap(([name, count]) => (count >= fewest(name) ? [name] : []))
    .sort();
  const rows = new Map(names.map((name, row) => [name, row]));
  const rarity = names.map((name) => Math.log(1 + lines.length / (counts.get(name) ?? 1)));
  const example = (label: number, features: readonly string[], weight: number): Example => {
    const known = features.flatMap((feature) => rows.get(feature) ?? []);
    const values = Float64Array.from(known, (row) => rarity[row] ?? 0);
    const length = Math.sqrt(
      Math.max(
        FEW_WORDS,
        values.reduce((sum, each) => sum + each ** 2, 0),
      ),
    );
    return { rows: Int32Array.from(known), values: values.map((v) => v / length), label, weight };
  };
  const examples = pieces.flatMap(({ label, features, weight }) => [
    example(label, features, weight * (1 - WITHOUT_RULES)),
    example(
      label,
      features.filter((feature) => !feature.startsWith('#')),
      weight * WITHOUT_RULES,
    ),
  ]);
  const tiers = TIERS.length;
  const trained = new SoftmaxRegression(examples, names.length, tiers, COST).train(ROUNDS);
  const against = (at: number): [number, number, number] =>
    [1, 2, 3].map((tier) => (trained[at + tier] ?? 0) - (trained[at] ?? 0)) as [
      number,
      number,
      number,
    ];
  return {
    bias: against(names.length * tiers),
    weights: Object.fromEntries(
      names.map((name, row) => [name, [rarity[row] ?? 0, ...against(row * tiers)] as const]),
    ),
  };
}

/** Trained weights in the format of the weights file. */
export function weightsFile({ bias, weights }: ReturnType<typeof trainClassifier>): WeightsFile {
  return {
    bias: bias.map((each) => Math.round(each * 1_000) / 1_000),
    weights: Object.fromEntries(
      Object.entries(weights).map(
        ([feature, list]) =>
          [feature, list.map((each) => Math.round(each * 100)).join(' ')] as const,
      ),
    ),
  };
}
