import { describe, expect, it } from '@jest/globals';
import { DAY, MINUTE } from '../kernel/clock.js';
import type { CaseTier } from '../triage/risk.js';
import type { Waiting } from '../moderation/core/case-order.js';
import { HARD_EVENING, QUIET_DAY } from './queue-loads.js';
import { quantile, randomLoad, recordedLoad, simulate, type Outcome } from './queue-simulator.js';

const WEEK = 7 * DAY;
const RANK: Record<CaseTier, number> = { crisis: 0, urgent: 1, watch: 2, unknown: 2, none: 3 };
/** Baseline: by tier only, without ageing. */
const byTier = (a: Waiting, b: Waiting): number =>
  RANK[a.tier] - RANK[b.tier] || a.openedAt - b.openedAt || a.id - b.id;

/** Tiers whose 95th percentile exceeds their target. */
function late(outcome: Outcome): string[] {
  const tiers = Object.entries(outcome.tiers);
  expect(tiers.length).toBeGreaterThan(3);
  return tiers
    .filter(([, figures]) => figures.p95 > figures.target)
    .map(([tier, { p95 }]) => `${tier} ${Math.round(p95 / 60_000)} min`);
}

describe('the order of the queue', () => {
  it.each([
    ['a quiet day', QUIET_DAY, 1],
    ['a hard evening', HARD_EVENING, 2],
  ])(
    'keeps every target through %s, kept as data and repeated for a week',
    (_name, lines, moderators) => {
      expect(lines.length).toBeGreaterThan(80);
      const outcome = simulate(recordedLoad(lines, 7), moderators, WEEK);
      expect(outcome.load).toBeLessThan(0.9);
      expect(late(outcome)).toEqual([]);
    },
  );

  it.each([1, 2, 3, 4])(
    'keeps every target through a week drawn by lot, while there are people enough (seed %i)',
    (seed) => {
      for (const urgent of [2, 5, 9]) {
        const outcome = simulate(
          randomLoad(seed, { crisis: 0.3, urgent, watch: 4, unknown: 0.5, none: 5 }, WEEK),
          2,
          WEEK,
        );
        expect(outcome.load).toBeLessThan(0.9);
        expect({ urgent, late: late(outcome) }).toEqual({ urgent, late: [] });
      }
    },
  );

  it.each([1, 2])(
    'lets the middle tier have its part, however much of the urgent comes in (seed %i)',
    (seed) => {
      for (const urgent of [1, 4, 8, 12]) {
        const load = randomLoad(seed, { crisis: 0.3, urgent, watch: 4, none: 5 }, 3 * DAY);
        const { watch } = simulate(load, 1, 3 * DAY).tiers;
        expect(watch?.read).toBeGreaterThan(100);
        // A tolerance of 1% for cases that arrive just before the week ends.
        expect(watch?.shareRead).toBeGreaterThan((watch?.shareIn ?? 1) - 0.01);
      }
    },
  );

  it('prevents starvation: by tier only, the middle tiers starve under overload', () => {
    const load = randomLoad(1, { crisis: 0.3, urgent: 9, watch: 4, none: 5 }, WEEK);
    const [plain, aged] = [simulate(load, 1, WEEK, byTier), simulate(load, 1, WEEK)];
    expect(aged.load).toBeGreaterThan(1);
    expect(plain.tiers.watch?.shareRead).toBeLessThan(0.03);
    expect(aged.tiers.watch?.shareRead).toBeGreaterThan(aged.tiers.watch?.shareIn ?? 1);
    // Crisis cases do not wait longer, apart from differences in the cases being handled when they
    // arrive.
    expect(aged.tiers.crisis?.p95).toBeLessThanOrEqual((plain.tiers.crisis?.p95 ?? 0) + 3 * MINUTE);
  });

  it('is deterministic for a seed', () => {
    const draw = (seed: number): string =>
      JSON.stringify(randomLoad(seed, { urgent: 2, watch: 2 }, DAY));
    expect(draw(1)).toBe(draw(1));
    expect(draw(1)).not.toBe(draw(2));
  });

  it('counts unread cases with their wait so far', () => {
    const outcome = simulate(
      [
        { at: 0, tier: 'watch', target: DAY, work: 2 * DAY },
        { at: 0, tier: 'watch', target: DAY, work: 1 },
      ],
      1,
      DAY,
    );
    expect(outcome.tiers.watch).toMatchObject({ arrived: 2, read: 1, longest: DAY });
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2);
  });
});
