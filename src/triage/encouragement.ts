import type { TextKind } from './decision.js';
import type { Prediction } from './classifier.js';
import type { Tier } from './risk.js';
import { GOAD, higher, type WeighedHit } from './severity.js';

/**
 * From so likely on that it is none, a hint of encouragement is watched, not urgent; fewer words say
 * less.
 */
const HARMLESS = { short: 0.9, post: 0.7 } as const;

const highest = (found: readonly WeighedHit[]): Tier =>
  found.reduce<Tier>((tier, each) => higher(tier, each.tier), 'none');

/** Encouragement to harm in a reply: how soon it should be read, and what the words name. */
export interface Encouragement {
  readonly tier: Tier;
  readonly named: Tier;
}

/**
 * The tier of encouragement to harm, of which few lines could be learnt. Named it always counts; a
 * hint of it ("together, on the sofa") is watched where the words are likely to be harmless, or
 * answer nobody in danger. Words that urge on ("go for it") count where they answer somebody in
 * danger, and order the queue alone.
 * @param found what the rules for replies matched
 * @param names whether the words of a match name a danger
 * @param toDanger whether a post that is answered may be of somebody in danger; asked only where
 *   something depends on it
 */
export function encouragement(
  found: readonly WeighedHit[],
  names: (each: WeighedHit) => boolean,
  { short, likely, wholeNone }: Prediction,
  kind: TextKind,
  toDanger: () => boolean,
): Encouragement {
  const none = kind === 'answer' ? Math.max(likely[0], wholeNone) : likely[0];
  const meant = none < HARMLESS[short ? 'short' : 'post'];
  const others = found.filter((each) => each.kind !== GOAD);
  const hint = (): boolean => meant && (kind !== 'answer' || toDanger());
  const told = highest(others);
  const named = told === 'none' || others.some(names) || hint() ? told : 'watch';
  const urged = highest(found.filter((each) => each.kind === GOAD));
  // What is answered says what "go for it" means: where it is not known, nothing is made of it.
  if (urged === 'none' || kind !== 'answer' || !toDanger()) return { tier: named, named };
  return { tier: higher(named, meant ? urged : 'watch'), named };
}
