import { DateTime } from 'luxon';
import { wallTime } from '../../i18n/zoned-time.js';

/** The time zone of members who have chosen none; also used on pages. */
export const DEFAULT_ZONE = 'Europe/London';

export interface DigestTimes {
  readonly timeZone: string | null;
  /** Local hour, 0 to 23. */
  readonly hour: number;
  /** Day of the weekly digest, 1 (Monday) to 7 (Sunday). */
  readonly day: number;
  readonly daily: boolean;
  readonly weekly: boolean;
}

export interface QuietHours {
  readonly timeZone: string | null;
  /**
   * Local hours, `from` inclusive and `to` exclusive, across midnight if `to` is smaller; null for
   * none.
   */
  readonly from: number | null;
  readonly to: number | null;
}

function local(at: Date, timeZone: string | null): DateTime {
  const there = DateTime.fromJSDate(at, { zone: timeZone ?? DEFAULT_ZONE });
  return there.isValid ? there : DateTime.fromJSDate(at, { zone: DEFAULT_ZONE });
}

// Its offsets are cached, which makes it cheaper for many members than a DateTime.
function wallTimeOf(at: Date, timeZone: string | null): ReturnType<typeof wallTime> {
  try {
    return wallTime(at, timeZone ?? DEFAULT_ZONE);
  } catch {
    // As above: a zone that is not known here.
    return wallTime(at, DEFAULT_ZONE);
  }
}

// An hour skipped by daylight saving time starts after the change; an hour that occurs twice counts
// the first time.
function hourOf(day: DateTime, hour: number): DateTime {
  const at = day.startOf('day').set({ hour });
  const [first = at] = at.getPossibleOffsets().sort((a, b) => a.toMillis() - b.toMillis());
  return first;
}

/**
 * The first time after `after` at which a digest is due, and whether it is the weekly one.
 * @returns null if the member gets no digests
 */
export function nextDigest(after: Date, times: DigestTimes): { at: Date; weekly: boolean } | null {
  if (!times.daily && !times.weekly) return null;
  const start = local(after, times.timeZone);
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const day = start.startOf('day').plus({ days: ahead });
    const weekly = times.weekly && day.weekday === times.day;
    if (!times.daily && !weekly) continue;
    const at = hourOf(day, times.hour);
    if (at.toMillis() > after.getTime()) return { at: at.toJSDate(), weekly };
  }
  throw new Error('no day of the week came');
}

/** Whether a local hour is within quiet hours. */
export function isQuiet(hour: number, { from, to }: Pick<QuietHours, 'from' | 'to'>): boolean {
  if (from === null || to === null || from === to) return false;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}

/** `at`, or the end of the quiet hours that include it. */
export function afterQuietHours(at: Date, { timeZone, from, to }: QuietHours): Date {
  if (from === null || to === null) return at;
  const now = local(at, timeZone);
  if (!isQuiet(now.hour, { from, to })) return at;
  return hourOf(now.hour < to ? now : now.startOf('day').plus({ days: 1 }), to).toJSDate();
}

/** Start of the reader's local day and of the next one. */
export function dayAround(at: Date, timeZone: string | null): { start: Date; end: Date } {
  const start = local(at, timeZone).startOf('day');
  return { start: start.toJSDate(), end: start.plus({ days: 1 }).startOf('day').toJSDate() };
}

/** Start of a day given as 2026-03-29; null for an invalid date. */
export function dayNamed(date: string, timeZone: string | null): Date | null {
  const day = DateTime.fromISO(date, { zone: timeZone ?? DEFAULT_ZONE })
    .startOf('day')
    .toJSDate();
  return Number.isNaN(day.getTime()) ? null : day;
}

/** The reader's local date, such as 2026-03-29. */
export function dayName(at: Date, timeZone: string | null): string {
  return local(at, timeZone).toISODate() ?? '';
}

/** Whether the reader's local day is the day of their weekly digest. */
export function isWeeklyDay(at: Date, times: { timeZone: string | null; day: number }): boolean {
  // The first day of the epoch was a Thursday.
  return ((wallTimeOf(at, times.timeZone).day + 3) % 7) + 1 === times.day;
}
