import type { Translator } from '../../i18n/translator.js';
import { gapsOf, warningsOf, type Span } from './shift-times.js';
import type { CoveredPlace, ShiftRow } from './shifts.queries.js';

/** More are counted, not told. */
const GAPS_SHOWN = 6;

/** @param shifts with those shortly before the week */
export function shiftRows(
  shifts: readonly ShiftRow[],
  week: Span,
  staff: boolean,
  i18n: Translator,
): object[] {
  const warnings = warningsOf(shifts);
  return shifts
    .filter(({ to }) => to > week.from)
    .map((one) => ({
      id: one.id,
      who: one.handle,
      duty: i18n.t(`moderation.duty.${one.duty}`),
      when: spanWords(one, i18n),
      by:
        one.enteredBy === null
          ? null
          : i18n.t('moderation.shifts.entered-by', { who: one.enteredBy }),
      warnings: (warnings.get(one.id) ?? []).map((warning) =>
        i18n.t(`moderation.shifts.warning.${warning}`),
      ),
      mayRemove: one.mine || staff,
      label: i18n.t('moderation.shifts.remove-which', {
        who: one.handle,
        when: spanWords(one, i18n),
      }),
    }));
}

/** Where nobody is on shift though a place says that somebody is there; from now on. */
export function gapRows(
  places: readonly CoveredPlace[],
  shifts: readonly ShiftRow[],
  week: Span,
  now: Date,
  i18n: Translator,
): { place: string; gaps: string[]; more: string | null }[] {
  const from = week.from > now ? week.from : halfHour(now);
  return places.flatMap((place) => {
    const covering = shifts.filter(
      ({ staff, memberId }) => staff || place.moderators.includes(memberId),
    );
    const gaps = gapsOf(place.hours, covering, { from, to: week.to });
    if (gaps.length === 0) return [];
    return [
      {
        place: place.name,
        gaps: gaps.slice(0, GAPS_SHOWN).map((gap) => spanWords(gap, i18n)),
        more:
          gaps.length > GAPS_SHOWN
            ? i18n.t('moderation.shifts.more-gaps', { count: gaps.length - GAPS_SHOWN })
            : null,
      },
    ];
  });
}

function halfHour(now: Date): Date {
  return new Date(Math.floor(now.getTime() / 1_800_000) * 1_800_000);
}

/** "Wednesday 25 November, 09:00 to 12:00" where its reader is. */
function spanWords({ from, to }: Span, i18n: Translator): string {
  const day = new Intl.DateTimeFormat(i18n.locale === 'en' ? 'en-GB' : i18n.locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: i18n.timeZone,
  });
  const time = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: i18n.timeZone,
  });
  return i18n.t('moderation.shifts.span', {
    day: day.format(from),
    from: time.format(from),
    to: time.format(to),
  });
}
