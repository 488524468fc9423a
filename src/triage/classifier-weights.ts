import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FeatureTable } from './feature-table.js';
import { KnownFeatures } from './known-features.js';
import { readPacked, writePacked } from './packed-classifier.js';

/**
 * The sum of squared rarities of a few plain sentences. Shorter texts are normalised by it, so that
 * few words carry less weight.
 */
export const FEW_WORDS = 1500;

const FILE = fileURLToPath(new URL('./rules/wording.json', import.meta.url));
/** Beside the built program. */
const PACKED = fileURLToPath(new URL('./wording.packed', import.meta.url));

const SPACE = ' '.charCodeAt(0);
const MINUS = '-'.charCodeAt(0);
const ZERO = '0'.charCodeAt(0);

/** A word's rarity, and its weights for watch, urgent and crisis against none. */
export type Weights = readonly [rarity: number, watch: number, urgent: number, crisis: number];

/** The probability of each tier; they sum to one. */
export type Probabilities = readonly [none: number, watch: number, urgent: number, crisis: number];

/**
 * Weights for words, word pairs, markers and rule matches, learnt from labelled lines. The numbers
 * are stored in one flat array, to avoid an object for each word.
 */
export interface TextClassifier {
  readonly bias: readonly number[];
  readonly features: FeatureTable;
  /**
   * For each row, in hundredths: the rarity, then the weights for watch, urgent and crisis. Small
   * integers, as reading a text picks hundreds of rows from all over the list.
   */
  readonly numbers: Int16Array;
  /** The features of the text that is being classified. */
  readonly known: KnownFeatures;
}

/** The weights file: rarity and weights of each feature, in hundredths. */
export interface WeightsFile {
  readonly bias: readonly number[];
  readonly weights: Readonly<Record<string, string>>;
}

/**
 * Loads `rules/wording.json`, or the given weights. Parsing these takes a fifth of a start, so that
 * the build stores what comes of them.
 */
export function loadClassifier(weights?: WeightsFile): TextClassifier {
  if (weights !== undefined) return classifierOf(weights);
  const packed = readPacked(statSync(FILE).size, PACKED);
  if (packed === null) return classifierOf(JSON.parse(readFileSync(FILE, 'utf8')) as WeightsFile);
  const features = new FeatureTable(packed.features);
  return { ...packed, features, known: new KnownFeatures(features.size) };
}

/** Stores what `loadClassifier` then loads. @returns the number of features */
export function packClassifier(file = PACKED): number {
  const { bias, weights } = JSON.parse(readFileSync(FILE, 'utf8')) as WeightsFile;
  const { features, numbers } = classifierOf({ bias, weights });
  writePacked({ bias, features: features.packed(), numbers }, statSync(FILE).size, file);
  return features.size;
}

function classifierOf({ bias, weights }: WeightsFile): TextClassifier {
  const names = Object.keys(weights);
  const features = FeatureTable.of(names);
  const numbers = new Int16Array(features.size * 4);
  names.forEach((name, row) => readNumbers(weights[name] ?? '', numbers, row * 4));
  return { bias, features, numbers, known: new KnownFeatures(features.size) };
}

/** Parses a feature's integers without allocating a string or array for each. */
function readNumbers(list: string, into: Int16Array, start: number): void {
  let [column, sign, value] = [start, 1, 0];
  for (let at = 0; at <= list.length; at += 1) {
    const code = at < list.length ? list.charCodeAt(at) : SPACE;
    if (code === MINUS) sign = -1;
    else if (code !== SPACE) value = value * 10 + code - ZERO;
    else {
      into[column] = sign * value;
      [column, sign, value] = [column + 1, 1, 0];
    }
  }
}

/** Softmax over the weight sums for watch, urgent and crisis, relative to a zero score for none. */
export function probabilities(
  bias: readonly number[],
  watch: number,
  urgent: number,
  crisis: number,
): Probabilities {
  const watchOdds = Math.exp((bias[0] ?? 0) + watch);
  const urgentOdds = Math.exp((bias[1] ?? 0) + urgent);
  const crisisOdds = Math.exp((bias[2] ?? 0) + crisis);
  const total = 1 + watchOdds + urgentOdds + crisisOdds;
  return [1 / total, watchOdds / total, urgentOdds / total, crisisOdds / total];
}
