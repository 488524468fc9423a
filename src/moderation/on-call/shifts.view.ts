import { isStaff, type Viewer } from '../../http/viewer.js';
import type { FormView } from '../../http/form-page.js';
import { tickOptions, type TickOption } from '../../http/options.js';
import { HOUR, later } from '../../kernel/clock.js';
import { capital } from '../../i18n/capital.js';
import type { Translator } from '../../i18n/translator.js';
import { DUTIES } from './escalation-policy.js';
import { shiftWeek } from './shift-week.view.js';
import { gapsOf, warningsOf, type Span } from './shift-times.js';
import type { ModeratedCommunity, ShiftRow } from './shifts.queries.js';
import type { ShiftCalendar, TeamCare } from './shifts.service.js';
import { dateTimeFormat } from '../../kernel/intl.js';

/** Further gaps are only counted. */
const GAPS_SHOWN = 6;

export interface ShiftsView {
  tabs: { shifts: true };
  staff: boolean;
  week: string;
  before: string;
  after: string;
  zone: string;
  /** The week as SVG; null if there is nothing to draw. */
  svg: string | null;
  shifts: ShiftView[];
  places: GapsView[];
  over: boolean;
  anyHours: boolean;
  /** The people currently on shift; null if there are none. */
  now: string | null;
  form: FormView;
  duties: TickOption[];
  lead: TeamCareView | null;
}

interface ShiftView {
  id: string;
  who: string;
  duty: string;
  when: string;
  by: string | null;
  warnings: string[];
  mayRemove: boolean;
  label: string;
}

interface GapsView {
  place: string;
  gaps: string[];
  more: string | null;
}

interface TeamCareView {
  people: string[];
  asked: { id: string; text: string }[];
}

export function shiftsView(
  { now, week, shifts, places, current, team }: ShiftCalendar,
  viewer: Viewer,
  form: FormView,
  i18n: Translator,
): ShiftsView {
  const duty = form.values.duty ?? 'primary';
  const gaps = placeGaps(places, shifts, week, now);
  const spans = gaps.flatMap((place) => place.gaps);
  const drawn = shifts.filter(({ to }) => to > week.from);
  return {
    tabs: { shifts: true },
    staff: isStaff(viewer),
    week: i18n.t('moderation.shifts.week', {
      from: i18n.date(week.from),
      to: i18n.date(later(week.to, -HOUR)),
    }),
    before: `/mod/shifts?week=${week.before}`,
    after: `/mod/shifts?week=${week.after}`,
    zone: i18n.t('moderation.shifts.zone', { zone: i18n.zoneName }),
    svg: drawn.length + spans.length === 0 ? null : shiftWeek(week, drawn, spans, i18n),
    shifts: shiftRows(shifts, week, isStaff(viewer), i18n),
    places: gaps.map((place) => gapsView(place, i18n)),
    over: week.to <= now,
    anyHours: places.some(({ hours }) => hours.weekly.length > 0),
    now: current.length === 0 ? null : i18n.list(current.map((one) => onDuty(one, i18n))),
    form,
    duties: tickOptions(
      DUTIES,
      duty,
      (value) => capital(i18n.t(`moderation.duty.${value}`)),
      (value) => i18n.t(`moderation.duty.${value}-hint`),
    ),
    lead: team === null ? null : teamCareView(team, i18n),
  };
}

function onDuty({ handle, duty }: ShiftRow, i18n: Translator): string {
  return i18n.t('moderation.shifts.now-one', {
    who: handle,
    duty: i18n.t(`moderation.duty.${duty}`),
  });
}

function teamCareView({ people, debriefs }: TeamCare, i18n: Translator): TeamCareView {
  return {
    people: people.map(({ handle, limit }) =>
      i18n.t(`moderation.shifts.over-${limit === 'none' ? 'no' : 'yes'}`, { who: handle }),
    ),
    asked: debriefs.map(({ id, who, at }) => ({
      id,
      text: i18n.t('moderation.shifts.asked', { who, when: i18n.when(at) }),
    })),
  };
}

/** @param shifts including those shortly before the week */
function shiftRows(
  shifts: readonly ShiftRow[],
  week: Span,
  staff: boolean,
  i18n: Translator,
): ShiftView[] {
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

interface PlaceGaps {
  place: string;
  gaps: Span[];
}

/** Upcoming gaps in each community's moderated hours; communities without gaps are left out. */
function placeGaps(
  places: readonly ModeratedCommunity[],
  shifts: readonly ShiftRow[],
  week: Span,
  now: Date,
): PlaceGaps[] {
  const from = week.from > now ? week.from : halfHour(now);
  return places
    .map((place) => {
      const covering = shifts.filter(
        ({ staff, memberId }) => staff || place.moderators.includes(memberId),
      );
      return { place: place.name, gaps: gapsOf(place.hours, covering, { from, to: week.to }) };
    })
    .filter(({ gaps }) => gaps.length > 0);
}

function gapsView({ place, gaps }: PlaceGaps, i18n: Translator): GapsView {
  return {
    place,
    gaps: gaps.slice(0, GAPS_SHOWN).map((gap) => spanWords(gap, i18n)),
    more:
      gaps.length > GAPS_SHOWN
        ? i18n.t('moderation.shifts.more-gaps', { count: gaps.length - GAPS_SHOWN })
        : null,
  };
}

function halfHour(now: Date): Date {
  return new Date(Math.floor(now.getTime() / 1_800_000) * 1_800_000);
}

/** "Wednesday 25 November, 09:00 to 12:00" in the reader's time zone. */
function spanWords({ from, to }: Span, i18n: Translator): string {
  const day = dateTimeFormat(i18n.locale === 'en' ? 'en-GB' : i18n.locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: i18n.timeZone,
  });
  const time = dateTimeFormat('en-GB', {
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
