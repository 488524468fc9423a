import type { Translator } from '../i18n/translator.js';
import type { ModeratedHours } from '../review/moderated-hours.js';

/** A community's statistics, computed nightly. Communities below a minimum size have none. */
export interface FitRow {
  firstReplyMinutes: number | null;
  answeredInDay: number;
  listen: number;
  experiences: number;
  advice: number;
  notes: string[];
}

export interface FitFact {
  label: string;
  text: string;
}

/**
 * The statistics as columns, each null if there are none: in a list, a join is much cheaper than a
 * JSON value per row.
 */
export interface FitColumns {
  firstReplyMinutes: number | null;
  answeredInDay: number | null;
  listen: number | null;
  experiences: number | null;
  advice: number | null;
  notes: string[] | null;
}

export const FIT_COLUMNS = `
  f.first_reply_minutes as "firstReplyMinutes", f.answered_in_day as "answeredInDay",
  f.listen, f.experiences, f.advice, f.notes`;

export function joinFit(c: string): string {
  return `left join community_fit f on f.community_id = ${c}.id`;
}

export function fitOf({
  firstReplyMinutes,
  answeredInDay,
  listen,
  experiences,
  advice,
  notes,
}: FitColumns): FitRow | null {
  return answeredInDay === null
    ? null
    : {
        firstReplyMinutes,
        answeredInDay,
        listen: listen ?? 0,
        experiences: experiences ?? 0,
        advice: advice ?? 0,
        notes: notes ?? [],
      };
}

/** The statistics of community `c`, as one JSON value. */
export const FIT_COLUMN = `
  (select json_build_object('firstReplyMinutes', f.first_reply_minutes, 'answeredInDay',
    f.answered_in_day, 'listen', f.listen,
  'experiences', f.experiences, 'advice', f.advice, 'notes', f.notes)
    from community_fit f
    where f.community_id = c.id)`;

const HOUR = 60;
const DAY = 24 * HOUR;

/**
 * The statistics as labelled texts: time to the first reply, share of threads answered, kinds of
 * replies requested, moderated hours, frequent content notes.
 */
export function fitFacts(fit: FitRow | null, hours: ModeratedHours, i18n: Translator): FitFact[] {
  const fact = (key: string, text: string): FitFact => ({
    label: i18n.t(`communities.fit.${key}`),
    text,
  });
  const moderated = fact('hours', moderatedWords(hours, i18n));
  if (fit === null) return [moderated];
  // `other` names no subject, so it says nothing about the community.
  const notes = fit.notes.filter((note) => note !== 'other');
  const first =
    fit.firstReplyMinutes === null
      ? []
      : [fact('first-reply', durationInWords(fit.firstReplyMinutes, i18n))];
  return [
    ...first,
    fact(
      'answered',
      i18n.t('communities.fit.in-ten', { count: Math.round(fit.answeredInDay * 10) }),
    ),
    fact('needs', needs(fit, i18n)),
    moderated,
    ...(notes.length === 0
      ? []
      : [fact('notes', i18n.list(notes.map((note) => i18n.t(`posts.note.${note}`))))]),
  ];
}

/** Rounded: "within an hour", "in about 5 hours", "in about 2 days". */
export function durationInWords(minutes: number, i18n: Translator): string {
  if (minutes <= HOUR) return i18n.t('communities.fit.within-hour');
  if (minutes < DAY)
    return i18n.t('communities.fit.about-hours', { count: Math.round(minutes / HOUR) });
  return i18n.t('communities.fit.about-days', { count: Math.round(minutes / DAY) });
}

function needs(fit: FitRow, i18n: Translator): string {
  const shares = (['listen', 'experiences', 'advice'] as const)
    .map((need) => ({ need, share: fit[need] }))
    .sort((a, b) => b.share - a.share);
  return i18n.list(
    shares
      .filter(({ share }) => share >= 0.1)
      .map(({ need, share }) =>
        i18n.t(`communities.fit.need.${need}`, { count: Math.round(share * 10) }),
      ),
  );
}

/** Moderated hours per week. */
function hoursAWeek(hours: ModeratedHours): number {
  const minutes = (clock: string): number =>
    clock.split(':').reduce((sum, part) => sum * HOUR + Number(part), 0);
  const sum = hours.weekly.reduce((all, { days, from, to }) => {
    const length = minutes(to) - minutes(from);
    return all + days.length * (length <= 0 ? length + DAY : length);
  }, 0);
  return Math.min(168, Math.round(sum / HOUR));
}

function moderatedWords(hours: ModeratedHours, i18n: Translator): string {
  const count = hoursAWeek(hours);
  return count === 0
    ? i18n.t('communities.fit.no-hours')
    : i18n.t('communities.fit.hours-a-week', { count });
}
