import type { Translator } from '../i18n/translator.js';
import {
  isModeratedNow,
  moderatedFrom,
  moderationChanges,
  type ModeratedHours,
} from '../review/moderated-hours.js';
import { weeklyHoursIn, type WeeklyHours } from '../review/weekly-hours.js';

/** A sentence that says whether a moderator is on duty now, or when, in the reader's time zone. */
export function hoursInWords(i18n: Translator, hours: ModeratedHours, now: Date): string {
  i18n.changesAt(moderationChanges(hours, now));
  if (isModeratedNow(hours, now)) return i18n.t('communities.hours.now');
  const from = moderatedFrom(hours, now);
  if (from === null) return i18n.t('communities.hours.none');
  return i18n.t('communities.hours.again', { when: i18n.soon(from) });
}

export interface WeeklyHoursView {
  rows: { days: string; times: string }[];
  /** Name of the time zone. */
  zone: string;
}

/** The hours of a week in the reader's time zone; null if none are set. */
export function weeklyHoursView(
  i18n: Translator,
  hours: ModeratedHours,
  now: Date,
): WeeklyHoursView | null {
  const rows = weeklyHoursIn(hours, i18n.timeZone, now);
  if (rows.length === 0) return null;
  return {
    rows: rows.map((row) => ({ days: daysOf(i18n, row), times: timesOf(i18n, row) })),
    zone: i18n.t('communities.hours.zone', { zone: i18n.zoneName }),
  };
}

function daysOf(i18n: Translator, { first, last }: WeeklyHours): string {
  if (first === 1 && last === 7) return i18n.t('communities.hours.every-day');
  const name = (day: number): string => i18n.t(`communities.hours.weekday.${day}`);
  if (first === last) return name(first);
  return i18n.t('communities.hours.days', { first: name(first), last: name(last) });
}

function timesOf(i18n: Translator, { stretches }: WeeklyHours): string {
  return i18n.list(
    stretches.map(({ from, to }) =>
      from === '00:00' && to === '24:00'
        ? i18n.t('communities.hours.all-day')
        : i18n.t('communities.hours.times', { from, to }),
    ),
  );
}
