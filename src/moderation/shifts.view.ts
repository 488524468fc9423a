import type { Words } from '../kernel/words.js';
import { gapsOf, warningsOf, type Span } from './shift-times.js';
import type { CoveredPlace, ShiftRow } from './shifts.queries.js';

/** More are counted, not told. */
const GAPS_SHOWN = 6;

/** @param shifts with those shortly before the week */
export function shiftRows(
  shifts: readonly ShiftRow[],
  week: Span,
  staff: boolean,
  words: Words,
): object[] {
  const warnings = warningsOf(shifts);
  return shifts
    .filter(({ to }) => to > week.from)
    .map((one) => ({
      id: one.id,
      who: one.handle,
      duty: words.t(`moderation.duty.${one.duty}`),
      when: spanWords(one, words),
      by:
        one.enteredBy === null
          ? null
          : words.t('moderation.shifts.entered-by', { who: one.enteredBy }),
      warnings: (warnings.get(one.id) ?? []).map((warning) =>
        words.t(`moderation.shifts.warning.${warning}`),
      ),
      mayRemove: one.mine || staff,
      label: words.t('moderation.shifts.remove-which', {
        who: one.handle,
        when: spanWords(one, words),
      }),
    }));
}

/** Where nobody is on shift though a place says that somebody is there; from now on. */
export function gapRows(
  places: readonly CoveredPlace[],
  shifts: readonly ShiftRow[],
  week: Span,
  now: Date,
  words: Words,
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
        gaps: gaps.slice(0, GAPS_SHOWN).map((gap) => spanWords(gap, words)),
        more:
          gaps.length > GAPS_SHOWN
            ? words.t('moderation.shifts.more-gaps', { count: gaps.length - GAPS_SHOWN })
            : null,
      },
    ];
  });
}

function halfHour(now: Date): Date {
  return new Date(Math.floor(now.getTime() / 1_800_000) * 1_800_000);
}

/** "Wednesday 25 November, 09:00 to 12:00" where its reader is. */
function spanWords({ from, to }: Span, words: Words): string {
  const day = new Intl.DateTimeFormat(words.locale === 'en' ? 'en-GB' : words.locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: words.timeZone,
  });
  const time = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: words.timeZone,
  });
  return words.t('moderation.shifts.span', {
    day: day.format(from),
    from: time.format(from),
    to: time.format(to),
  });
}
