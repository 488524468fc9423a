import { DAY, MINUTE } from '../kernel/clock.js';
import { wallTime } from '../i18n/zoned-time.js';

/**
 * Maximum delay for opening a weekly thread, in minutes: nobody replies to yesterday's check-in.
 */
const LATEST = 12 * 60;

export interface Weekly {
  /** 1 is Monday, 7 is Sunday. The hour is in the community's time zone. */
  readonly weekday: number;
  readonly hour: number;
  readonly createdAt: Date;
}

/**
 * The local day, as `2026-11-25`, for which a thread is due and not too late; null if there is
 * none. A prompt created after its hour starts in the following week. Pure.
 */
export function dueDay(weekly: Weekly, timeZone: string, now: Date): string | null {
  const wall = wallTime(now, timeZone);
  // 1 January 1970 was a Thursday.
  const today = ((((wall.day + 3) % 7) + 7) % 7) + 1;
  const daysAgo = (today - weekly.weekday + 7) % 7;
  const late = daysAgo * 24 * 60 + wall.hour * 60 + wall.minute - weekly.hour * 60;
  if (late < 0 || late >= LATEST || late * MINUTE > now.getTime() - weekly.createdAt.getTime())
    return null;
  return new Date((wall.day - daysAgo) * DAY).toISOString().slice(0, 10);
}
