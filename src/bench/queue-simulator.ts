import { DAY, HOUR, MINUTE } from '../kernel/clock.js';
import type { CaseTier } from '../triage/risk.js';
import { compareCases, type Waiting } from '../moderation/core/case-order.js';

/** A case on arrival. Times in milliseconds from the beginning. */
export interface Arrival {
  readonly at: number;
  readonly tier: CaseTier;
  /** Time from arrival until it is due. */
  readonly target: number;
  /** How long a moderator works on it. */
  readonly work: number;
  readonly trusted?: boolean;
  readonly danger?: boolean;
}

export interface TierFigures {
  readonly arrived: number;
  readonly read: number;
  /** Waiting times until a moderator begins, in milliseconds. */
  readonly median: number;
  readonly p95: number;
  readonly longest: number;
  readonly target: number;
  /** Share of arrivals, and of cases read. */
  readonly shareIn: number;
  readonly shareRead: number;
}

export interface Outcome {
  readonly tiers: Readonly<Partial<Record<CaseTier, TierFigures>>>;
  /** Work that arrived divided by the time available: above 1 nobody could keep up. */
  readonly load: number;
}

export type Order = (a: Waiting, b: Waiting, now: number) => number;

/**
 * Simulates moderators who always take the first case in the queue and finish it. A case still
 * waiting at the end counts with its wait so far, so that neglect does not improve the result.
 * @param hours the simulated time, in milliseconds
 */
export function simulate(
  arrivals: readonly Arrival[],
  moderators: number,
  hours: number,
  order: Order = compareCases,
): Outcome {
  const coming = [...arrivals].sort((a, b) => a.at - b.at);
  const free = Array.from({ length: moderators }, () => 0);
  const waiting: (Waiting & { work: number })[] = [];
  const begun: { tier: CaseTier; wait: number }[] = [];
  let next = 0;
  let now = 0;
  const take = (): void => {
    for (; next < coming.length; next += 1) {
      const one = coming[next];
      if (one === undefined || one.at > now) return;
      waiting.push({
        id: next,
        tier: one.tier,
        openedAt: one.at,
        dueAt: one.at + one.target,
        trusted: one.trusted === true,
        danger: one.danger === true,
        work: one.work,
      });
    }
  };
  for (;;) {
    const at = free.indexOf(Math.min(...free));
    now = Math.max(now, free[at] ?? 0);
    take();
    if (waiting.length === 0) {
      const coming1 = coming[next];
      if (coming1 === undefined || coming1.at >= hours) break;
      now = coming1.at;
      take();
    }
    if (now >= hours) break;
    const first = waiting.reduce((best, one) => (order(one, best, now) < 0 ? one : best));
    waiting.splice(waiting.indexOf(first), 1);
    begun.push({ tier: first.tier, wait: now - first.openedAt });
    free[at] = now + first.work;
  }
  const left = waiting.map((one) => ({ tier: one.tier, wait: hours - one.openedAt }));
  return {
    tiers: figures(coming, begun, left),
    load: coming.reduce((sum, { work }) => sum + work, 0) / (moderators * hours),
  };
}

function figures(
  coming: readonly Arrival[],
  begun: { tier: CaseTier; wait: number }[],
  left: { tier: CaseTier; wait: number }[],
): Outcome['tiers'] {
  const tiers: Partial<Record<CaseTier, TierFigures>> = {};
  for (const tier of ['crisis', 'urgent', 'watch', 'unknown', 'none'] as const) {
    const arrived = coming.filter((one) => one.tier === tier);
    if (arrived.length === 0) continue;
    const read = begun.filter((one) => one.tier === tier);
    const waits = [...read, ...left.filter((one) => one.tier === tier)]
      .map(({ wait }) => wait)
      .sort((a, b) => a - b);
    tiers[tier] = {
      arrived: arrived.length,
      read: read.length,
      median: quantile(waits, 0.5),
      p95: quantile(waits, 0.95),
      longest: waits.at(-1) ?? 0,
      target: Math.min(...arrived.map(({ target }) => target)),
      shareIn: arrived.length / coming.length,
      shareRead: begun.length === 0 ? 0 : read.length / begun.length,
    };
  }
  return tiers;
}

/** @param sorted ascending */
export function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? 0;
}

/** Hourly arrivals for each tier. */
export type Rates = Readonly<Partial<Record<CaseTier, number>>>;

const TARGET: Record<CaseTier, number> = {
  crisis: 10 * MINUTE,
  urgent: HOUR,
  watch: 12 * HOUR,
  unknown: 12 * HOUR,
  none: DAY,
};
/** Minutes of work on a case; a crisis involves a conversation. */
const WORK: Record<CaseTier, number> = { crisis: 12, urgent: 7, watch: 4, unknown: 4, none: 2 };

/**
 * A random load, deterministic for a seed. @param busy factor of the evening peak, as in a forum; 1
 * for an even day
 */
export function randomLoad(seed: number, rates: Rates, hours: number, busy = 2): Arrival[] {
  const draw = generator(seed);
  const arrivals: Arrival[] = [];
  for (const tier of Object.keys(rates) as CaseTier[]) {
    const most = (rates[tier] ?? 0) * busy;
    for (
      let at = -Math.log(1 - draw()) / most;
      most > 0 && at * HOUR < hours;
      at += -Math.log(1 - draw()) / most
    ) {
      // Varies from 1 to `busy` over the day, with its peak at nine in the evening.
      const now = (1 + busy + (busy - 1) * Math.cos(((at - 21) / 12) * Math.PI)) / 2;
      if (draw() * busy > (now * 2) / (1 + busy)) continue;
      arrivals.push({
        at: at * HOUR,
        tier,
        target: TARGET[tier],
        work: (0.5 + draw()) * WORK[tier] * MINUTE,
        trusted: draw() < 0.1,
      });
    }
  }
  return arrivals;
}

/** Repeats a day recorded as lines of `HH:MM tier`. */
export function recordedLoad(lines: readonly string[], days: number): Arrival[] {
  const day = lines.map((line, at) => {
    const [, hour = '0', minute = '0', tier = 'none'] = /^(\d\d):(\d\d) (\w+)$/.exec(line) ?? [];
    return {
      at: Number(hour) * HOUR + Number(minute) * MINUTE,
      tier: tier as CaseTier,
      target: TARGET[tier as CaseTier],
      work: WORK[tier as CaseTier] * MINUTE * (0.6 + (at % 5) / 5),
    };
  });
  return Array.from({ length: days }, (_, n) =>
    day.map((one) => ({ ...one, at: one.at + n * DAY })),
  ).flat();
}

/** Mulberry32, a small portable generator. @returns numbers in [0, 1) */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
