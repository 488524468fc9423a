import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { evaluate, readCases } from './evaluate.js';

const OWN = join('test', 'triage');
const own = readdirSync(OWN)
  .filter((name) => name.endsWith('.jsonl'))
  .map((name) => join(OWN, name));

describe('the triage, measured', () => {
  it.each(own)('holds the gate on %s', (file) => {
    const cases = readCases(readFileSync(file, 'utf8'));
    expect(cases.length).toBeGreaterThan(50);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    const { recallUrgentCrisis, crisisCalledNone, noneCalledUrgentOrCrisis, macroF1 } =
      evaluate(cases);
    expect(recallUrgentCrisis).toBeGreaterThanOrEqual(0.92);
    expect(crisisCalledNone).toBeLessThanOrEqual(0.02);
    expect(noneCalledUrgentOrCrisis).toBeLessThanOrEqual(0.05);
    expect(macroF1).toBeGreaterThanOrEqual(0.8);
  });

  it.each(readdirSync(join(OWN, 'everyday')).map((name) => join(OWN, 'everyday', name)))(
    'lets ordinary days be, and hears danger among them: %s',
    (file) => {
      const cases = readCases(readFileSync(file, 'utf8'));
      expect(cases.filter(({ label }) => label === 'none').length).toBeGreaterThanOrEqual(60);
      const { recallUrgentCrisis, noneCalledUrgentOrCrisis, noneCalledCrisis } = evaluate(cases);
      expect(recallUrgentCrisis).toBeGreaterThanOrEqual(0.9);
      expect(noneCalledUrgentOrCrisis).toBeLessThanOrEqual(0.03);
      expect(noneCalledCrisis).toBeLessThanOrEqual(0.005);
    },
  );

  it('counts what it should', () => {
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
