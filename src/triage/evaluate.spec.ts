import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { evaluate, readCases, type Case, type Evaluation } from './evaluate.js';

const OWN = join('test', 'triage');
const own = readdirSync(OWN)
  .filter((name) => name.endsWith('.jsonl'))
  .map((name) => join(OWN, name));

/** Evaluates a file line by line, retaining only the id and label of each line. */
function measure(file: string): Evaluation & { ids: number; labels: Map<string, number> } {
  const ids = new Set<string>();
  const labels = new Map<string, number>();
  function* counted(): Generator<Case> {
    for (const each of readCases(readFileSync(file, 'utf8'))) {
      ids.add(each.id);
      labels.set(each.label, (labels.get(each.label) ?? 0) + 1);
      yield each;
    }
  }
  return { ...evaluate(counted()), ids: ids.size, labels };
}

describe('triage quality', () => {
  it.each(own)('meets the thresholds on %s', (file) => {
    const { cases, ids, recallUrgentCrisis, crisisCalledNone, noneCalledUrgentOrCrisis, macroF1 } =
      measure(file);
    expect(cases).toBeGreaterThan(50);
    expect(ids).toBe(cases);
    expect(recallUrgentCrisis).toBeGreaterThanOrEqual(0.92);
    expect(crisisCalledNone).toBeLessThanOrEqual(0.02);
    expect(noneCalledUrgentOrCrisis).toBeLessThanOrEqual(0.05);
    expect(macroF1).toBeGreaterThanOrEqual(0.8);
  });

  it.each(readdirSync(join(OWN, 'everyday')).map((name) => join(OWN, 'everyday', name)))(
    'lets ordinary days be, and hears danger among them: %s',
    (file) => {
      const { labels, recallUrgentCrisis, noneCalledUrgentOrCrisis, noneCalledCrisis } =
        measure(file);
      expect(labels.get('none')).toBeGreaterThanOrEqual(60);
      expect(recallUrgentCrisis).toBeGreaterThanOrEqual(0.9);
      expect(noneCalledUrgentOrCrisis).toBeLessThanOrEqual(0.03);
      expect(noneCalledCrisis).toBeLessThanOrEqual(0.005);
    },
  );

  it('counts confusions, recall and misses', () => {
    const { confusion, recallUrgentCrisis, noneCalledUrgentOrCrisis, misses } = evaluate([
      { id: '1', text: 'I am going to kill myself tonight', label: 'urgent' },
      { id: '2', text: 'Lovely soup', label: 'crisis' },
      { id: '3', text: 'Lovely soup', label: 'none' },
    ]);
    expect(confusion.urgent.crisis).toBe(1);
    expect(confusion.crisis.none).toBe(1);
    expect(confusion.none.none).toBe(1);
    expect(recallUrgentCrisis).toBe(0.5);
    expect(noneCalledUrgentOrCrisis).toBe(0);
    expect(misses.map(({ id }) => id)).toEqual(['1', '2']);
  });
});
