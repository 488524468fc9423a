import type { Tier } from './risk.js';
import { higher } from './severity.js';
import type { Prediction } from './classifier.js';

/** What the rules heard in a text. */
export interface Heard {
  /** The highest tier of any rule. */
  readonly byRules: Tier;
  /** The highest tier of a rule whose words name the danger. */
  readonly byNames: Tier;
  /** Places, apart from one another, where a rule heard something urgent or critical. */
  readonly places: number;
}

export interface Verdict {
  /** How soon a person should read it. */
  readonly tier: Tier;
  /** What may hold or fold the post or show an emergency card. */
  readonly named: Tier;
}

/** How likely urgent and crisis have to be for a rule that says crisis to be believed. */
const BELIEVED = 0.3;
/** From so unlikely on, a rule that says urgent or crisis does not count at all. */
const DOUBTED = 0.92;
/**
 * Two hints in different places, and words this sure, name together what each leaves open: "my mind
 * is made up" and "after tonight".
 */
const HINTS = 2;
const MEANT = 0.9;
/**
 * How likely urgent and crisis have to be where no rule heard anything: then it is urgent for the
 * queue, and nothing more.
 */
const WORDS_ALONE = 0.5;

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

/**
 * The learnt words weigh the rules in both directions. Alone they only order the queue: they never
 * make a crisis, and nothing that anybody but a moderator sees hangs on them.
 */
export function verdict({ byRules, byNames, places }: Heard, told: Prediction): Verdict {
  const [, , urgent, crisis] = told.likely;
  const alone =
    dangerous(told.tier) && urgent + crisis > WORDS_ALONE ? 'urgent' : atMost(told.tier, 'watch');
  const tier = dangerous(byRules) ? together(byRules, told) : alone;
  if (dangerous(byNames)) return { tier, named: atMost(together(byNames, told), tier) };
  if (dangerous(byRules) && places >= HINTS && urgent + crisis > MEANT)
    return { tier, named: tier };
  return { tier, named: atMost(byRules, atMost(tier, 'watch')) };
}
