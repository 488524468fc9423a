import type { Tier } from './risk.js';
import { higher } from './severity.js';
import type { Prediction } from './classifier.js';

/** What the rules found in a text. */
export interface RuleFindings {
  /** The highest tier of any rule. */
  readonly byRules: Tier;
  /** The highest tier of a rule whose words name the danger. */
  readonly byNames: Tier;
  /** Places, apart from one another, where a rule matched something urgent or critical. */
  readonly places: number;
}

export interface Decision {
  /** How soon a person should read it. */
  readonly tier: Tier;
  /** What may hold or fold the post or show an emergency card. */
  readonly named: Tier;
}

/** How likely urgent and crisis have to be for a rule that says crisis to be believed. */
const BELIEVED = 0.3;
/** The same where the rule found no more than a hint. */
const HINT_BELIEVED = 0.55;
/** From so unlikely on, a rule that says urgent or crisis does not count at all. */
const DOUBTED = 0.92;
/**
 * Two hints in different places, and words this sure, name together what each leaves open: "my mind
 * is made up" and "after tonight".
 */
const HINTS = 2;
const MEANT = 0.9;
/**
 * How likely urgent and crisis, or crisis by itself, have to be where no rule found a danger: that
 * orders the queue, and nothing more. Chosen by leaving one file out in turn: a lower bound for
 * crisis doubles the ordinary posts called crisis, a higher one finds fewer of the real ones.
 */
const WORDS_ALONE = {
  short: { urgent: 0.55, crisis: 0.7 },
  post: { urgent: 0.45, crisis: 0.6 },
  /** Who answers a post in danger speaks of the danger, too. */
  answer: { urgent: 0.75, crisis: 0.8 },
} as const;

const dangerous = (tier: Tier): boolean => tier === 'urgent' || tier === 'crisis';
const atMost = (tier: Tier, most: Tier): Tier => (higher(tier, most) === tier ? most : tier);

/**
 * What a rule and the words say together: the words weigh the rule, and its word is never dropped
 * without a doubt.
 */
function together(rule: Tier, { tier, likely: [none, , urgent, crisis] }: Prediction): Tier {
  if (rule === 'crisis' && urgent + crisis > BELIEVED)
    return tier === 'urgent' ? 'crisis' : higher(tier, 'urgent');
  return none < DOUBTED ? higher(tier, 'watch') : tier;
}

/** What the classifier says where no rule found a danger. */
function alone({ tier, short, likely }: Prediction, answers: boolean): Tier {
  const [, , urgent, crisis] = likely;
  const bounds = WORDS_ALONE[answers ? 'answer' : short ? 'short' : 'post'];
  if (!dangerous(tier) || urgent + crisis <= bounds.urgent) return atMost(tier, 'watch');
  return crisis > bounds.crisis ? 'crisis' : 'urgent';
}

/** A hint that a rule found: more than words alone where they are sure, and always watched. */
function hinted(rule: Tier, prediction: Prediction, answers: boolean): Tier {
  const [none, , urgent, crisis] = prediction.likely;
  if (urgent + crisis > HINT_BELIEVED) return together(rule, prediction);
  const tier = alone(prediction, answers);
  return none < DOUBTED ? higher(atMost(tier, 'urgent'), 'watch') : tier;
}

/**
 * The classifier weighs the rules in both directions. Alone it only orders the queue: nothing that
 * anybody but a moderator sees depends on it.
 * @param answers whether the words of the post answered are known
 */
export function decide(
  { byRules, byNames, places }: RuleFindings,
  prediction: Prediction,
  answers = false,
): Decision {
  const [, , urgent, crisis] = prediction.likely;
  if (dangerous(byNames)) {
    const tier = together(byRules, prediction);
    return { tier, named: atMost(together(byNames, prediction), tier) };
  }
  const tier = dangerous(byRules)
    ? hinted(byRules, prediction, answers)
    : alone(prediction, answers);
  if (dangerous(byRules) && places >= HINTS && urgent + crisis > MEANT)
    return { tier, named: tier };
  return { tier, named: atMost(byRules, atMost(tier, 'watch')) };
}
