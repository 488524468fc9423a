import type { Translator } from '../i18n/translator.js';
import { durationInWords } from './fit-facts.js';

/** What happens with a new thread of a community, as far as it can be predicted. */
export interface ReplyPromise {
  /** Usual minutes to the first reply; null if the community is too small for statistics. */
  readonly firstReplyMinutes: number | null;
  /** Hours without a reply until peer supporters are asked; null if there are none. */
  readonly supportersAfter: number | null;
  /** Hours without a reply until the thread is forwarded to the team. */
  readonly teamAfter: number;
}

/** Whether community `c` has peer supporters, who are asked about threads without a reply. */
const hasSupporters = (c: string): string => `
  exists (select 1
    from memberships s
    where s.community_id = ${c}.id and s.role = 'supporter' and s.state = 'active')`;

/** The promise of community `c`, as one JSON value. */
export function replyPromiseSql(c: string): string {
  return `
    json_build_object(
      'firstReplyMinutes',
      (select f.first_reply_minutes from community_fit f where f.community_id = ${c}.id),
      'supportersAfter', case when ${hasSupporters(c)} then ${c}.supporters_after_hours end,
      'teamAfter', ${c}.moderators_after_hours
    )`;
}

/** The next step for a thread without a reply. */
export interface NextStep {
  readonly to: 'supporters' | 'team';
  readonly at: string;
}

/**
 * The next step for thread `t` with opening `o` in community `c` if nobody replies, as one JSON
 * value. Supporters are asked first if there are any, unless it is urgent.
 */
export function nextStepSql(c: string, t: string, o: string): string {
  const step = (to: string, hours: string): string =>
    `json_build_object('to', '${to}',
      'at', ${t}.created_at + make_interval(hours => ${c}.${hours}))`;
  return `
    case
      when ${o}.tier not in ('urgent', 'crisis')
        and ${c}.supporters_after_hours < ${c}.moderators_after_hours
        and ${hasSupporters(c)} then ${step('supporters', 'supporters_after_hours')}
      else ${step('team', 'moderators_after_hours')}
    end`;
}

/** Sentences that say what to expect after posting a thread, in chronological order. */
export function replyPromiseTexts(promise: ReplyPromise, i18n: Translator): string[] {
  const { firstReplyMinutes, supportersAfter, teamAfter } = promise;
  const asked = supportersAfter !== null && supportersAfter < teamAfter;
  return [
    ...(firstReplyMinutes === null
      ? []
      : [
          i18n.t('communities.promise.first-reply', {
            when: durationInWords(firstReplyMinutes, i18n),
          }),
        ]),
    ...(asked ? [i18n.t('communities.promise.supporters', { hours: supportersAfter })] : []),
    i18n.t(`communities.promise.team.${asked ? 'then' : 'first'}`, { hours: teamAfter }),
  ];
}

/** What happens next with the author's own thread; null if that time has passed. */
export function nextStepText(step: NextStep, now: Date, i18n: Translator): string | null {
  const at = new Date(step.at);
  return at > now ? i18n.t(`communities.promise.next.${step.to}`, { when: i18n.soon(at) }) : null;
}
