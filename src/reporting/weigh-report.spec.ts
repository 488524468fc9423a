import { describe, expect, it } from '@jest/globals';
import { weighReport, type ReportersRecord } from './weigh-report.js';

const clean: ReportersRecord = {
  groundlessWorries: 0,
  worriesToday: 0,
  groundlessHides: 0,
  newcomer: false,
};

describe('weighing a report', () => {
  it('takes it at its word where nothing speaks against it', () => {
    expect(weighReport('danger-now', clean)).toEqual({
      tier: 'urgent',
      target: { minutes: 10, staffed: false },
      hides: false,
      doubted: false,
    });
    expect(weighReport('spam', clean)).toMatchObject({ tier: 'none', doubted: false });
  });

  it.each(['personal-details', 'threats'] as const)(
    '%s: hides first, but not on the word of a stranger or of somebody who did so without ground',
    (reason) => {
      expect(weighReport(reason, clean).hides).toBe(true);
      expect(weighReport(reason, { ...clean, newcomer: true }).hides).toBe(false);
      expect(weighReport(reason, { ...clean, groundlessHides: 2 }).hides).toBe(false);
      expect(weighReport(reason, { ...clean, groundlessHides: 1 }).hides).toBe(true);
    },
  );

  it('knows worry that is used as a weapon, and still has a person read it', () => {
    for (const record of [
      { ...clean, groundlessWorries: 2 },
      { ...clean, worriesToday: 3 },
      { ...clean, many: true },
    ]) {
      expect(weighReport('danger-now', record)).toMatchObject({ tier: 'watch', doubted: true });
      // What breaks a rule breaks it whoever says so.
      expect(weighReport('bullying', record)).toMatchObject({ tier: 'urgent', doubted: false });
    }
    expect(
      weighReport('danger-now', { ...clean, groundlessWorries: 1, worriesToday: 2 }).doubted,
    ).toBe(false);
  });
});
