import { findPersonalDetails } from './personal-details.js';

export interface PersonalCase {
  readonly id: string;
  readonly text: string;
  readonly has_pii: boolean;
}

export interface Counts {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
}

export interface PersonalEvaluation {
  readonly counts: Counts;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly misses: readonly {
    id: string;
    text: string;
    has_pii: boolean;
    seen: readonly string[];
  }[];
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Measures precision and recall of the personal-details check. */
export function evaluatePersonal(cases: readonly PersonalCase[]): PersonalEvaluation {
  const counts: Counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  const misses: PersonalEvaluation['misses'][number][] = [];
  for (const { id, text, has_pii: has } of cases) {
    const seen = findPersonalDetails(text);
    const detected = seen.length > 0;
    counts[has ? (detected ? 'tp' : 'fn') : detected ? 'fp' : 'tn'] += 1;
    if (detected !== has)
      misses.push({
        id,
        text,
        has_pii: has,
        seen: seen.map(({ kind, why, span }) => `${kind}/${why}: ${text.slice(...span)}`),
      });
  }
  const precision = share(counts.tp, counts.tp + counts.fp);
  const recall = share(counts.tp, counts.tp + counts.fn);
  return {
    counts,
    precision,
    recall,
    f1: share(2 * precision * recall, precision + recall),
    misses,
  };
}
