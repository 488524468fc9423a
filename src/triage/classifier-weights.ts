import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The squared rarity of a few plain sentences: fewer words than that say less. */
export const FEW_WORDS = 1500;

const FILE = fileURLToPath(new URL('./rules/wording.json', import.meta.url));

/** A word's rarity, and its weights for watch, urgent and crisis against none. */
export type Weights = readonly [rarity: number, watch: number, urgent: number, crisis: number];

/** How likely each tier is; they add up to one. */
export type Probabilities = readonly [none: number, watch: number, urgent: number, crisis: number];

/**
 * Weights of words, pairs of words, marks and rules of a post; learnt from labelled lines. Numbers
 * are kept in rows, so that reading makes no object a word.
 */
export interface TextClassifier {
  readonly bias: readonly number[];
  /** The row of a feature. */
  readonly rows: ReadonlyMap<string, number>;
  /** Squared rarity, then the weights for watch, urgent and crisis, times the rarity. */
  readonly numbers: Float64Array;
}

/** As the file of weights holds it: for each feature its rarity and weights, in hundredths. */
export interface WeightsFile {
  readonly bias: readonly number[];
  readonly weights: Readonly<Record<string, string>>;
}

/** Reads `rules/wording.json`, or the weights given. */
export function loadClassifier(
  { bias, weights } = JSON.parse(readFileSync(FILE, 'utf8')) as WeightsFile,
): TextClassifier {
  const entries = Object.entries(weights);
  const numbers = new Float64Array(entries.length * 4);
  entries.forEach(([, list], row) => {
    const [rarity = 0, ...own] = list.split(' ').map((each) => Number(each) / 100);
    numbers.set([rarity * rarity, ...own.map((each) => each * rarity)], row * 4);
  });
  return { bias, rows: new Map(entries.map(([feature], row) => [feature, row])), numbers };
}

/** Softmax over the sums of weights for watch, urgent and crisis; those for none are nought. */
export function probabilities(
  bias: readonly number[],
  sums: readonly [watch: number, urgent: number, crisis: number],
): Probabilities {
  const [watch, urgent, crisis] = sums.map((sum, at) => Math.exp((bias[at] ?? 0) + sum)) as [
    number,
    number,
    number,
  ];
  const whole = 1 + watch + urgent + crisis;
  return [1 / whole, watch / whole, urgent / whole, crisis / whole];
}
