import { IANAZone } from 'luxon';
import { DAY, HOUR, MINUTE } from '../kernel/clock.js';
import { ComputedOnce } from '../kernel/computed-once.js';

const QUARTER = HOUR / 4;
/** Offsets in milliseconds by zone and day; NaN if the clocks change that day. */
const offsets = new ComputedOnce<number>(20_000);

/** Local time in a time zone. */
interface WallTime {
  /** Local days since 1970-01-01. */
  day: number;
  hour: number;
  minute: number;
}

/** The offset from UTC, in milliseconds. */
function computeOffset(milliseconds: number, timeZone: string): number {
  const minutes = IANAZone.create(timeZone).offset(milliseconds);
  if (Number.isNaN(minutes)) throw new RangeError('no such time zone');
  return Math.floor(minutes) * MINUTE;
}

// Offsets change only at full quarters of an hour. If both ends of a day have the same offset, it
// applies to the whole day.
function offsetAt(milliseconds: number, timeZone: string): number {
  const day = Math.floor(milliseconds / DAY);
  const offset = offsets.get(`${timeZone} ${day}`, () => {
    const start = computeOffset(day * DAY, timeZone);
    return start === computeOffset((day + 1) * DAY - QUARTER, timeZone) ? start : Number.NaN;
  });
  return Number.isNaN(offset)
    ? computeOffset(Math.floor(milliseconds / QUARTER) * QUARTER, timeZone)
    : offset;
}

/**
 * Local time in a zone. The offset is cached per day and zone, because pages format many times.
 * @param timeZone IANA name
 * @throws RangeError for an unknown zone
 */
export function wallTime(date: Date, timeZone: string): WallTime {
  const local = date.getTime() + offsetAt(date.getTime(), timeZone);
  const day = Math.floor(local / DAY);
  const minutes = Math.floor((local - day * DAY) / MINUTE);
  return { day, hour: Math.floor(minutes / 60), minute: minutes % 60 };
}
