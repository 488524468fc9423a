import { isDangerous, type Tier } from './risk.js';
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
  /** Hints that mean a crisis only together. */
  readonly together?: boolean;
}

export interface Decision {
  /** How soon a person should read it. */
  readonly tier: Tier;
  /** What may hold or fold the post or show an emergency card. */
  readonly named: Tier;
}

/** How likely urgent and crisis have to be for a rule that says crisis to be believed. */
const BELIEVED = 0.3;
/**
 * The same where the rule found no more than a hint, and how likely crisis has to be then; less is
 * asked of hints that are a crisis only together.
 */
const HINT_BELIEVED = {
  single: { danger: 0.65, crisis: 0.5 },
  together: { danger: 0.35, crisis: 0.25 },
} as const;
/** From so likely on that it is none, a rule that says urgent or crisis, or a hint, is dropped. */
const DOUBTED = { named: 0.92, hint: 0.75 } as const;
/**
 * Two hints in different places, and words this sure, name together what each leaves open: "my mind
 * is made up" and "after tonight".
 */
const HINTS = 2;
const MEANT = 0.9;
/**
 * How likely urgent and crisis, or crisis by itself, have to be where no rule found a danger: that
 * orders the queue, and nothing more. Chosen by leaving one file out in turn: a lower bound for
 * crisis adds ordinary posts called crisis, a higher one finds fewer of the real ones.
 */
const WORDS_ALONE = {
  short: { danger: 0.52, crisis: 0.75 },
  post: { danger: 0.48, crisis: 0.5 },
  shortReply: { danger: 0.46, crisis: 0.45 },
  reply: { danger: 0.36, crisis: 0.45 },
  /** Who answers a post in danger speaks of the danger, too. */
  answer: { danger: 0.8, crisis: 0.7 },
} as const;
/**
 * In an answer the words have to be this sure of a danger for a rule to be believed: one that names
 * something urgent, and a hint. A crisis that is named counts as in any text. None counts where the
 * answer as a whole is this likely to be none: helpers say "not safe" and "tonight", too.
 */
const ANSWER_BELIEVED = { named: 0.6, hint: 0.9 } as const;
const HELPFUL = 0.7;

const atMost = (tier: Tier, most: Tier): Tier => (higher(tier, most) === tier ? most : tier);

/** What is written: an answer is a reply of which the words of the post answered are known. */
export type TextKind = 'opening' | 'reply' | 'answer';

const dangerIn = ({ likely: [, , urgent, crisis] }: Prediction): number => urgent + crisis;

/** Whether the words of an answer confirm a danger that a rule found. */
function confirmed(byNames: Tier, prediction: Prediction): boolean {
  if (prediction.wholeNone >= HELPFUL) return false;
  if (byNames === 'crisis') return true;
  const bound = ANSWER_BELIEVED[byNames === 'urgent' ? 'named' : 'hint'];
  return dangerIn(prediction) > bound;
}

/**
 * What a rule and the words say together: the words weigh the rule, and its word is never dropped
 * without a doubt.
 */
function together(rule: Tier, prediction: Prediction): Tier {
  const { tier, likely } = prediction;
  if (rule === 'crisis' && dangerIn(prediction) > BELIEVED)
    return tier === 'urgent' ? 'crisis' : higher(tier, 'urgent');
  return likely[0] < DOUBTED.named ? higher(tier, 'watch') : tier;
}

/** What the classifier says where no rule found a danger. */
function alone(prediction: Prediction, kind: TextKind): Tier {
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

/** A hint that a rule found: more than words alone where they are sure, and mostly watched. */
function hinted(
  { byRules, together: joint = false }: RuleFindings,
  prediction: Prediction,
  kind: TextKind,
): Tier {
  const [none, , , crisis] = prediction.likely;
  const bounds = HINT_BELIEVED[joint ? 'together' : 'single'];
  if (dangerIn(prediction) > bounds.danger) {
    const tier = together(byRules, prediction);
    return crisis > bounds.crisis ? tier : atMost(tier, 'urgent');
  }
  const tier = alone(prediction, kind);
  return none < DOUBTED.hint ? higher(atMost(tier, 'urgent'), 'watch') : tier;
}

/**
 * The classifier weighs the rules in both directions. Alone it only orders the queue: nothing that
 * anybody but a moderator sees depends on it.
 */
export function decide(
  findings: RuleFindings,
  prediction: Prediction,
  kind: TextKind = 'opening',
): Decision {
  const { byRules, byNames, places } = findings;
  if (kind === 'answer' && isDangerous(byRules) && !confirmed(byNames, prediction)) {
    const tier = atMost(prediction.tier, 'watch');
    const doubted = prediction.likely[0] >= DOUBTED.named;
    return doubted ? { tier, named: tier } : { tier: 'watch', named: 'watch' };
  }
  if (isDangerous(byNames)) {
    const tier = together(byRules, prediction);
    return { tier, named: atMost(together(byNames, prediction), tier) };
  }
  const tier = isDangerous(byRules) ? hinted(findings, prediction, kind) : alone(prediction, kind);
  if (isDangerous(byRules) && places >= HINTS && dangerIn(prediction) > MEANT)
    return { tier, named: tier };
  return { tier, named: atMost(byRules, atMost(tier, 'watch')) };
}
