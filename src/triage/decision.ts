import { isDangerous, type Tier } from './risk.js';
import { higher } from './severity.js';
import type { Prediction } from './classifier.js';

/** What the rules matched in a text. */
export interface RuleFindings {
  /** The highest tier of any match. */
  readonly byRules: Tier;
  /** The highest tier of a match whose words name the danger. */
  readonly byNames: Tier;
  /** The number of non-overlapping urgent or crisis matches. */
  readonly places: number;
  /** Hints that only amount to a crisis in combination. */
  readonly together?: boolean;
}

export interface Decision {
  /** How soon a moderator should read it. */
  readonly tier: Tier;
  /** The tier that may hold or fold the post or show an emergency card. */
  readonly named: Tier;
}

/**
 * Minimum probability of urgent plus crisis for accepting a rule's crisis. In a long text, where the
 * context counts for half, it is higher.
 */
const BELIEVED = { text: 0.3, long: 0.49 } as const;
/** Minimum probability of crisis for keeping a rule's crisis in a long text. */
const SURE = 0.4;
/**
 * The same for a rule that only found a hint, with a minimum probability of crisis; lower for hints
 * that amount to a crisis in combination.
 */
const HINT_BELIEVED = {
  single: { danger: 0.65, crisis: 0.5 },
  together: { danger: 0.35, crisis: 0.25 },
} as const;
/**
 * Probability of `none` above which a match is discarded: one that names a crisis, another, and a
 * hint. A named crisis that is not discarded is at least urgent, except in a long text.
 */
const DOUBTED = { crisis: 0.95, named: 0.92, hint: 0.75 } as const;
/**
 * Two hints in different places, with at least this probability of danger, together count as naming
 * what each leaves open: "my mind is made up" and "after tonight".
 */
const HINTS = 2;
const MEANT = 0.9;
/**
 * Minimum probabilities of danger and of crisis if no rule matched. These only affect the order of
 * the queue. Chosen by leave-one-file-out validation: a lower bound for crisis adds false
 * positives, a higher one misses more true ones.
 */
const WORDS_ALONE = {
  short: { danger: 0.47, crisis: 0.55 },
  post: { danger: 0.44, crisis: 0.5 },
  shortReply: { danger: 0.46, crisis: 0.45 },
  reply: { danger: 0.36, crisis: 0.45 },
  /** A reply to somebody in danger talks about the danger as well, so its bounds are higher. */
  answer: { danger: 0.8, crisis: 0.7 },
} as const;
/**
 * Minimum probability of danger for accepting a match in an answer: one that names something
 * urgent, and a hint. A named crisis counts as in any text. No match counts if the answer as a
 * whole is at least `HELPFUL` likely to be `none`: helpers say "not safe" and "tonight", too.
 */
const ANSWER_BELIEVED = { named: 0.6, hint: 0.9 } as const;
const HELPFUL = 0.7;

const atMost = (tier: Tier, most: Tier): Tier => (higher(tier, most) === tier ? most : tier);

/** The kind of text: an answer is a reply for which the answered posts are available. */
export type TextKind = 'opening' | 'reply' | 'answer';

const dangerIn = ({ likely: [, , urgent, crisis] }: Prediction): number => urgent + crisis;

/** Whether the classifier confirms a danger that a rule found in an answer. */
function confirmsMatch(byNames: Tier, prediction: Prediction): boolean {
  if (prediction.wholeNone >= HELPFUL) return false;
  if (byNames === 'crisis') return true;
  const bound = ANSWER_BELIEVED[byNames === 'urgent' ? 'named' : 'hint'];
  return dangerIn(prediction) > bound;
}

/**
 * Combines a rule's tier with the classifier's. A match is only discarded if the classifier clearly
 * contradicts it.
 */
function combinedTier(rule: Tier, prediction: Prediction): Tier {
  const { tier, likely, asked } = prediction;
  if (rule === 'crisis' && dangerIn(prediction) > BELIEVED[asked > 0 ? 'long' : 'text'])
    return tier === 'urgent' || (asked > 0 && likely[3] > SURE) ? 'crisis' : higher(tier, 'urgent');
  if (rule === 'crisis' && asked === 0 && likely[0] < DOUBTED.crisis) return higher(tier, 'urgent');
  return likely[0] < DOUBTED.named ? higher(tier, 'watch') : tier;
}

/** The tier from the classifier if no rule found a danger. */
function classifierTier(prediction: Prediction, kind: TextKind): Tier {
  const { tier, likely } = prediction;
  const danger = dangerIn(prediction);
  const bounds = WORDS_ALONE[boundsFor(prediction, kind)];
  if (isDangerous(tier) && danger > bounds.danger)
    return likely[3] > bounds.crisis ? 'crisis' : 'urgent';
  return atMost(tier, 'watch');
}

function boundsFor({ short }: Prediction, kind: TextKind): keyof typeof WORDS_ALONE {
  if (kind === 'answer') return 'answer';
  if (kind === 'reply') return short ? 'shortReply' : 'reply';
  return short ? 'short' : 'post';
}

/**
 * The tier of a hint found by a rule: higher than the classifier's own if it is sure, otherwise
 * mostly watch.
 */
function hintTier(
  { byRules, together: joint = false }: RuleFindings,
  prediction: Prediction,
  kind: TextKind,
): Tier {
  const [none, , , crisis] = prediction.likely;
  const bounds = HINT_BELIEVED[joint ? 'together' : 'single'];
  if (dangerIn(prediction) > Math.max(bounds.danger, prediction.asked)) {
    const tier = combinedTier(byRules, prediction);
    return crisis > bounds.crisis ? tier : atMost(tier, 'urgent');
  }
  const tier = classifierTier(prediction, kind);
  return none < DOUBTED.hint ? higher(atMost(tier, 'urgent'), 'watch') : tier;
}

/**
 * Combines rules and classifier. The classifier can raise or lower a rule's tier. By itself it only
 * orders the queue: nothing that anybody but a moderator sees depends on it.
 */
export function decide(
  findings: RuleFindings,
  prediction: Prediction,
  kind: TextKind = 'opening',
): Decision {
  const { byRules, byNames, places } = findings;
  if (kind === 'answer' && isDangerous(byRules) && !confirmsMatch(byNames, prediction)) {
    const tier = atMost(prediction.tier, 'watch');
    const doubted = prediction.likely[0] >= DOUBTED.named;
    return doubted ? { tier, named: tier } : { tier: 'watch', named: 'watch' };
  }
  if (isDangerous(byNames)) {
    const tier = combinedTier(byRules, prediction);
    return { tier, named: atMost(combinedTier(byNames, prediction), tier) };
  }
  const tier = isDangerous(byRules)
    ? hintTier(findings, prediction, kind)
    : classifierTier(prediction, kind);
  if (isDangerous(byRules) && places >= HINTS && dangerIn(prediction) > MEANT)
    return { tier, named: tier };
  return { tier, named: atMost(byRules, atMost(tier, 'watch')) };
}
