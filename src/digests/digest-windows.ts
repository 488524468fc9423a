import { DAY, later } from '../kernel/clock.js';
import { isWeeklyDay, nextDigest } from '../notifications/preferences/mail-timing.js';

/** Maximum length of a window in milliseconds, also after a long pause. */
const MAX_WINDOW = 31 * DAY;

/** When a member gets digests, and where the last windows ended. */
export interface DigestSchedule {
  readonly timeZone: string | null;
  readonly hour: number;
  readonly day: number;
  readonly daily: boolean;
  readonly weekly: boolean;
  /** Where the last windows ended. */
  readonly dailyUntil: Date | null;
  readonly weeklyUntil: Date | null;
}

/** The window of a digest; its start depends on the frequency of each kind of notice. */
export interface DigestWindow {
  /** Null if nothing is emailed daily. */
  readonly dailySince: Date | null;
  /** Null if nothing is emailed weekly, or not on this day. */
  readonly weeklySince: Date | null;
  readonly until: Date;
}

/** A digest of one member. */
export interface Digest extends DigestWindow {
  /** 0 for a preview. */
  readonly id: string;
  readonly memberId: string;
}

/** The window of a digest at `until`; null if none is due then. */
export function windowAt(until: Date, schedule: DigestSchedule): DigestWindow | null {
  const weekly = schedule.weekly && isWeeklyDay(until, schedule);
  if (!schedule.daily && !weekly) return null;
  return {
    dailySince: schedule.daily ? since(schedule.dailyUntil, until, DAY) : null,
    weeklySince: weekly ? since(schedule.weeklyUntil, until, 7 * DAY) : null,
    until,
  };
}

/** The window of the next digest if it were sent now. */
export function windowNow(now: Date, schedule: DigestSchedule): DigestWindow {
  const { daily, weekly } =
    schedule.daily || schedule.weekly ? schedule : { daily: false, weekly: true };
  return {
    dailySince: daily ? since(schedule.dailyUntil, now, DAY) : null,
    weeklySince: weekly ? since(schedule.weeklyUntil, now, 7 * DAY) : null,
    until: now,
  };
}

/**
 * When the next digest is due, after `now` or after a pause; null if none was chosen. Times missed
 * while no worker was running are skipped and covered by one digest.
 */
export function nextAfter(
  now: Date,
  pausedUntil: Date | null,
  schedule: DigestSchedule,
): Date | null {
  const from = pausedUntil !== null && pausedUntil > now ? pausedUntil : now;
  return nextDigest(from, schedule)?.at ?? null;
}

/**
 * `nextAfter` for many members at one time. Most share a time zone, an hour and a day, and working
 * out a local time takes a fifth of what a digest costs: it is worked out once for all of these.
 */
export function nextForMany(
  now: Date,
): (pausedUntil: Date | null, schedule: DigestSchedule) => Date | null {
  const known = new Map<string, Date | null>();
  return (pausedUntil, schedule) => {
    const { timeZone, hour, day, daily, weekly } = schedule;
    const paused = pausedUntil !== null && pausedUntil > now ? pausedUntil : null;
    const key = JSON.stringify([paused, timeZone, hour, day, daily, weekly]);
    let next = known.get(key);
    if (next === undefined) {
      next = nextAfter(now, paused, schedule);
      known.set(key, next);
    }
    return next;
  };
}

function since(lastUntil: Date | null, until: Date, length: number): Date {
  const begin = lastUntil ?? later(until, -length);
  const earliest = later(until, -MAX_WINDOW);
  return begin < earliest ? earliest : begin;
}
