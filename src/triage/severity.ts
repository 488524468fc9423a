import type { Hit, Sentence } from './sentence-analysis.js';
import type { Rules, CoOccurrence } from './rules.js';
import { LONG, TIERS, type RiskContext, type Tier } from './risk.js';

export interface ScoredMatch {
  readonly tier: Tier;
  readonly rule: string;
  readonly kind?: string;
  readonly why: string;
  /** Word range of the match: first, and one past the last. */
  readonly from: number;
  readonly to: number;
}

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

/** The tier of one match, given its sentence and its neighbours. */
function weigh(
  rules: Rules,
  sentences: readonly Sentence[],
  hit: Hit,
  context: RiskContext,
  whole: ReadonlySet<string>,
  pastBefore: boolean,
): Tier {
  const at = hit.sentence;
  const here = (mark: string): boolean => sentences[at]?.marks.has(mark) === true;
  const before = (mark: string): boolean => sentences[at - 1]?.marks.has(mark) === true;
  const after = (mark: string): boolean => sentences[at + 1]?.marks.has(mark) === true;
  const about =
    hit.rule.who !== 'any' && hit.subject === 'other' ? ABOUT_OTHERS[hit.rule.kind] : undefined;
  const kind = about ?? hit.rule.kind;
  if (context.writtenAs === 'staff' && !(STAFF_STILL.has(kind) && hit.mine)) return 'none';
  const { base, adjust } = rules.kinds[kind] ?? { base: 'none', adjust: [] };
  const long = sentences.length > LONG;
  const current = here('recent') || here('now') || here('present');
  const holds: Readonly<Record<string, () => boolean>> = {
    negated: () => hit.negated,
    figure: () => hit.subject === 'figure',
    apart: () =>
      (here('media') || here('clinical') || before('media')) &&
      (!hit.mine || (hit.quoted && here('media'))),
    topic: () => here('media') || here('clinical'),
    past: () =>
      (here('past') && !current) || (pastBefore && TOLD_ON.has(hit.rule.kind) && !current),
    relief: () => here('recovered') && !current,
    joke: () => here('joke') && !whole.has('serious'),
    soon: () => here('now') || here('sameday') || before('sameday'),
    just: () => here('just'),
    resist: () => here('resist') || after('resist'),
    light: () => here('light'),
    // In a long text the tense says what no date does; asked and denied; a shift that is told.
    told: () =>
      long &&
      hit.told &&
      !current &&
      !here('sameday') &&
      !here('just') &&
      (here('then') || !before('sameday')),
    asked: () => here('asked') && (here('denied') || after('denied')),
    shift: () => long && whole.has('at-work') && !here('now') && !here('sameday'),
    intrusive: () => whole.has('intrusive'),
    // Somebody who leaves a job may say goodbye in another sentence than the one that mentions it.
    leaving: () => whole.has('leaving') && !whole.has('intent'),
  };
  for (const [condition, tier] of adjust) if (holds[condition]?.() === true) return tier;
  return base;
}

type Places = Map<string, Map<number, { from: number; to: number }>>;

/** Positions of each rule, kind and mark: by name, then by sentence. */
function placesOf(sentences: readonly Sentence[], live: readonly Hit[]): Places {
  const places: Places = new Map();
  const put = (name: string, sentence: number, from: number, to: number): void => {
    const found = places.get(name) ?? new Map<number, { from: number; to: number }>();
    if (!found.has(sentence)) found.set(sentence, { from, to });
    places.set(name, found);
  };
  for (const { rule, subject, sentence, from, to } of live) {
    if (rule.who !== 'any' && subject === 'other') continue;
    put(rule.key, sentence, from, to);
    put(rule.kind, sentence, from, to);
  }
  sentences.forEach(({ marks }, sentence) => marks.forEach((mark) => put(mark, sentence, -1, -1)));
  return places;
}

function holdsTogether(
  together: CoOccurrence,
  sentences: readonly Sentence[],
  places: Places,
): ScoredMatch | null {
  const [first, second] = (together.near ?? together.anywhere ?? []).map((name) =>
    places.get(name),
  );
  if (first === undefined || second === undefined) return null;
  const lifted = (sentence: number): boolean =>
    together.unless?.some(
      (mark) =>
        sentences[sentence]?.marks.has(mark) === true ||
        sentences[sentence + 1]?.marks.has(mark) === true,
    ) === true;
  for (const [sentence, a] of first) {
    const beside =
      together.near === undefined
        ? firstOf(second.keys())
        : [sentence, sentence + 1, sentence - 1].filter((each) => second.has(each));
    for (const other of beside) {
      const b = second.get(other);
      if (b === undefined || lifted(sentence) || lifted(other)) continue;
      const at = a.from >= 0 ? a : b;
      return {
        tier: together.tier,
        rule: together.key,
        why: together.why,
        from: at.from,
        to: at.to,
      };
    }
  }
  return null;
}

// Takes the first key without building a list of all.
function firstOf(keys: Iterator<number, undefined>): number[] {
  const first = keys.next().value;
  return first === undefined ? [] : [first];
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
  /** Marks and kinds that apply to the whole text. */
  const whole = new Set(
    sentences.flatMap(({ marks, hits }) => [...marks, ...hits.map(({ rule }) => rule.kind)]),
  );
  const weighed: ScoredMatch[] = [];
  const live: (Hit & { tier: Tier })[] = [];
  let past = 0;
  for (const { marks, hits } of sentences) {
    for (const hit of hits) {
      if (hit.rule.kind === GOAD && context.writtenAs !== 'reply') continue;
      const tier = weigh(rules, sentences, hit, context, whole, past > 0);
      const soft =
        rules.kinds[hit.rule.kind]?.base === 'none' &&
        !hit.negated &&
        context.writtenAs !== 'staff';
      if (tier === 'none' && !(QUIET.has(hit.rule.kind) || soft)) suppressed.add(hit.sentence);
      if (tier !== 'none' || soft) live.push({ ...hit, tier });
      if (tier !== 'none')
        weighed.push({
          tier,
          rule: hit.rule.key,
          kind: hit.rule.kind,
          why: hit.rule.why,
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
  const places = placesOf(sentences, live);
  for (const together of rules.together) {
    const found = holdsTogether(together, sentences, places);
    if (found !== null) weighed.push(found);
  }
  return { weighed, suppressed };
}
