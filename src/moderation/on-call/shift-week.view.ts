import { dateTimeFormat } from '../../kernel/intl.js';
import { capital } from '../../i18n/capital.js';
import type { Translator } from '../../i18n/translator.js';
import { weekChart, type DayBar } from '../../rendering/week-chart.js';
import { DUTIES } from './escalation-policy.js';
import { daysOf, unionOf, type Shift, type Span } from './shift-times.js';

/** Hours that are marked by a grid line. */
const HOURS = [0, 6, 12, 18];

/**
 * Draws the week as SVG: a column for each day, divided into a lane for each duty, and an outline
 * where promised cover is missing.
 * @param gaps of all communities; overlapping ones are merged
 */
export function shiftWeek(
  week: Span,
  shifts: readonly Shift[],
  gaps: readonly Span[],
  i18n: Translator,
): string {
  const uncovered = unionOf(gaps);
  const label = dateTimeFormat(i18n.locale === 'en' ? 'en-GB' : i18n.locale, {
    weekday: 'short',
    timeZone: i18n.timeZone,
  });
  return weekChart({
    id: 'shift-week',
    title: i18n.t('moderation.shifts.chart'),
    description: i18n.t('moderation.shifts.chart-text'),
    lanes: DUTIES.length,
    hours: HOURS.map((hour) => ({ at: hour / 24, label: `${String(hour).padStart(2, '0')}:00` })),
    days: daysOf(week, i18n.timeZone).map((day) => ({
      label: capital(label.format(day.from)),
      bars: [
        ...uncovered.flatMap((gap) => barsOf(gap, day, null)),
        ...shifts.flatMap((shift) => barsOf(shift, day, DUTIES.indexOf(shift.duty))),
      ],
    })),
  });
}

/** The part of a span that falls on a day; empty if it does not overlap. */
function barsOf({ from, to }: Span, day: Span, lane: number | null): DayBar[] {
  if (to <= day.from || from >= day.to) return [];
  const part = (at: Date): number =>
    Math.min(
      1,
      Math.max(0, (at.getTime() - day.from.getTime()) / (day.to.getTime() - day.from.getTime())),
    );
  return [{ from: part(from), to: part(to), lane }];
}
