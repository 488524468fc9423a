import { tierOf, type Size } from './classifier-tier.js';
import type { Probabilities, TextClassifier } from './classifier-weights.js';
import {
  NO_WINDOW,
  readFeatures,
  WINDOW,
  WindowReader,
  type RuleFeatures,
  type Window,
} from './classifier-windows.js';
import { LONG, type ScoredMatch, type TextKind, type Tier } from './risk.js';
import type { Sentence } from './sentence-analysis.js';
import type { Tokens } from './token-list.js';

const MOST_SHOWN = 3;

/** The most severe window, and its most significant words. */
export interface Prediction {
  readonly tier: Tier;
  readonly likely: Probabilities;
  /** Probability that the text as a whole is `none`; in a very long text, that the context is. */
  readonly wholeNone: number;
  readonly weighed: readonly ScoredMatch[];
  /** The number of words of the text. */
  readonly words: number;
  /** The text has more sentences than `LONG`. */
  readonly long: boolean;
}

const RANK: Readonly<Record<Tier, 0 | 1 | 2 | 3>> = { none: 0, watch: 1, urgent: 2, crisis: 3 };

/** The words of the window that contribute most to its tier. */
function weightiest(
  { numbers, known: { rows, places, words, starts } }: TextClassifier,
  { first, size }: Window,
  tier: Tier,
): ScoredMatch[] {
  if (tier === 'none') return [];
  const from = starts[first] ?? 0;
  const to = starts[Math.min(starts.length - 1, first + size)] ?? 0;
  const weight = (at: number): number => {
    const column = (rows[at] ?? 0) * 4;
    return (numbers[column] ?? 0) * (numbers[column + RANK[tier]] ?? 0);
  };
  return Array.from({ length: to - from }, (_, n) => from + n)
    .filter((at) => (places[at] ?? -1) >= 0 && weight(at) > 0)
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, MOST_SHOWN)
    .map((at) => {
      const place = places[at] ?? 0;
      return {
        tier,
        rule: `wording.${tier}`,
        from: place + 1 - (words[at] ?? 1),
        to: place + 1,
      };
    });
}

/**
 * Classifies the text window by window and returns the most severe. A sentence with a rule match is
 * also classified on its own, so that its neighbours do not dilute it.
 * @param reply whether the author wrote it as a reply, with or without the answered posts
 */
export function classify(
  classifier: TextClassifier,
  tokens: Tokens,
  sentences: readonly Sentence[],
  rules: RuleFeatures,
  kind: TextKind,
  reply: boolean,
): Prediction {
  readFeatures(classifier, tokens, sentences, rules, reply);
  const windows = new WindowReader(classifier, rules);
  const size: Size = { sentences: sentences.length, words: tokens.words.length, kind };
  const gravity = (window: Window): number =>
    RANK[tierOf(window.likely, window.suppressed, size)] + window.likely[2] + window.likely[3];
  let gravest = NO_WINDOW;
  let most = gravity(gravest);
  const consider = (first: number, length: number): void => {
    const window = windows.read(first, length);
    const grave = gravity(window);
    if (grave > most) [gravest, most] = [window, grave];
  };
  for (let first = 0; first < sentences.length; first += 1) {
    if (first === 0 || first <= sentences.length - WINDOW) consider(first, WINDOW);
    if (sentences.length > 1 && (rules.matched[first]?.size ?? 0) > 0) consider(first, 1);
  }
  const tier = tierOf(gravest.likely, gravest.suppressed, size);
  return {
    tier,
    likely: gravest.likely,
    wholeNone: windows.around(gravest)[0],
    weighed: weightiest(classifier, gravest, tier),
    words: tokens.words.length,
    long: sentences.length > LONG,
  };
}
