import { isForeign } from './language.js';
import { readSentence } from './reading.js';
import { TIERS, type Assessment, type RiskContext, type Signal, type Tier } from './risk.js';
import { loadRules } from './rules.js';
import { tokenise, type Tokens } from './tokens.js';
import { higher, weighAll, type Weighed } from './weighing.js';
import { loadWording, weighWording } from './wording.js';

const LONGEST = 100_000;
const MOST_SIGNALS = 20;

const rules = loadRules();
const wording = loadWording();

export const RULES_VERSION = rules.version;

function weighText(text: string, context: RiskContext): { tokens: Tokens; weighed: Weighed[] } {
  const tokens = tokenise(text, rules.spelling);
  const sentences = tokens.asks.map((_, number) => readSentence(rules, tokens, number));
  const { weighed, eased } = weighAll(rules, sentences, context);
  return { tokens, weighed: context.writtenAs === 'staff' ? weighed : [...weighed, ...weighWording(wording, tokens, sentences, eased)] };
}

/**
 * How soon a person should read this. Pure: no clock, no network, no database.
 * @param text as written, up to 100,000 characters
 * @returns the tier with the phrases it stands on, the weightiest first; a title's phrases have the span [0, 0]
 */
export function assessRisk(text: string, context: RiskContext = {}): Assessment {
  const body = text.slice(0, LONGEST);
  const { tokens, weighed } = weighText(body, context);
  const title = context.title === undefined || context.title.trim() === '' ? [] : weighText(context.title.slice(0, 1_000), context).weighed;
  const place = ({ from, to }: Weighed): Signal['span'] => (from < 0 ? [0, 0] : [tokens.from[from] ?? 0, tokens.to[to - 1] ?? 0]);
  const all = [...weighed.map((each) => ({ ...each, span: place(each) })), ...title.map((each) => ({ ...each, span: [0, 0] as const }))];
  let tier: Tier = 'none';
  for (const each of all) tier = higher(tier, each.tier);
  if ((tier === 'none' || tier === 'watch') && isForeign(body, tokens, rules.common)) return { tier: 'unknown', signals: [], rulesVersion: RULES_VERSION };
  const signals = all
    .sort((a, b) => TIERS.indexOf(b.tier) - TIERS.indexOf(a.tier) || a.span[0] - b.span[0])
    .slice(0, MOST_SIGNALS)
    .map(({ rule, why, span }) => ({ rule, why, span }));
  return { tier, signals, rulesVersion: RULES_VERSION };
}

/** Steps of matching since the start: what a test counts instead of time. */
export function matchingSteps(): number {
  return rules.matcher.steps;
}
