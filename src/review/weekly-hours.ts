import { DateTime } from 'luxon';
import { wallTime } from '../i18n/zoned-time.js';
import { ComputedOnce } from '../kernel/computed-once.js';
import type { ModeratedHours } from './moderated-hours.js';

const WEEK = 7;
const END_OF_DAY = 24 * 60;

/** From and to in minutes since midnight; 1440 is the end of the day. */
interface Stretch {
  from: number;
  to: number;
}

/**
 * Consecutive days (1 is Monday) with the same hours, as `09:00`; midnight at the end is `24:00`.
 */
export interface WeeklyHours {
  readonly first: number;
  readonly last: number;
  readonly stretches: readonly { readonly from: string; readonly to: string }[];
}

/** Cache by hours, time zone and week. */
const weeks = new ComputedOnce<readonly WeeklyHours[]>(1_000);

/**
 * Converts weekly hours to another time zone, using the offsets of the week around `now`. Days
 * without hours are left out. Cached for each week, as every page of a community shows them.
 */
export function weeklyHoursIn(
  hours: ModeratedHours,
  timeZone: string,
  now: Date,
): readonly WeeklyHours[] {
  // 1 January 1970 was a Thursday.
  const week = Math.floor((wallTime(now, hours.timeZone).day + 3) / WEEK);
  const key = JSON.stringify([hours.timeZone, hours.weekly, timeZone, week]);
  return weeks.get(key, () => computed(hours, timeZone, now));
}

function computed(hours: ModeratedHours, timeZone: string, now: Date): WeeklyHours[] {
  const monday = DateTime.fromJSDate(now, { zone: hours.timeZone }).startOf('week');
  const week = Array.from({ length: WEEK }, (): Stretch[] => []);
  for (const { days, from, to } of hours.weekly) {
    for (const day of days) {
      const begins = at(monday.plus({ days: day - 1 }), from);
      const ends = at(monday.plus({ days: to <= from ? day : day - 1 }), to);
      addSpan(week, begins.setZone(timeZone), ends.setZone(timeZone));
    }
  }
  return daysInARow(week.map(mergeSpans));
}

function at(day: DateTime, clock: string): DateTime {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return day.set({ hour, minute });
}

/** Adds a span to each day that it overlaps. */
function addSpan(week: Stretch[][], begins: DateTime, ends: DateTime): void {
  let start = begins;
  while (start < ends) {
    const midnight = start.startOf('day').plus({ days: 1 });
    const stops = ends < midnight;
    const to = stops ? minuteOf(ends) : END_OF_DAY;
    week[start.weekday - 1]?.push({ from: minuteOf(start), to });
    start = midnight;
  }
}

function minuteOf(time: DateTime): number {
  return time.hour * 60 + time.minute;
}

/** Sorted spans, with overlapping and adjacent ones merged. */
function mergeSpans(stretches: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const { from, to } of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

function daysInARow(week: readonly Stretch[][]): WeeklyHours[] {
  const rows: WeeklyHours[] = [];
  week.forEach((day, index) => {
    if (day.length === 0) return;
    const stretches = day.map(({ from, to }) => ({ from: clockOf(from), to: clockOf(to) }));
    const last = rows.at(-1);
    const same = JSON.stringify(last?.stretches) === JSON.stringify(stretches);
    if (last !== undefined && same && last.last === index) {
      rows[rows.length - 1] = { ...last, last: index + 1 };
    } else rows.push({ first: index + 1, last: index + 1, stretches });
  });
  return rows;
}

function clockOf(minutes: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
