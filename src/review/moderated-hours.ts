import { DAY, MINUTE } from '../kernel/clock.js';
import { wallTime } from '../i18n/zoned-time.js';

const WEEK = 7;

/**
 * The weekly hours in which moderators are present; times are local to `timeZone`, an IANA name.
 */
export interface ModeratedHours {
  timeZone: string;
  weekly: { days: number[]; from: string; to: string }[];
  outside: string;
}

interface LocalTime {
  /** 1 is Monday, 7 is Sunday. */
  day: number;
  /** Minutes since midnight. */
  minute: number;
}

// 1 January 1970 was a Thursday.
function localTime(now: Date, timeZone: string): LocalTime {
  const wall = wallTime(now, timeZone);
  return {
    day: ((((wall.day + 3) % WEEK) + WEEK) % WEEK) + 1,
    minute: wall.hour * 60 + wall.minute,
  };
}

function minutes(clock: string): number {
  const [hour, minute] = clock.split(':').map(Number);
  return (hour ?? 0) * 60 + (minute ?? 0);
}

/**
 * The moderated spans of one day in minutes since midnight, sorted. A span that ends at or before
 * its start continues past midnight.
 */
function spansOf(hours: ModeratedHours, day: number): { from: number; to: number }[] {
  const before = day === 1 ? WEEK : day - 1;
  return hours.weekly
    .flatMap(({ days, from, to }) => {
      const [start, end] = [minutes(from), minutes(to)];
      const late = end <= start;
      const own = days.includes(day) ? [{ from: start, to: late ? 24 * 60 : end }] : [];
      const rest = late && days.includes(before) && end > 0 ? [{ from: 0, to: end }] : [];
      return [...rest, ...own];
    })
    .sort((a, b) => a.from - b.from);
}

/** "09:30". @param minute since midnight */
function clockTime(minute: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Whether moderators are present now. */
export function isModeratedNow(hours: ModeratedHours, now: Date): boolean {
  const { day, minute } = localTime(now, hours.timeZone);
  return spansOf(hours, day).some(({ from, to }) => minute >= from && minute < to);
}

/**
 * The latest time until which `isModeratedNow` stays valid: the next start or end of a span, or the
 * end of the day. A clock change can only move it by whole quarters of an hour.
 */
export function moderationChanges(hours: ModeratedHours, now: Date): Date {
  const { day, minute } = localTime(now, hours.timeZone);
  const ends = spansOf(hours, day).flatMap(({ from, to }) => [from, to]);
  const next = Math.min(24 * 60, ...ends.filter((end) => end > minute));
  return new Date((Math.floor(now.getTime() / MINUTE) + next - minute) * MINUTE);
}

/** The next start of a moderated span, in local time; null if no hours are set. */
export function nextModerated(
  hours: ModeratedHours,
  now: Date,
): { inDays: number; day: number; from: string } | null {
  const { day, minute } = localTime(now, hours.timeZone);
  for (let inDays = 0; inDays <= WEEK; inDays += 1) {
    const that = ((day - 1 + inDays) % WEEK) + 1;
    const next = spansOf(hours, that).find(({ from }) => inDays > 0 || from > minute);
    if (next !== undefined)
      return {
        inDays,
        day: that,
        from: clockTime(next.from),
      };
  }
  return null;
}

/** When moderators are next present: now, or at the next start; null if no hours are set. */
export function moderatedFrom(hours: ModeratedHours, now: Date): Date | null {
  if (isModeratedNow(hours, now)) return now;
  const next = nextModerated(hours, now);
  if (next === null) return null;
  const wanted =
    (wallTime(now, hours.timeZone).day + next.inDays) * DAY + minutes(next.from) * MINUTE;
  // The clocks may change in between, so the guess is corrected by its own local time.
  const guess = new Date(
    Math.floor(now.getTime() / MINUTE) * MINUTE + wanted - localMilliseconds(now, hours.timeZone),
  );
  return new Date(guess.getTime() + wanted - localMilliseconds(guess, hours.timeZone));
}

function localMilliseconds(date: Date, timeZone: string): number {
  const wall = wallTime(date, timeZone);
  return wall.day * DAY + (wall.hour * 60 + wall.minute) * MINUTE;
}
