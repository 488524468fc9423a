import { NO_LIMIT, type Budget } from '../kernel/time-budget.js';
import { isForeign } from './language.js';
import { ownWords } from './own-words.js';
import { analyseSentence } from './sentence-analysis.js';
import {
  isDangerous,
  TIERS,
  type Assessment,
  type RiskContext,
  type ScoredMatch,
  type Signal,
  type TextKind,
  type Tier,
} from './risk.js';
import { shippedRules as rules } from './shipped-rules.js';
import type { Tokens } from './token-list.js';
import { tokenize } from './tokenize.js';
import { decide, type Decision } from './decision.js';
import { encouragement } from './encouragement.js';
import { GOAD, higher, scoreSentences } from './severity.js';
import { classify } from './classifier.js';
import { loadClassifier, type TextClassifier } from './classifier-weights.js';
import { hitFeatures } from './features.js';
import { writtenSentences } from './written-words.js';

const LONGEST = 100_000;
const LONGEST_TITLE = 1_000;
const MOST_SIGNALS = 20;
/**
 * Length limit for each answered post, in UTF-16 units, when checking whether its author may be in
 * danger.
 */
const LONGEST_ANSWERED = 2_000;
const MOST_ANSWERED = 5;
const shipped = loadClassifier();

export const RULES_VERSION = rules.version;

/** A match with its position in the text. */
interface PlacedMatch extends Signal {
  readonly tier: Tier;
}

interface Read extends Decision {
  readonly matches: readonly PlacedMatch[];
  /** The text is not reliably English, and no rule confirmed a danger in it. */
  readonly foreign: boolean;
}

function highest(tiers: readonly { readonly tier: Tier }[]): Tier {
  return tiers.reduce<Tier>((tier, each) => higher(tier, each.tier), 'none');
}

/** The number of dangerous phrases that do not overlap. */
function placesApart(weighed: readonly ScoredMatch[]): number {
  const places = weighed
    .filter(({ tier, from }) => from >= 0 && isDangerous(tier))
    .sort((a, b) => a.to - b.to);
  let [count, end] = [0, 0];
  for (const { from, to } of places) {
    if (from < end) continue;
    count += 1;
    end = to;
  }
  return count;
}

function spanOf(tokens: Tokens, { from, to }: ScoredMatch): Signal['span'] {
  return from < 0 ? [0, 0] : [tokens.from[from] ?? 0, tokens.to[to - 1] ?? 0];
}

function kindOf({ writtenAs, answers = [] }: RiskContext): TextKind {
  if (answers.length > 0) return 'answer';
  return writtenAs === 'reply' ? 'reply' : 'opening';
}

const NOTHING_READ: Read = { tier: 'none', named: 'none', matches: [], foreign: false };

