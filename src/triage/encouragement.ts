import type { Prediction } from './classifier.js';
import type { ScoredMatch, TextKind, Tier } from './risk.js';
import { GOAD, higher } from './severity.js';

/**
 * Probability of `none` above which a hint of encouragement is watch, not urgent; higher for texts of
 * fewer than `SHORT` words, each of which has a large influence.
 */
const HARMLESS = { short: 0.9, post: 0.7 } as const;
const SHORT = 35;

const highest = (found: readonly ScoredMatch[]): Tier =>
  found.reduce<Tier>((tier, each) => higher(tier, each.tier), 'none');

/** Encouragement to harm in a reply: its tier, and the tier that its words name. */
export interface Encouragement {
  readonly tier: Tier;
  readonly named: Tier;
}

/**
 * The tier of encouragement to harm, for which there is little training data. Explicit
 * encouragement always counts. A hint of it ("together, on the sofa") is watch if the classifier
 * finds it likely harmless or nobody in danger is answered. Goading ("go for it") counts only in
 * answer to somebody in danger, and only orders the queue.
 * @param found matches of the rules for replies
 * @param names whether the words of a match name a danger
 * @param toDanger whether an answered post may come from somebody in danger; evaluated lazily
 */
export function encouragement(
  found: readonly ScoredMatch[],
  names: (each: ScoredMatch) => boolean,
  { words, likely, wholeNone }: Prediction,
  kind: TextKind,
  toDanger: () => boolean,
): Encouragement {
  const none = kind === 'answer' ? Math.max(likely[0], wholeNone) : likely[0];
  const meant = none < HARMLESS[words < SHORT ? 'short' : 'post'];
  const others = found.filter((each) => each.kind !== GOAD);
  const hint = (): boolean => meant && (kind !== 'answer' || toDanger());
  const told = highest(others);
  const named = told === 'none' || others.some(names) || hint() ? told : 'watch';
  const urged = highest(found.filter((each) => each.kind === GOAD));
  // The answered post decides what "go for it" means; without one it is ignored.
  if (urged === 'none' || kind !== 'answer' || !toDanger()) return { tier: named, named };
  return { tier: higher(named, meant ? urged : 'watch'), named };
}
