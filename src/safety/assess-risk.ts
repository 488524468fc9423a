import { NO_LIMIT, type Budget } from './budget.js';
import { isForeign } from './language.js';
import { readSentence } from './reading.js';
import { TIERS, type Assessment, type RiskContext, type Signal, type Tier } from './risk.js';
import { loadRules } from './rules.js';
import { tokenise, type Tokens } from './tokens.js';
import { higher, weighAll, type Weighed } from './weighing.js';
import { loadWording, ruleFeatures, weighWording, type Told } from './wording.js';

const LONGEST = 100_000;
const MOST_SIGNALS = 20;

const rules = loadRules();
const wording = loadWording();

export const RULES_VERSION = rules.version;

interface Read {
  readonly tokens: Tokens;
  readonly weighed: readonly Weighed[];
  readonly tier: Tier;
  readonly byRules: Tier;
}

function highest(weighed: readonly Weighed[]): Tier {
  return weighed.reduce<Tier>((tier, each) => higher(tier, each.tier), 'none');
}

/** How likely urgent and crisis have to be for a rule that says crisis to be believed, and how unlikely none for one that says urgent to count at all. */
const BELIEVED = 0.3;
const DOUBTED = 0.92;

/** What the rules and the words say together: the words weigh the rules, and a rule's word is never dropped without a doubt. */
function together(byRules: Tier, told: Told): Tier {
  const [none, , urgent, crisis] = told.likely;
  if (byRules === 'crisis' && urgent + crisis > BELIEVED) return told.tier === 'urgent' ? 'crisis' : higher(told.tier, 'urgent');
  return (byRules === 'urgent' || byRules === 'crisis') && none < DOUBTED ? higher(told.tier, 'watch') : told.tier;
}

function weighText(text: string, context: RiskContext, budget: Budget): Read {
  budget.check();
  const tokens = tokenise(text, rules.spelling);
  const sentences = tokens.asks.map((_, number) => {
    budget.check();
    return readSentence(rules, tokens, number);
  });
  const { weighed, eased } = weighAll(rules, sentences, context);
  budget.check();
  const byRules = highest(weighed);
  if (context.writtenAs === 'staff') return { tokens, weighed, tier: byRules, byRules };
  const told = weighWording(wording, tokens, sentences, ruleFeatures(tokens, weighed, sentences.length), eased);
  // What is only said to others, as encouragement, stands in no line that was learnt.
  const said = context.writtenAs === 'reply' ? highest(weighed.filter(({ rule }) => rule.startsWith('replies.'))) : 'none';
  return { tokens, weighed: [...weighed, ...told.weighed], tier: higher(said, together(byRules, told)), byRules };
}

/**
 * How soon a person should read this. Pure: no clock, no network, no database.
 * @param text as written, up to 100,000 characters
 * @param budget asked between sentences
 * @returns the tier with the phrases it stands on, the weightiest first; a title's phrases have the span [0, 0]
 * @throws OutOfTime
 */
export function assessRisk(text: string, context: RiskContext = {}, budget: Budget = NO_LIMIT): Assessment {
  const body = text.slice(0, LONGEST);
  const { tokens, weighed, tier: byBody, byRules } = weighText(body, context, budget);
  const title = context.title === undefined || context.title.trim() === '' ? null : weighText(context.title.slice(0, 1_000), context, budget);
  const place = ({ from, to }: Weighed): Signal['span'] => (from < 0 ? [0, 0] : [tokens.from[from] ?? 0, tokens.to[to - 1] ?? 0]);
  const all = [...weighed.map((each) => ({ ...each, span: place(each) })), ...(title?.weighed ?? []).map((each) => ({ ...each, span: [0, 0] as const }))];
  const tier = higher(byBody, title?.tier ?? 'none');
  if (byRules !== 'urgent' && byRules !== 'crisis' && isForeign(body, tokens, rules.common)) return { tier: 'unknown', signals: [], rulesVersion: RULES_VERSION };
  // The weightiest first; where nothing is to be read soon, there is nothing to show.
  const signals = tier === 'none' ? [] : all
    .sort((a, b) => TIERS.indexOf(b.tier) - TIERS.indexOf(a.tier) || a.span[0] - b.span[0])
    .slice(0, MOST_SIGNALS)
    .map(({ rule, why, span }) => ({ rule, why, span }));
  return { tier, signals, rulesVersion: RULES_VERSION };
}

/** Steps of matching since the start: what a test counts instead of time. */
export function matchingSteps(): number {
  return rules.matcher.steps;
}