function readText(
  text: string,
  context: RiskContext,
  budget: Budget,
  classifier: TextClassifier,
): Read {
  budget.check();
  if (text === '') return NOTHING_READ;
  const tokens = tokenize(text, rules.spelling);
  const sentences = tokens.asks.map((_, number) => {
    budget.check();
    return analyseSentence(rules, tokens, number);
  });
  const { weighed, suppressed } = scoreSentences(rules, sentences, context);
  budget.check();
  const place = (each: ScoredMatch): PlacedMatch => ({
    tier: each.tier,
    rule: each.rule,
    span: spanOf(tokens, each),
  });
  const written = writtenSentences(text, rules.vocabulary);
  const others = rules.otherLanguages.match(written, text);
  budget.check();
  const counted = weighed.filter(({ kind }) => kind !== GOAD);
  const byRules = highest(counted);
  const byNames = highest(counted.filter((each) => rules.naming.names(tokens, each)));
  // An English rule may match a word of another language ("si"). Unless the classifier confirms the
  // match, the language check decides.
  const foreign = (tier: Tier): boolean =>
    others.length === 0 &&
    !(isDangerous(byRules) && isDangerous(tier)) &&
    isForeign(text, written, tokens, rules.vocabulary);
  const elsewhere = highest(others);
  const prediction =
    context.writtenAs === 'staff'
      ? null
      : classify(
          classifier,
          tokens,
          sentences,
          { matched: hitFeatures(tokens, weighed, sentences.length), suppressed },
          kindOf(context),
          context.writtenAs === 'reply',
        );
  if (prediction === null)
    return {
      tier: higher(byRules, elsewhere),
      named: higher(byRules, elsewhere),
      matches: [...weighed.map(place), ...others],
      foreign: foreign(byRules),
    };
  const { tier, named } = decide(
    {
      byRules,
      byNames,
      places: placesApart(counted),
      together: weighed.some(({ rule, tier }) => tier === 'crisis' && rule.startsWith('together.')),
    },
    prediction,
    kindOf(context),
  );
  const encouraged =
    context.writtenAs === 'reply'
      ? encouragement(
          weighed.filter(({ rule }) => rule.startsWith('replies.')),
          (each) => rules.naming.names(tokens, each),
          prediction,
          kindOf(context),
          () => answersDanger(context, budget, classifier),
        )
      : { tier: 'none' as const, named: 'none' as const };
  const read = higher(higher(encouraged.tier, elsewhere), tier);
  return {
    tier: read,
    named: higher(higher(encouraged.named, elsewhere), named),
    matches: [...weighed.map(place), ...others, ...prediction.weighed.map(place)],
    foreign: foreign(read),
  };
}

/** Whether any of the answered posts may come from somebody in danger. */
function answersDanger(
  { answers = [] }: RiskContext,
  budget: Budget,
  classifier: TextClassifier,
): boolean {
  return answers
    .slice(0, MOST_ANSWERED)
    .some(
      (text) => readText(text.slice(0, LONGEST_ANSWERED), {}, budget, classifier).tier !== 'none',
    );
}

/**
 * Assesses how soon a moderator should read a text. Pure: no clock, network or database.
 * @param text as written, up to 100,000 characters
 * @param budget checked between sentences
 * @returns the tier with the phrases behind it, most severe first; phrases in the title have the
 *   span [0, 0]
 * @param classifier replaces the weights of `rules/wording.json`, for measurements
 * @throws OutOfTime
 */
export function assessRisk(
  text: string,
  context: RiskContext = {},
  budget: Budget = NO_LIMIT,
  classifier: TextClassifier = shipped,
): Assessment {
  const body = readText(
    ownWords(text.slice(0, LONGEST), context.answers ?? []),
    context,
    budget,
    classifier,
  );
  const title = readText(
    (context.title ?? '').slice(0, LONGEST_TITLE),
    context,
    budget,
    classifier,
  );
  const tier = higher(body.tier, title.tier);
  const named = higher(body.named, title.named);
  const dangerous =
    isDangerous(tier) &&
    body.matches
      .concat(title.matches)
      .some((each) => !each.rule.startsWith('wording.') && isDangerous(each.tier));
  if (!dangerous && (body.foreign || title.foreign))
    return { tier: 'unknown', named: 'unknown', signals: [], rulesVersion: RULES_VERSION };
  const all = [
    ...body.matches,
    ...title.matches.map((each) => ({ ...each, span: [0, 0] as const })),
  ];
  // Most severe first. Tier `none` has no signals to show.
  const signals =
    tier === 'none'
      ? []
      : all
          .sort((a, b) => TIERS.indexOf(b.tier) - TIERS.indexOf(a.tier) || a.span[0] - b.span[0])
          .slice(0, MOST_SIGNALS)
          .map(({ rule, span }) => ({ rule, span }));
  return { tier, named, signals, rulesVersion: RULES_VERSION };
}

/** Matching steps so far: a deterministic measure of work for specs, instead of time. */
export function matchingSteps(): number {
  return rules.matcher.steps;
}
