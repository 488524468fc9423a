import { LONG, type TextKind, type Tier } from './risk.js';
import type { Probabilities } from './classifier-weights.js';

/**
 * A window is urgent or crisis if its gravity exceeds this; in an answer to somebody in danger,
 * which talks about the danger as well, and after a suppressed rule match, it has to be higher.
 */
const GRAVE = { text: 0.65, answer: 1.8, suppressed: 1 } as const;
/** Minimum probability of crisis for crisis instead of urgent. */
const CRISIS = { opening: 0.45, reply: 0.5, answer: 0.7, long: 0.6 } as const;
/** Below this bound `none` becomes watch; lower after a suppressed match. */
const ORDINARY = { plain: 0.73, least: 0.2, suppressed: 0.2 } as const;
/**
 * A danger at least this likely is watch, however much more likely `none` is; the bound is higher
 * for a text of fewer than `FEW` words, in which a single one decides.
 */
const WATCHED = { few: 0.15, more: 0.1 } as const;
const FEW = 9;
/**
 * A long text has many windows and so more false positives by chance: each sentence after the first
 * window raises the bound for gravity, and lowers the one for `none`.
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
 * How strongly a window speaks of danger: the geometric mean of the probability of danger and of its
 * odds against `none`. The odds alone would take low spirits for danger, as most of those are
 * `watch`; the probability alone misses danger that is no less likely to be `watch`.
 */
export function gravityOf([none, , urgent, crisis]: Probabilities): number {
  return (urgent + crisis) / Math.sqrt(Math.max(LEAST_NONE, none));
}

/**
 * The tier of a window. All bounds were chosen by cross-validation, with all lines of one writer
 * held out.
 * @param suppressed whether a rule matched in it but was suppressed
 */
export function tierOf(
  likely: Probabilities,
  suppressed: boolean,
  { sentences, words, kind }: Size,
): Tier {
  const [none, , urgent, crisis] = likely;
  const more = Math.max(0, sentences - FIRST);
  const grave = GRAVE[kind === 'answer' ? 'answer' : 'text'] + MORE.grave * more;
  if (gravityOf(likely) > (suppressed ? Math.max(GRAVE.suppressed, grave) : grave))
    return crisis > CRISIS[sentences > LONG ? 'long' : kind] ? 'crisis' : 'urgent';
  if (suppressed) return none < ORDINARY.suppressed ? 'watch' : 'none';
  const watched = urgent + crisis > WATCHED[words < FEW ? 'few' : 'more'];
  const ordinary = Math.max(ORDINARY.least, ORDINARY.plain - MORE.ordinary * more);
  return watched || none < ordinary ? 'watch' : 'none';
}
