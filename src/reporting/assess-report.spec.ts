import { describe, expect, it } from '@jest/globals';
import { assessReport, type ReportersRecord } from './assess-report.js';

const clean: ReportersRecord = {
  groundlessConcerns: 0,
  concernsToday: 0,
  groundlessHides: 0,
  newcomer: false,
};

describe('assessing a report', () => {
  it('trusts a reporter without a record', () => {
    expect(assessReport('danger-now', clean)).toEqual({
      tier: 'urgent',
      target: { minutes: 10, staffed: false },
      hides: false,
      doubted: false,
    });
    expect(assessReport('spam', clean)).toMatchObject({ tier: 'none', doubted: false });
  });

  it.each(['personal-details', 'threats'] as const)(
    '%s: hides at once, but not for a newcomer or a reporter with groundless hides',
    (reason) => {
      expect(assessReport(reason, clean).hides).toBe(true);
      expect(assessReport(reason, { ...clean, newcomer: true }).hides).toBe(false);
      expect(assessReport(reason, { ...clean, groundlessHides: 2 }).hides).toBe(false);
      expect(assessReport(reason, { ...clean, groundlessHides: 1 }).hides).toBe(true);
    },
  );

  it('recognises harassment by concerns, and still has a moderator read them', () => {
    for (const record of [
      { ...clean, groundlessConcerns: 2 },
      { ...clean, concernsToday: 3 },
      { ...clean, many: true },
    ]) {
      expect(assessReport('danger-now', record)).toMatchObject({ tier: 'watch', doubted: true });
      // The tier of a complaint depends on its rule, not on its reporter.
      expect(assessReport('bullying', record)).toMatchObject({ tier: 'urgent', doubted: false });
    }
    expect(
      assessReport('danger-now', { ...clean, groundlessConcerns: 1, concernsToday: 2 }).doubted,
    ).toBe(false);
  });
});
