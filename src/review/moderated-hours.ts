import { DAY, MINUTE } from '../kernel/clock.js';
import { wallTime } from '../i18n/zoned-time.js';

const WEEK = 7;

/** When somebody looks after a community; times are local to `timeZone`. */
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

// The first of January 1970 was a Thursday.
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
 * The stretches of one day, in minutes, in order. A stretch that ends at or before its beginning
 * goes on past midnight.
 */
function stretches(hours: ModeratedHours, day: number): { from: number; to: number }[] {
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

/** Whether somebody looks after the community at this moment. */
export function isModeratedNow(hours: ModeratedHours, now: Date): boolean {
  const { day, minute } = localTime(now, hours.timeZone);
  return stretches(hours, day).some(({ from, to }) => minute >= from && minute < to);
}

/** When somebody is there again: days from today and local minutes; null where no hours are set. */
export function nextModerated(
  hours: ModeratedHours,
  now: Date,
): { inDays: number; day: number; from: string } | null {
  const { day, minute } = localTime(now, hours.timeZone);
  for (let inDays = 0; inDays <= WEEK; inDays += 1) {
    const that = ((day - 1 + inDays) % WEEK) + 1;
    const next = stretches(hours, that).find(({ from }) => inDays > 0 || from > minute);
    if (next !== undefined)
      return {
        inDays,
        day: that,
        from: `${String(Math.floor(next.from / 60)).padStart(2, '0')}:${String(next.from % 60).padStart(2, '0')}`,
      };
  }
  return null;
}

/**
 * The moment at which somebody is there: now, or the next beginning; null where no hours are set.
 */
export function moderatedFrom(hours: ModeratedHours, now: Date): Date | null {
  if (isModeratedNow(hours, now)) return now;
  const next = nextModerated(hours, now);
  if (next === null) return null;
  const wanted =
    (wallTime(now, hours.timeZone).day + next.inDays) * DAY + minutes(next.from) * MINUTE;
  // The clocks may change in between: what the wall shows at the guess says how far off it is.
  const guess = new Date(
    Math.floor(now.getTime() / MINUTE) * MINUTE + wanted - shown(now, hours.timeZone),
  );
  return new Date(guess.getTime() + wanted - shown(guess, hours.timeZone));
}

function shown(date: Date, timeZone: string): number {
  const wall = wallTime(date, timeZone);
  return wall.day * DAY + (wall.hour * 60 + wall.minute) * MINUTE;
}
