import { isDangerous, type TextKind, type Tier } from './risk.js';
import { higher } from './severity.js';
import type { Prediction } from './classifier.js';
import { gravityOf } from './classifier-tier.js';

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
 * Minimum gravity of crisis for taking a text of fewer than `words` words as one without a rule
 * match: in an ordinary week most texts are short, and a single word can make one sound like a
 * farewell. It is urgent otherwise.
 */
const ALONE = { words: 15, grave: 2 } as const;
/**
 * Minimum probability of crisis, or of danger of either tier, for taking a named crisis in a long
 * text as one, where what is around it counts as well.
 */
const SURE = { crisis: 0.4, danger: 0.8 } as const;
/**
 * Minimum probability of crisis for taking a hint of a crisis as one, and the minimum gravity of it;
 * lower for hints that amount to a crisis in combination.
 */
const HINT_BELIEVED = { single: 0.5, together: 0.25, grave: 1 } as const;
/**
 * Probability of `none` above which a match is discarded: one that names a crisis, another, and a
 * hint. A named crisis that is not discarded is at least urgent, except in a long text.
 */
const DOUBTED = { crisis: 0.9, named: 0.92, hint: 0.75 } as const;
/**
 * Two hints in different places, with at least this probability of danger, together count as naming
 * what each leaves open: "my mind is made up" and "after tonight".
 */
const HINTS = 2;
const MEANT = 0.9;
/**
 * Minimum probability of danger for accepting a match in an answer: one that names something
 * urgent, and a hint. A named crisis counts as in any text. No match counts if the answer as a
 * whole is at least `HELPFUL` likely to be `none`: helpers say "not safe" and "tonight", too.
 */
const ANSWER_BELIEVED = { named: 0.6, hint: 0.9 } as const;
const HELPFUL = 0.6;

const atMost = (tier: Tier, most: Tier): Tier => (higher(tier, most) === tier ? most : tier);

const dangerIn = ({ likely: [, , urgent, crisis] }: Prediction): number => urgent + crisis;

/** Whether a few words sound like a crisis without being grave enough to be one by themselves. */
function isDoubtfulCrisis({ tier, words, likely }: Prediction): boolean {
  const [none, , , crisis] = likely;
  return tier === 'crisis' && words < ALONE.words && gravityOf(crisis, none) <= ALONE.grave;
}

/** Whether the classifier confirms a danger that a rule found in an answer. */
function confirmsMatch(byNames: Tier, prediction: Prediction): boolean {
  if (prediction.wholeNone >= HELPFUL) return false;
  if (byNames === 'crisis') return true;
  const bound = ANSWER_BELIEVED[byNames === 'urgent' ? 'named' : 'hint'];
  return dangerIn(prediction) > bound;
}

/**
 * Combines the tier of rules whose words name the danger with the classifier's. A match is only
 * discarded if the classifier clearly contradicts it.
 */
function namedTier(rule: Tier, tier: Tier, prediction: Prediction): Tier {
  const { likely, long } = prediction;
  if (isDangerous(tier)) return rule === 'crisis' ? 'crisis' : tier;
  const sure = likely[3] > SURE.crisis || dangerIn(prediction) > SURE.danger;
  if (rule === 'crisis' && long && sure) return 'crisis';
  if (rule === 'crisis' && !long && likely[0] < DOUBTED.crisis) return 'urgent';
  return likely[0] < DOUBTED.named ? higher(tier, 'watch') : tier;
}

/** The tier of a hint found by a rule: it makes what the classifier finds urgent a crisis. */
function hintTier(
  { byRules, together: joint = false }: RuleFindings,
  tier: Tier,
  { likely: [none, , , crisis] }: Prediction,
): Tier {
  if (!isDangerous(tier)) return none < DOUBTED.hint ? higher(tier, 'watch') : tier;
  const believed = joint
    ? crisis > HINT_BELIEVED.together
    : crisis > HINT_BELIEVED.single && gravityOf(crisis, none) > HINT_BELIEVED.grave;
  return byRules === 'crisis' && believed ? 'crisis' : tier;
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
  let { tier } = prediction;
  if (kind === 'answer' && isDangerous(byRules)) {
    if (!confirmsMatch(byNames, prediction)) {
      tier = atMost(tier, 'watch');
      const doubted = prediction.likely[0] >= DOUBTED.named;
      return doubted ? { tier, named: tier } : { tier: 'watch', named: 'watch' };
    }
    tier = higher(tier, 'urgent');
  }
  if (isDangerous(byNames)) {
    const most = namedTier(byRules, tier, prediction);
    return { tier: most, named: atMost(namedTier(byNames, tier, prediction), most) };
  }
  if (!isDangerous(byRules)) {
    if (isDoubtfulCrisis(prediction)) tier = 'urgent';
    return { tier, named: atMost(byRules, atMost(tier, 'watch')) };
  }
  tier = hintTier(findings, tier, prediction);
  if (places >= HINTS && dangerIn(prediction) > MEANT) return { tier, named: tier };
  return { tier, named: atMost(tier, 'watch') };
}
