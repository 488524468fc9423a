import { LONG, type TextKind, type Tier } from './risk.js';
import type { Probabilities } from './classifier-weights.js';

/**
 * A window is urgent or crisis if its gravity exceeds this; in an answer to somebody in danger,
 * which talks about the danger as well, after a suppressed rule match, and in a long text, which has
 * many windows and so more false positives by chance, it has to be higher.
 */
const GRAVE = { text: 0.7, answer: 2.5, suppressed: 1, long: 3.2 } as const;
/** Minimum gravity of crisis, and probability of it, for crisis instead of urgent. */
const CRISIS = { grave: 0.8, text: 0.45, answer: 0.7, long: 0.6 } as const;
/** Below this bound `none` becomes watch; lower after a suppressed match. */
const ORDINARY = { plain: 0.73, least: 0.2, suppressed: 0.2 } as const;
/**
 * A danger at least this likely is watch, however much more likely `none` is; the bound is higher
 * for a text of fewer than `FEW` words, in which a single one decides, and for a long one.
 */
const WATCHED = { few: 0.18, more: 0.1, long: 0.15 } as const;
const FEW = 9;
/**
 * Each sentence after the first window raises the bound for gravity, up to that of a long text, and
 * lowers the one for `none`.
 */
const MORE = { grave: 0.15, ordinary: 0.03 } as const;
const FIRST = 3;
/** Avoids a division by nought. */
const LEAST_NONE = 0.01;

/** What decides about a window besides its probabilities. */
export interface Size {
  readonly sentences: number;
  readonly words: number;
  readonly kind: TextKind;
}

/**
 * How strongly a window speaks of something: the geometric mean of its probability and of its odds
 * against `none`. The odds alone would take low spirits for danger, as most of those are `watch`;
 * the probability alone misses danger that is no less likely to be `watch`.
 */
export function gravityOf(probability: number, none: number): number {
  return probability / Math.sqrt(Math.max(LEAST_NONE, none));
}

function isCrisis(likely: Probabilities, { sentences, kind }: Size): boolean {
  const least = sentences > LONG ? 'long' : kind === 'answer' ? 'answer' : 'text';
  return likely[3] > CRISIS[least] && gravityOf(likely[3], likely[0]) > CRISIS.grave;
}

function boundFor({ sentences, kind }: Size, suppressed: boolean): number {
  if (kind === 'answer') return GRAVE.answer + MORE.grave * Math.max(0, sentences - FIRST);
  if (sentences > LONG) return GRAVE.long;
  const grave = GRAVE.text + MORE.grave * Math.max(0, sentences - FIRST);
  return suppressed ? Math.max(GRAVE.suppressed, grave) : grave;
}

/**
 * The tier of a window. All bounds were chosen by cross-validation, with all lines of one writer
 * held out.
 * @param suppressed whether a rule matched in it but was suppressed
 */
export function tierOf(likely: Probabilities, suppressed: boolean, size: Size): Tier {
  // By index, as destructuring an array with a gap in it allocates for each window.
  const none = likely[0];
  const danger = likely[2] + likely[3];
  if (gravityOf(danger, none) > boundFor(size, suppressed))
    return isCrisis(likely, size) ? 'crisis' : 'urgent';
  if (suppressed) return none < ORDINARY.suppressed ? 'watch' : 'none';
  const more = Math.max(0, size.sentences - FIRST);
  const ordinary = Math.max(ORDINARY.least, ORDINARY.plain - MORE.ordinary * more);
  const length = size.sentences > LONG ? 'long' : size.words < FEW ? 'few' : 'more';
  const watched = danger > WATCHED[length];
  return watched || none < ordinary ? 'watch' : 'none';
}
