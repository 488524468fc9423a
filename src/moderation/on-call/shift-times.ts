import { DateTime } from 'luxon';
import { HOUR, later, MINUTE } from '../../kernel/clock.js';
import { isModeratedNow, type ModeratedHours } from '../../review/moderated-hours.js';
import type { Duty } from './escalation-policy.js';

export interface Span {
  readonly from: Date;
  readonly to: Date;
}

export interface Shift extends Span {
  readonly id: string;
  readonly memberId: string;
  readonly duty: Duty;
}

/** Longer wears people out: said, never forbidden. */
export const LONGEST_SHIFT = 4 * HOUR;
/** Two turns with less between them are in a row. */
const REST = 12 * HOUR;
const STEP = 30 * MINUTE;

/**
 * The week with a day in it, from Monday, as the wall shows it. @param day `2026-11-25`; anything
 * else is today
 */
export function weekOf(
  day: string | undefined,
  now: Date,
  zone: string,
): Span & { before: string; after: string } {
  const asked = DateTime.fromISO(/^20\d\d-\d\d-\d\d$/.test(day ?? '') ? (day ?? '') : '', { zone });
  const start = (asked.isValid ? asked : DateTime.fromJSDate(now, { zone })).startOf('week');
  const name = (weeks: number): string => start.plus({ weeks }).toFormat('yyyy-MM-dd');
  return {
    from: start.toJSDate(),
    to: start.plus({ weeks: 1 }).toJSDate(),
    before: name(-1),
    after: name(1),
  };
}

/**
 * A stretch as its form gives it; one that ends before it begins goes on past midnight. An hour
 * that comes twice is meant the first time where the stretch begins and the second time where it
 * ends: by itself luxon decides by today's offset
 * (findings/luxon-ambiguous-hour-depends-on-today.sh). Null where there is no such day or hour.
 */
export function spanOf(day: string, from: string, to: string, zone: string): Span | null {
  const [begins, ends] = [from, to].map((time) => DateTime.fromISO(`${day}T${time}`, { zone })) as [
    DateTime,
    DateTime,
  ];
  if (!begins.isValid || !ends.isValid) return null;
  const start = timesOf(begins).first;
  const end = timesOf(ends).last;
  // By the clock on the wall: 01:30 to 01:00 goes on past midnight on such a night as well.
  const past = to <= from || end <= start ? timesOf(ends.plus({ days: 1 })).last : end;
  return { from: start.toJSDate(), to: past.toJSDate() };
}

/** The moments at which a clock on the wall shows this: one, or two when the clocks go back. */
function timesOf(at: DateTime): { first: DateTime; last: DateTime } {
  const times = at.getPossibleOffsets().sort((a, b) => a.toMillis() - b.toMillis());
  return { first: times.at(0) ?? at, last: times.at(-1) ?? at };
}

export type Warning = 'long' | 'in-a-row';

/**
 * What to think about, by shift. @param shifts of anybody, with those before the week that is
 * looked at
 */
export function warningsOf(shifts: readonly Shift[]): Map<string, Warning[]> {
  const found = new Map<string, Warning[]>();
  const add = (id: string, warning: Warning): void =>
    void found.set(id, [...(found.get(id) ?? []), warning]);
  for (const one of shifts) {
    if (one.to.getTime() - one.from.getTime() > LONGEST_SHIFT) add(one.id, 'long');
    const before = shifts.some(
      (other) =>
        other.duty === 'lead' &&
        other.memberId === one.memberId &&
        other.from < one.from &&
        one.from.getTime() - other.to.getTime() < REST,
    );
    if (one.duty === 'lead' && before) add(one.id, 'in-a-row');
  }
  return found;
}

/** When a place says that somebody is there, and nobody who looks after it is on shift. */
export function gapsOf(hours: ModeratedHours, shifts: readonly Span[], within: Span): Span[] {
  const gaps: { from: Date; to: Date }[] = [];
  if (hours.weekly.length === 0) return gaps;
  for (let at = within.from; at < within.to; at = later(at, STEP)) {
    if (!isModeratedNow(hours, at) || shifts.some(({ from, to }) => from <= at && to > at))
      continue;
    const last = gaps.at(-1);
    if (last?.to.getTime() === at.getTime()) last.to = later(at, STEP);
    else gaps.push({ from: at, to: later(at, STEP) });
  }
  return gaps;
}
