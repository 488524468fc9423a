import { DAY } from '../../kernel/clock.js';
import { kindsMailedAs, MAIL_KINDS, type MailKind } from './notice-kinds.js';

export const FREQUENCIES = ['at-once', 'daily', 'weekly', 'never'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** Kinds that each community can have its own choice about. */
export const COMMUNITY_KINDS = ['reply', 'thread'] as const satisfies readonly MailKind[];

export interface Choice {
  readonly kind: MailKind;
  /** Null for what holds everywhere. */
  readonly communityId: string | null;
  readonly frequency: Frequency;
}

/** The member's answer to "is mail safe for you?"; null where they have not said. */
export type MailSafe = 'yes' | 'no' | null;

/** Asked again after a year: what was safe then may not be now. */
const ASK_AFTER = 365 * DAY;

/** Whether it is time to ask if mail is (still) safe. */
export function isTimeToAsk(safe: MailSafe, answeredAt: Date | null, now: Date): boolean {
  return safe === null || answeredAt === null || now.getTime() - answeredAt.getTime() > ASK_AFTER;
}

/**
 * What holds until a member chooses. Without an answer only the short mail about an answer to one's
 * own words goes out, which tells nothing; whoever says that mail is safe gets the weekly counts as
 * well.
 */
export function defaultFrequency(kind: MailKind, safe: MailSafe): Frequency {
  if (kind === 'reply') return 'at-once';
  return kind === 'thread' && safe === 'yes' ? 'weekly' : 'never';
}

/** What holds everywhere, for each kind. */
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

/** Whether anything is wished for daily, and weekly; nothing where mail is not safe. */
export function cadence(
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
 * The same in SQL: a member's frequency for a kind in a community (or `null`), by their answer
 * about mail.
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

/** The mail kind of a notice's kind, in SQL. */
export function mailKindOf(noticeKind: string): string {
  const named = MAIL_KINDS.filter((kind) => kind !== 'own').map(
    (kind) =>
      `when ${noticeKind} in (${kindsMailedAs(kind)
        .map((each) => `'${each}'`)
        .join(', ')}) then '${kind}'`,
  );
  return `(case ${named.join(' ')} else 'own' end)`;
}
