import { DAY, HOUR } from '../kernel/clock.js';

const QUARTER = HOUR / 4;
const readers = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();
const MOST_KEPT = 20_000;

/** Minutes and days of a time zone's clock on the wall. */
export interface WallTime {
  /** Days since 1970-01-01 there. */
  day: number;
  hour: number;
  minute: number;
}

function measured(milliseconds: number, timeZone: string): number {
  let reader = readers.get(timeZone);
  if (reader === undefined) {
    reader = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    readers.set(timeZone, reader);
  }
  const parts = Object.fromEntries(
    reader.formatToParts(milliseconds).map(({ type, value }) => [type, Number(value)]),
  );
  const wall = Date.UTC(
    parts.year ?? 0,
    (parts.month ?? 1) - 1,
    parts.day ?? 1,
    parts.hour ?? 0,
    parts.minute ?? 0,
  );
  return wall - Math.floor(milliseconds / 60_000) * 60_000;
}

// Clocks change at most at a full quarter of an hour; where both ends of a day agree, all of it
// does.
function offsetAt(milliseconds: number, timeZone: string): number {
  const day = Math.floor(milliseconds / DAY);
  const key = `${timeZone} ${day}`;
  const known = offsets.get(key);
  if (known !== undefined)
    return Number.isNaN(known)
      ? measured(Math.floor(milliseconds / QUARTER) * QUARTER, timeZone)
      : known;
  const [start, end] = [
    measured(day * DAY, timeZone),
    measured((day + 1) * DAY - QUARTER, timeZone),
  ];
  if (offsets.size >= MOST_KEPT) offsets.clear();
  offsets.set(key, start === end ? start : Number.NaN);
  return offsetAt(milliseconds, timeZone);
}

/** What the clock on the wall shows; `Intl` is asked once for each day and zone. */
export function wallTime(date: Date, timeZone: string): WallTime {
  const local = date.getTime() + offsetAt(date.getTime(), timeZone);
  const day = Math.floor(local / DAY);
  const minutes = Math.floor((local - day * DAY) / 60_000);
  return { day, hour: Math.floor(minutes / 60), minute: minutes % 60 };
}
