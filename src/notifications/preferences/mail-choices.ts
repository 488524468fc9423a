import { DAY } from '../../kernel/clock.js';
import { noticeKindsMailedAs, MAIL_KINDS, type MailKind } from './notice-kinds.js';

export const FREQUENCIES = ['at-once', 'daily', 'weekly', 'never'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** Kinds that a member can choose per community. */
export const COMMUNITY_KINDS = ['reply', 'thread'] as const satisfies readonly MailKind[];

export interface Choice {
  readonly kind: MailKind;
  /** Null for the choice about all communities. */
  readonly communityId: string | null;
  readonly frequency: Frequency;
}

/** The member's answer to "is email safe for you?"; null if there is none. */
export type MailSafe = 'yes' | 'no' | null;

/** Milliseconds after which the question is asked again, because the answer may change. */
const ASK_AGAIN_AFTER = 365 * DAY;

/** Whether to ask the member if email is (still) safe. */
export function isTimeToAsk(safe: MailSafe, answeredAt: Date | null, now: Date): boolean {
  return (
    safe === null || answeredAt === null || now.getTime() - answeredAt.getTime() > ASK_AGAIN_AFTER
  );
}

/**
 * The frequency until a member chooses. Without an answer about safety, only emails about replies
 * to the member's own posts are sent, which reveal nothing. A member who said that email is safe
 * also gets the weekly counts.
 */
export function defaultFrequency(kind: MailKind, safe: MailSafe): Frequency {
  if (kind === 'reply') return 'at-once';
  return kind === 'thread' && safe === 'yes' ? 'weekly' : 'never';
}

/** The general frequency of each kind, ignoring choices about single communities. */
export function frequencies(
  choices: readonly Choice[],
  safe: MailSafe,
): Record<MailKind, Frequency> {
  const chosen = (kind: MailKind): Frequency =>
    choices.find((each) => each.kind === kind && each.communityId === null)?.frequency ??
    defaultFrequency(kind, safe);
  return Object.fromEntries(MAIL_KINDS.map((kind) => [kind, chosen(kind)])) as Record<
    MailKind,
    Frequency
  >;
}

/** Whether the member gets daily and weekly digests; none if email is not safe. */
export function digestCadence(
  choices: readonly Choice[],
  safe: MailSafe,
): { daily: boolean; weekly: boolean } {
  if (safe === 'no') return { daily: false, weekly: false };
  const all = [
    ...Object.values(frequencies(choices, safe)),
    ...choices.filter((each) => each.communityId !== null).map((each) => each.frequency),
  ];
  return { daily: all.includes('daily'), weekly: all.includes('weekly') };
}

/**
 * SQL expression of the same rules: a member's frequency for a kind in a community.
 * @param community SQL of its id, or `null`
 * @param safe SQL of the member's answer about email
 */
export function frequencyOf(kind: string, member: string, community: string, safe: string): string {
  const chosen = (where: string): string =>
    `
      (select x.frequency
        from mail_choices x
        where x.member_id = ${member} and x.kind = ${kind} and x.community_id ${where})
    `;
  return `
    coalesce(${chosen(`= ${community}`)}, ${chosen('is null')}, case
      when ${kind} = 'reply' then 'at-once'
      when ${kind} = 'thread'
      and ${safe} = 'yes' then 'weekly' else 'never' end)
  `;
}

/** SQL expression: the mail kind of a kind of notice. */
export function mailKindOf(noticeKind: string): string {
  const named = MAIL_KINDS.filter((kind) => kind !== 'own').map(
    (kind) =>
      `when ${noticeKind} in (${noticeKindsMailedAs(kind)
        .map((each) => `'${each}'`)
        .join(', ')}) then '${kind}'`,
  );
  return `(case ${named.join(' ')} else 'own' end)`;
}
