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

/** Beyond this the calendar warns about fatigue, but forbids nothing. */
export const MAX_SHIFT = 4 * HOUR;
/** Two shifts with less rest between them count as consecutive. */
const MIN_REST = 12 * HOUR;
const STEP = 30 * MINUTE;

/** A week from Monday to Monday. */
export interface Week extends Span {
  /** Mondays of the previous and next week, `2026-11-23`. */
  readonly before: string;
  readonly after: string;
}

/**
 * The calendar week of a day in the given zone.
 * @param day `2026-11-25`; anything else means today
 * @param zone IANA name
 */
export function weekOf(day: string | undefined, now: Date, zone: string): Week {
  const wanted = DateTime.fromISO(/^20\d\d-\d\d-\d\d$/.test(day ?? '') ? (day ?? '') : '', {
    zone,
  });
  const start = (wanted.isValid ? wanted : DateTime.fromJSDate(now, { zone })).startOf('week');
  const name = (weeks: number): string => start.plus({ weeks }).toFormat('yyyy-MM-dd');
  return {
    from: start.toJSDate(),
    to: start.plus({ weeks: 1 }).toJSDate(),
    before: name(-1),
    after: name(1),
  };
}

/** The local calendar days of a week; a day with a clock change has 23 or 25 hours. */
export function daysOf({ from, to }: Span, zone: string): Span[] {
  const start = DateTime.fromJSDate(from, { zone });
  const count = Math.round(DateTime.fromJSDate(to, { zone }).diff(start, 'days').days);
  return Array.from({ length: count }, (_, day) => ({
    from: start.plus({ days: day }).toJSDate(),
    to: start.plus({ days: day + 1 }).toJSDate(),
  }));
}

/**
 * The span described by a form's day and times; an end before the start means past midnight. In an
 * hour that occurs twice, a start means the first occurrence and an end the second: luxon alone
 * decides by today's offset (findings/luxon-ambiguous-hour-depends-on-today.sh).
 * @param zone IANA name
 * @returns null if there is no such day or hour
 */
export function spanOf(day: string, from: string, to: string, zone: string): Span | null {
  const [begins, ends] = [from, to].map((time) => DateTime.fromISO(`${day}T${time}`, { zone })) as [
    DateTime,
    DateTime,
  ];
  if (!begins.isValid || !ends.isValid) return null;
  const start = timesOf(begins).first;
  const end = timesOf(ends).last;
  // Compares local times, so that 01:30 to 01:00 crosses midnight even on the night of a clock
  // change.
  const past = to <= from || end <= start ? timesOf(ends.plus({ days: 1 })).last : end;
  return { from: start.toJSDate(), to: past.toJSDate() };
}

/** The instants with this local time: one, or two when the clocks go back. */
function timesOf(at: DateTime): { first: DateTime; last: DateTime } {
  const times = at.getPossibleOffsets().sort((a, b) => a.toMillis() - b.toMillis());
  return { first: times.at(0) ?? at, last: times.at(-1) ?? at };
}

export type Warning = 'long' | 'in-a-row';

/**
 * Warnings by shift id.
 * @param shifts of anybody, including those shortly before the displayed week
 */
export function warningsOf(shifts: readonly Shift[]): Map<string, Warning[]> {
  const warnings = new Map<string, Warning[]>();
  const add = (id: string, warning: Warning): void =>
    void warnings.set(id, [...(warnings.get(id) ?? []), warning]);
  for (const one of shifts) {
    if (one.to.getTime() - one.from.getTime() > MAX_SHIFT) add(one.id, 'long');
    const before = shifts.some(
      (other) =>
        other.duty === 'lead' &&
        other.memberId === one.memberId &&
        other.from < one.from &&
        one.from.getTime() - other.to.getTime() < MIN_REST,
    );
    if (one.duty === 'lead' && before) add(one.id, 'in-a-row');
  }
  return warnings;
}

/** The union of the spans as disjoint spans, sorted by start. */
export function unionOf(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.from.getTime() - b.from.getTime());
  const union: { from: Date; to: Date }[] = [];
  for (const { from, to } of sorted) {
    const last = union.at(-1);
    if (last === undefined || last.to < from) union.push({ from, to });
    else if (last.to < to) last.to = to;
  }
  return union;
}

/** Spans in which a community's hours promise moderation but no moderator is on shift. */
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
