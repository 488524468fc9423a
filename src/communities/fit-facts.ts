import type { Translator } from '../i18n/translator.js';
import type { ModeratedHours } from '../review/moderated-hours.js';

/**
 * A community's facts as the nightly job left them; null in the row where it is too small to show
 * any.
 */
export interface FitRow {
  firstReplyMinutes: number | null;
  answeredInDay: number;
  listen: number;
  experiences: number;
  advice: number;
  notes: string[];
}

export interface Fact {
  label: string;
  text: string;
}

/**
 * The same as columns of a list, each null where there are no facts: in a list a join is far
 * cheaper than a value built for each row.
 */
export interface FitColumns {
  firstReplyMinutes: number | null;
  answeredInDay: number | null;
  listen: number | null;
  experiences: number | null;
  advice: number | null;
  notes: string[] | null;
}

export const FIT_COLUMNS = `f.first_reply_minutes as "firstReplyMinutes", f.answered_in_day as "answeredInDay", f.listen, f.experiences, f.advice, f.notes`;

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

/** The facts of one community `c`, as one JSON value. */
export const FIT_COLUMN = `
  (select json_build_object('firstReplyMinutes', f.first_reply_minutes, 'answeredInDay',
    f.answered_in_day, 'listen', f.listen,
  'experiences', f.experiences, 'advice', f.advice, 'notes', f.notes)
    from community_fit f
    where f.community_id = c.id)`;

const HOUR = 60;
const DAY = 24 * HOUR;

/**
 * What to expect, in words: how soon somebody answers, what people ask for, when it is looked
 * after, what is often written about.
 */
export function fitFacts(fit: FitRow | null, hours: ModeratedHours, i18n: Translator): Fact[] {
  const fact = (key: string, text: string): Fact => ({
    label: i18n.t(`communities.fit.${key}`),
    text,
  });
  const looked = fact('hours', moderatedWords(hours, i18n));
  if (fit === null) return [looked];
  const first =
    fit.firstReplyMinutes === null ? [] : [fact('first-reply', soon(fit.firstReplyMinutes, i18n))];
  return [
    ...first,
    fact(
      'answered',
      i18n.t('communities.fit.in-ten', { count: Math.round(fit.answeredInDay * 10) }),
    ),
    fact('needs', needs(fit, i18n)),
    looked,
    ...(fit.notes.length === 0
      ? []
      : [fact('notes', i18n.list(fit.notes.map((note) => i18n.t(`posts.note.${note}`))))]),
  ];
}

/** As near as helps: "within an hour", "in about 5 hours", "in about 2 days". */
export function soon(minutes: number, i18n: Translator): string {
  if (minutes <= HOUR) return i18n.t('communities.fit.within-hour');
  if (minutes < DAY)
    return i18n.t('communities.fit.about-hours', { count: Math.round(minutes / HOUR) });
  return i18n.t('communities.fit.about-days', { count: Math.round(minutes / DAY) });
}

function needs(fit: FitRow, i18n: Translator): string {
  const shares = (['listen', 'experiences', 'advice'] as const)
    .map((wish) => ({ wish, share: fit[wish] }))
    .sort((a, b) => b.share - a.share);
  return i18n.list(
    shares
      .filter(({ share }) => share >= 0.1)
      .map(({ wish, share }) =>
        i18n.t(`communities.fit.need.${wish}`, { count: Math.round(share * 10) }),
      ),
  );
}

/** Hours of a week in which somebody looks after it. */
function hoursAWeek(hours: ModeratedHours): number {
  const minutes = (clock: string): number =>
    clock.split(':').reduce((sum, part) => sum * HOUR + Number(part), 0);
  const sum = hours.weekly.reduce((all, { days, from, to }) => {
    const long = minutes(to) - minutes(from);
    return all + days.length * (long <= 0 ? long + DAY : long);
  }, 0);
  return Math.min(168, Math.round(sum / HOUR));
}

function moderatedWords(hours: ModeratedHours, i18n: Translator): string {
  const count = hoursAWeek(hours);
  return count === 0
    ? i18n.t('communities.fit.no-hours')
    : i18n.t('communities.fit.hours-a-week', { count });
}
