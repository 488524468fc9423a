import {
  FEW_WORDS,
  probabilities,
  type Probabilities,
  type TextClassifier,
} from './classifier-weights.js';
import { eachFeature } from './features.js';
import type { KnownFeatures } from './known-features.js';
import { LONG } from './risk.js';
import type { Sentence } from './sentence-analysis.js';
import type { Tokens } from './token-list.js';

/** Window size in sentences. A larger window would dilute the one that matters. */
export const WINDOW = 3;
/**
 * The context of a window: the whole text up to `most` sentences, or else the stretch of `size`
 * sentences around it. Stretches start every `step` sentences.
 */
const AROUND = { most: 24, size: 16, step: 8 } as const;
/** A window with fewer known words is not classified. */
const FEWEST = 3;

/** The share of a window of a long text in the average with its context. */
const SHARE = 0.75;
/** Avoids the logarithm of nought. */
const LEAST = 1e-4;

/** A product of two numbers in hundredths, in units. */
const SQUARED_HUNDREDTHS = 10_000;

const NOTHING: Probabilities = [1, 0, 0, 0];

/** The classification of a range of sentences, each feature counted once. */
export interface Window {
  readonly likely: Probabilities;
  readonly first: number;
  readonly size: number;
  /** A rule matched in it but was suppressed: negated, past, fictional or a figure of speech. */
  readonly suppressed: boolean;
}

export const NO_WINDOW: Window = { likely: NOTHING, first: 0, size: 0, suppressed: false };

/** Rule matches by sentence. */
export interface RuleFeatures {
  readonly matched: readonly ReadonlySet<string>[];
  /** Sentences whose matches were suppressed. */
  readonly suppressed: ReadonlySet<number>;
}

/** Reads the features of a text into the lists of the classifier. */
export function readFeatures(
  { features, known }: TextClassifier,
  tokens: Tokens,
  sentences: readonly Sentence[],
  { matched }: RuleFeatures,
  reply: boolean,
): void {
  known.clear();
  sentences.forEach((sentence, number) => {
    known.starts.push(known.count);
    eachFeature(features, tokens, sentence, number, reply, known);
    for (const name of matched[number] ?? []) known.take(features.row(name), -1, 1);
  });
  known.starts.push(known.count);
}

/** Classifies sliding windows of one text; a feature counts once in each window. */
export class WindowReader {
  private readonly classifier: TextClassifier;
  private readonly known: KnownFeatures;
  private readonly rules: RuleFeatures;
  private readonly sentences: number;
  private readonly stretches = new Map<number, Probabilities>();

  /** @param classifier which has read the features of the text */
  constructor(classifier: TextClassifier, rules: RuleFeatures) {
    this.classifier = classifier;
    this.known = classifier.known;
    this.rules = rules;
    this.sentences = this.known.starts.length - 1;
  }

  /** How likely the text is as a whole; of a very long one, the stretch around a window. */
  around({ first, size }: Pick<Window, 'first' | 'size'>): Probabilities {
    const whole = this.sentences <= AROUND.most;
    const middle = first + size / 2 - AROUND.size / 2;
    const last = Math.ceil((this.sentences - AROUND.size) / AROUND.step);
    const number = whole ? 0 : Math.max(0, Math.min(last, Math.round(middle / AROUND.step)));
    const known = this.stretches.get(number);
    if (known !== undefined) return known;
    const from = number * AROUND.step;
    const to = whole ? this.sentences : Math.min(this.sentences, from + AROUND.size);
    const matched = this.rules.matched.slice(from, to).some((found) => found.size > 0);
    const likely = this.likely(from, to, matched);
    this.stretches.set(number, likely);
    return likely;
  }

  /**
   * Averages the window with its context if no rule matched in the window, or if the text is long. In
   * a text that is not long, surrounding sentences never dilute a match. In a long one the average is
   * geometric and the window counts for more, so that one that is certain outweighs the rest.
   */
  read(first: number, size: number): Window {
    const end = Math.min(this.sentences, first + size);
    let [matched, suppressed] = [false, false];
    for (let number = first; number < end; number += 1) {
      matched ||= (this.rules.matched[number]?.size ?? 0) > 0;
      suppressed ||= this.rules.suppressed.has(number);
    }
    return {
      first,
      size,
      suppressed: suppressed && !matched,
      likely: this.likelyBeside(first, end, matched),
    };
  }

  private likelyBeside(first: number, end: number, matched: boolean): Probabilities {
    const around = this.around({ first, size: end - first });
    // A window over the whole text has already been computed.
    if (first === 0 && end === this.sentences) return around;
    const alone = this.likely(first, end, matched);
    if (this.sentences > LONG) return pooled(alone, around);
    return matched ? alone : mean(alone, around);
  }

  /** @param end one past the last sentence, @param matched whether a rule matched in any of them */
  private likely(first: number, end: number, matched: boolean): Probabilities {
    const { numbers, bias } = this.classifier;
    const { rows, places, previous, starts } = this.known;
    const from = starts[first] as number;
    const to = starts[end] as number;
    let words = 0;
    let length = 0;
    let watch = 0;
    let urgent = 0;
    let crisis = 0;
    for (let at = from; at < to; at += 1) {
      // Skips a feature that already occurred in the window.
      if ((previous[at] as number) >= from) continue;
      const column = (rows[at] as number) * 4;
      if ((places[at] as number) >= 0) words += 1;
      const rarity = numbers[column] as number;
      length += rarity * rarity;
      watch += rarity * (numbers[column + 1] as number);
      urgent += rarity * (numbers[column + 2] as number);
      crisis += rarity * (numbers[column + 3] as number);
    }
    if (words < FEWEST && !matched) return NOTHING;
    // Weights rare words more than common ones, and normalises for the length of the window.
    const each =
      1 / (SQUARED_HUNDREDTHS * Math.sqrt(Math.max(FEW_WORDS, length / SQUARED_HUNDREDTHS)));
    return probabilities(bias, watch * each, urgent * each, crisis * each);
  }
}

function mean(a: Probabilities, b: Probabilities): Probabilities {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2, (a[3] + b[3]) / 2];
}

/** The weighted geometric mean: a logarithmic opinion pool. */
function pooled(window: Probabilities, context: Probabilities): Probabilities {
  const each = (tier: 0 | 1 | 2 | 3): number =>
    Math.max(LEAST, window[tier]) ** SHARE * Math.max(LEAST, context[tier]) ** (1 - SHARE);
  const [none, watch, urgent, crisis] = [each(0), each(1), each(2), each(3)];
  const sum = none + watch + urgent + crisis;
  return [none / sum, watch / sum, urgent / sum, crisis / sum];
}
