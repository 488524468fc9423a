import { DAY, later } from '../kernel/clock.js';
import { isWeeklyDay, nextDigest } from '../notifications/preferences/mail-timing.js';

/** After a long pause nobody wants to read of more than this. */
const LONGEST = 31 * DAY;

export interface Rhythm {
  readonly timeZone: string | null;
  readonly hour: number;
  readonly day: number;
  readonly daily: boolean;
  readonly weekly: boolean;
  /** Where the windows before ended. */
  readonly dailyUntil: Date | null;
  readonly weeklyUntil: Date | null;
}

export interface Window {
  readonly dailySince: Date | null;
  readonly weeklySince: Date | null;
  readonly until: Date;
}

/** What a digest at `until` is about; null where nothing is due then. */
export function windowAt(until: Date, rhythm: Rhythm): Window | null {
  const weekly = rhythm.weekly && isWeeklyDay(until, rhythm);
  if (!rhythm.daily && !weekly) return null;
  return {
    dailySince: rhythm.daily ? since(rhythm.dailyUntil, until, DAY) : null,
    weeklySince: weekly ? since(rhythm.weeklyUntil, until, 7 * DAY) : null,
    until,
  };
}

/** What the next digest would be about if it went out now. */
export function windowNow(now: Date, rhythm: Rhythm): Window {
  const { daily, weekly } = rhythm.daily || rhythm.weekly ? rhythm : { daily: false, weekly: true };
  return {
    dailySince: daily ? since(rhythm.dailyUntil, now, DAY) : null,
    weeklySince: weekly ? since(rhythm.weeklyUntil, now, 7 * DAY) : null,
    until: now,
  };
}

/**
 * The next one after this one, or after a pause. Where a worker was away, what it missed is one
 * digest and not many.
 */
export function nextAfter(now: Date, pausedUntil: Date | null, rhythm: Rhythm): Date | null {
  return (
    nextDigest(pausedUntil !== null && pausedUntil > now ? pausedUntil : now, rhythm)?.at ?? null
  );
}

function since(before: Date | null, until: Date, usual: number): Date {
  const begin = before ?? later(until, -usual);
  return begin < later(until, -LONGEST) ? later(until, -LONGEST) : begin;
}
