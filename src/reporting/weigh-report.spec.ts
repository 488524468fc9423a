import { describe, expect, it } from '@jest/globals';
import { weighReport, type ReportersRecord } from './weigh-report.js';

const clean: ReportersRecord = {
  groundlessConcerns: 0,
  concernsToday: 0,
  groundlessHides: 0,
  newcomer: false,
};

describe('weighing a report', () => {
  it('trusts a reporter without a record', () => {
    expect(weighReport('danger-now', clean)).toEqual({
      tier: 'urgent',
      target: { minutes: 10, staffed: false },
      hides: false,
      doubted: false,
    });
    expect(weighReport('spam', clean)).toMatchObject({ tier: 'none', doubted: false });
  });

  it.each(['personal-details', 'threats'] as const)(
    '%s: hides at once, but not for a newcomer or a reporter with groundless hides',
    (reason) => {
      expect(weighReport(reason, clean).hides).toBe(true);
      expect(weighReport(reason, { ...clean, newcomer: true }).hides).toBe(false);
      expect(weighReport(reason, { ...clean, groundlessHides: 2 }).hides).toBe(false);
      expect(weighReport(reason, { ...clean, groundlessHides: 1 }).hides).toBe(true);
    },
  );

  it('recognises harassment by concerns, and still has a moderator read them', () => {
    for (const record of [
      { ...clean, groundlessConcerns: 2 },
      { ...clean, concernsToday: 3 },
      { ...clean, many: true },
    ]) {
      expect(weighReport('danger-now', record)).toMatchObject({ tier: 'watch', doubted: true });
      // The tier of a complaint depends on its rule, not on its reporter.
      expect(weighReport('bullying', record)).toMatchObject({ tier: 'urgent', doubted: false });
    }
    expect(
      weighReport('danger-now', { ...clean, groundlessConcerns: 1, concernsToday: 2 }).doubted,
    ).toBe(false);
  });
});
