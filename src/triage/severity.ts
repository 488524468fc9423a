import { coOccurrences } from './co-occurrence.js';
import type { Hit, Sentence } from './sentence-analysis.js';
import type { Rules } from './rules.js';
import { LONG, TIERS, type RiskContext, type ScoredMatch, type Tier } from './risk.js';

/** About another person, these kinds count as concern for that person. */
const ABOUT_OTHERS: Readonly<Record<string, string>> = {
  intent: 'other-ideation',
  ideation: 'other-ideation',
  attempt: 'other-attempt',
  selfharm: 'other-selfharm',
  'selfharm-named': 'other-selfharm',
  urge: 'other-selfharm',
  overdose: 'other-danger',
  'now-doing': 'other-danger',
  farewell: 'other-ideation',
};
/** Kinds that stay in the past tense of a story without repeating it. */
const TOLD_ON = new Set([
  'attempt',
  'overdose',
  'selfharm',
  'now-doing',
  'abuse-recent',
  'abuse-now',
  'exploit',
  'medical',
]);
/** Goading, soothing or mocking phrases: harmful only in answer to somebody in danger. */
export const GOAD = 'goad';
/** Negated or past, these kinds say little about the rest of the sentence. */
const QUIET = new Set(['low', 'grief', 'other-worry', 'eating-slip', GOAD]);
const STAFF_STILL = new Set(['intent', 'unsafe', 'farewell', 'overdose', 'now-doing']);

export const higher = (a: Tier, b: Tier): Tier => (TIERS.indexOf(a) >= TIERS.indexOf(b) ? a : b);

/** What decides about a match besides its words. */
interface Surroundings {
  readonly sentences: readonly Sentence[];
  /** Marks and kinds that apply to the whole text. */
  readonly whole: ReadonlySet<string>;
  /** One of the sentences before was about the past. */
  readonly pastBefore: boolean;
  /** It answers another post. */
  readonly answer: boolean;
}

const NO_MARKS: ReadonlySet<string> = new Set();

/** Whether a condition of `rules/kinds.json` holds for a match. */
function holds(
  condition: string,
  hit: Hit,
  { sentences, whole, pastBefore, answer }: Surroundings,
): boolean {
  const here = sentences[hit.sentence]?.marks ?? NO_MARKS;
  const before = sentences[hit.sentence - 1]?.marks ?? NO_MARKS;
  const after = sentences[hit.sentence + 1]?.marks ?? NO_MARKS;
  const current = here.has('recent') || here.has('now') || here.has('present');
  const long = sentences.length > LONG;
  switch (condition) {
    case 'negated':
      return hit.negated;
    case 'figure':
      return hit.subject === 'figure';
    case 'apart':
      return (
        (here.has('media') || here.has('clinical') || before.has('media')) &&
        (!hit.mine || (hit.quoted && here.has('media')))
      );
    case 'topic':
      return here.has('media') || here.has('clinical');
    case 'past':
      return !current && (here.has('past') || (pastBefore && TOLD_ON.has(hit.rule.kind)));
    case 'relief':
      return here.has('recovered') && !current;
    case 'joke':
      return here.has('joke') && !whole.has('serious');
    case 'soon':
      return here.has('now') || here.has('sameday') || before.has('sameday');
    case 'just':
      return here.has('just');
    case 'resist':
      return here.has('resist') || after.has('resist');
    case 'light':
      return here.has('light');
    // In a long text, and where a helper tells of themselves, the tense says what no date does.
    case 'told':
      return (
        ((long && hit.told) || (answer && hit.toldAround)) &&
        !current &&
        !here.has('sameday') &&
        !here.has('just') &&
        (here.has('then') || !before.has('sameday'))
      );
    // "They told me they would be better off without me. It was not true."
    case 'refuted':
      return hit.claimed && (here.has('refuted') || after.has('refuted') || before.has('liar'));
    case 'asked':
      return here.has('asked') && (here.has('denied') || after.has('denied'));
    case 'shift':
      return long && whole.has('at-work') && !here.has('now') && !here.has('sameday');
    case 'intrusive':
      return whole.has('intrusive');
    // Somebody who leaves a job may say goodbye in another sentence than the one that mentions it.
    case 'leaving':
      return whole.has('leaving') && !whole.has('intent');
    default:
      return false;
  }
}

/** The tier of one match, given its sentence and its neighbours. */
function weigh(rules: Rules, hit: Hit, { writtenAs }: RiskContext, around: Surroundings): Tier {
  const about =
    hit.rule.who !== 'any' && hit.subject === 'other' ? ABOUT_OTHERS[hit.rule.kind] : undefined;
  const kind = about ?? hit.rule.kind;
  if (writtenAs === 'staff' && !(STAFF_STILL.has(kind) && hit.mine)) return 'none';
  const { base, adjust } = rules.kinds[kind] ?? { base: 'none', adjust: [] };
  for (const [condition, tier] of adjust) if (holds(condition, hit, around)) return tier;
  return base;
}

/**
 * The maximum over all sentences. Neighbouring sentences complement one another; a cheerful
 * remainder does not lower the tier.
 * @returns the matches that count, and the sentences in which one was suppressed: negated, past,
 *   fictional or a figure of speech
 */
export function scoreSentences(
  rules: Rules,
  sentences: readonly Sentence[],
  context: RiskContext,
): { weighed: ScoredMatch[]; suppressed: ReadonlySet<number> } {
  const suppressed = new Set<number>();
  const whole = new Set<string>();
  for (const { marks, hits } of sentences) {
    for (const mark of marks) whole.add(mark);
    for (const { rule } of hits) whole.add(rule.kind);
  }
  const answer = (context.answers ?? []).length > 0;
  const weighed: ScoredMatch[] = [];
  const live: Hit[] = [];
  let past = 0;
  for (const { marks, hits } of sentences) {
    for (const hit of hits) {
      if (hit.rule.kind === GOAD && context.writtenAs !== 'reply') continue;
      const around = { sentences, whole, pastBefore: past > 0, answer };
      const tier = weigh(rules, hit, context, around);
      const soft =
        rules.kinds[hit.rule.kind]?.base === 'none' &&
        !hit.negated &&
        context.writtenAs !== 'staff';
      if (tier === 'none' && !(QUIET.has(hit.rule.kind) || soft)) suppressed.add(hit.sentence);
      if (tier !== 'none' || soft) live.push(hit);
      if (tier !== 'none')
        weighed.push({
          tier,
          rule: hit.rule.key,
          kind: hit.rule.kind,
          from: hit.from,
          to: hit.to,
        });
    }
    past =
      marks.has('past') && !marks.has('recent')
        ? 3
        : marks.has('recent') || marks.has('now')
          ? 0
          : past - 1;
  }
  return { weighed: [...weighed, ...coOccurrences(rules, sentences, live)], suppressed };
}
