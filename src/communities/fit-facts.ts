import type { Words } from '../kernel/words.js';
import type { ModeratedHours } from '../safety/moderated-hours.js';

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
export function fitFacts(fit: FitRow | null, hours: ModeratedHours, words: Words): Fact[] {
  const fact = (key: string, text: string): Fact => ({
    label: words.t(`communities.fit.${key}`),
    text,
  });
  const looked = fact('hours', moderatedWords(hours, words));
  if (fit === null) return [looked];
  const first =
    fit.firstReplyMinutes === null ? [] : [fact('first-reply', soon(fit.firstReplyMinutes, words))];
  return [
    ...first,
    fact(
      'answered',
      words.t('communities.fit.in-ten', { count: Math.round(fit.answeredInDay * 10) }),
    ),
    fact('needs', needs(fit, words)),
    looked,
    ...(fit.notes.length === 0
      ? []
      : [fact('notes', words.list(fit.notes.map((note) => words.t(`posts.note.${note}`))))]),
  ];
}

/** As near as helps: "within an hour", "in about 5 hours", "in about 2 days". */
export function soon(minutes: number, words: Words): string {
  if (minutes <= HOUR) return words.t('communities.fit.within-hour');
  if (minutes < DAY)
    return words.t('communities.fit.about-hours', { count: Math.round(minutes / HOUR) });
  return words.t('communities.fit.about-days', { count: Math.round(minutes / DAY) });
}

function needs(fit: FitRow, words: Words): string {
  const shares = (['listen', 'experiences', 'advice'] as const)
    .map((wish) => ({ wish, share: fit[wish] }))
    .sort((a, b) => b.share - a.share);
  return words.list(
    shares
      .filter(({ share }) => share >= 0.1)
      .map(({ wish, share }) =>
        words.t(`communities.fit.need.${wish}`, { count: Math.round(share * 10) }),
      ),
  );
}

/** Hours of a week in which somebody looks after it. */
export function hoursAWeek(hours: ModeratedHours): number {
  const minutes = (clock: string): number =>
    clock.split(':').reduce((sum, part) => sum * HOUR + Number(part), 0);
  const sum = hours.weekly.reduce((all, { days, from, to }) => {
    const long = minutes(to) - minutes(from);
    return all + days.length * (long <= 0 ? long + DAY : long);
  }, 0);
  return Math.min(168, Math.round(sum / HOUR));
}

function moderatedWords(hours: ModeratedHours, words: Words): string {
  const count = hoursAWeek(hours);
  return count === 0
    ? words.t('communities.fit.no-hours')
    : words.t('communities.fit.hours-a-week', { count });
}
