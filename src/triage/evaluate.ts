import { assessRisk } from './assess-risk.js';
import { TIERS, type Assessment, type CaseTier, type RiskContext, type Tier } from './risk.js';

/** A labelled line. Context beside the text is passed to the rules unchanged. */
export interface Case extends Pick<RiskContext, 'title' | 'writtenAs'> {
  readonly id: string;
  readonly text: string;
  readonly label: Tier;
  readonly note?: string;
  /** The text of the answered post, or of several. */
  readonly answers?: string | readonly string[];
  /** The sentences of a long text that its label rests on, row by row: the rest is ordinary. */
  readonly said?: readonly string[];
}

export type Confusion = Record<Tier, Record<CaseTier, number>>;

export interface Evaluation {
  readonly cases: number;
  readonly recallUrgentCrisis: number;
  readonly crisisCalledNone: number;
  readonly noneCalledUrgentOrCrisis: number;
  readonly noneCalledCrisis: number;
  readonly macroF1: number;
  readonly perClass: Record<Tier, { precision: number; recall: number; f1: number }>;
  readonly confusion: Confusion;
  readonly misses: readonly { id: string; label: Tier; told: CaseTier; rules: readonly string[] }[];
}

/** Parses one JSON object for each line lazily, so that none is retained. */
export function* readCases(lines: string): Generator<Case, undefined> {
  for (let from = 0; from < lines.length;) {
    const end = lines.indexOf('\n', from);
    const line = lines.slice(from, end === -1 ? lines.length : end);
    if (line.trim() !== '') yield JSON.parse(line) as Case;
    from = end === -1 ? lines.length : end + 1;
  }
}

const share = (part: number, total: number): number => (total === 0 ? 0 : part / total);

/** Measures the triage on labelled cases; an unscreened text counts as missed. */
export function evaluate(
  cases: Iterable<Case>,
  assess: (text: string, context: RiskContext) => Assessment = assessRisk,
): Evaluation {
  const row = (): Record<CaseTier, number> => ({
    none: 0,
    watch: 0,
    urgent: 0,
    crisis: 0,
    unknown: 0,
  });
  const confusion: Confusion = { none: row(), watch: row(), urgent: row(), crisis: row() };
  const misses: Evaluation['misses'][number][] = [];
  for (const { id, text, label, title, writtenAs, answers } of cases) {
    const { tier, signals } = assess(text, {
      title,
      writtenAs,
      answers: typeof answers === 'string' ? [answers] : answers,
    });
    confusion[label][tier] += 1;
    if (tier !== label)
      misses.push({ id, label, told: tier, rules: [...new Set(signals.map(({ rule }) => rule))] });
  }
  const predicted = (tier: Tier): number =>
    TIERS.reduce((sum, label) => sum + confusion[label][tier], 0);
  const are = (label: Tier): number =>
    Object.values(confusion[label]).reduce((sum, count) => sum + count, 0);
  const high = (label: Tier): number => confusion[label].urgent + confusion[label].crisis;
  const perClass = Object.fromEntries(
    TIERS.map((tier) => {
      const precision = share(confusion[tier][tier], predicted(tier));
      const recall = share(confusion[tier][tier], are(tier));
      return [tier, { precision, recall, f1: share(2 * precision * recall, precision + recall) }];
    }),
  ) as Evaluation['perClass'];
  return {
    cases: TIERS.reduce((sum, label) => sum + are(label), 0),
    recallUrgentCrisis: share(high('urgent') + high('crisis'), are('urgent') + are('crisis')),
    crisisCalledNone: share(confusion.crisis.none, are('crisis')),
    noneCalledUrgentOrCrisis: share(high('none'), are('none')),
    noneCalledCrisis: share(confusion.none.crisis, are('none')),
    macroF1: TIERS.reduce((sum, tier) => sum + perClass[tier].f1, 0) / TIERS.length,
    perClass,
    confusion,
    misses,
  };
}
