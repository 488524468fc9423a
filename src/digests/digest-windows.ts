import { DAY, later } from '../kernel/clock.js';
import { isWeeklyDay, nextDigest } from '../notifications/preferences/mail-timing.js';

/** The most that a digest covers, in milliseconds: after a long pause nobody wants more. */
const LONGEST = 31 * DAY;

/** When a member wants digests, and how far the last ones reached. */
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

/** What a digest covers: from one of its beginnings, by how often a kind of notice comes. */
export interface DigestWindow {
  /** Null where nothing comes daily. */
  readonly dailySince: Date | null;
  /** Null where nothing comes weekly, or not today. */
  readonly weeklySince: Date | null;
  readonly until: Date;
}

/** A digest of one member. */
export interface Digest extends DigestWindow {
  /** 0 for a preview. */
  readonly id: string;
  readonly memberId: string;
}

/** What a digest at `until` covers; null where nothing is due then. */
export function windowAt(until: Date, schedule: DigestSchedule): DigestWindow | null {
  const weekly = schedule.weekly && isWeeklyDay(until, schedule);
  if (!schedule.daily && !weekly) return null;
  return {
    dailySince: schedule.daily ? since(schedule.dailyUntil, until, DAY) : null,
    weeklySince: weekly ? since(schedule.weeklyUntil, until, 7 * DAY) : null,
    until,
  };
}

/** What the next digest would cover if it went out now. */
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
 * When the next digest is due, after `now` or after a pause; null where none is wanted. What fell
 * due while no worker ran is one digest, not many.
 */
export function nextAfter(
  now: Date,
  pausedUntil: Date | null,
  schedule: DigestSchedule,
): Date | null {
  const from = pausedUntil !== null && pausedUntil > now ? pausedUntil : now;
  return nextDigest(from, schedule)?.at ?? null;
}

function since(lastUntil: Date | null, until: Date, length: number): Date {
  const begin = lastUntil ?? later(until, -length);
  const earliest = later(until, -LONGEST);
  return begin < earliest ? earliest : begin;
}
