import { LAST_SEEN_SQL } from '../notifications/preferences/absence.js';
import { statement } from '../kernel/sql.js';
import type { MailAppearance } from '../mail/mail-appearance.js';
import { isReachableSql } from '../notifications/email/mail-eligibility.js';
import type { Digest, DigestSchedule } from './digest-windows.js';

/** A member whose digest is due, with their schedule. */
export interface DueMember extends DigestSchedule {
  readonly memberId: string;
  readonly due: Date;
  readonly pausedUntil: Date | null;
}

/** Locks the members who are due; each is claimed by one worker. */
export const dueMembers = statement<{ now: Date; limit: number }, DueMember>(
  'digests.due-members',
  `
    select s.member_id as "memberId", s.next_digest_at as due, m.time_zone as "timeZone",
      s.digest_hour as hour, s.digest_day as day, s.daily, s.weekly,
      s.daily_until as "dailyUntil", s.weekly_until as "weeklyUntil",
      s.paused_until as "pausedUntil"
    from mail_settings s
    join members m on m.id = s.member_id
    where s.next_digest_at <= :now
    order by s.next_digest_at, s.member_id
    limit :limit
    for update of s skip locked
  `,
);

/** Opens one digest per member and window; idempotent. */
export const openDigests = statement<
  {
    members: readonly string[];
    dailySince: readonly (Date | null)[];
    weeklySince: readonly (Date | null)[];
    until: readonly Date[];
    now: Date;
  },
  object
>(
  'digests.open',
  `
    insert into digests (member_id, daily_since, weekly_since, until, created_at)
    select m, d, w, u, :now
    from unnest(:members::bigint[], :dailySince::timestamptz[], :weeklySince::timestamptz[],
      :until::timestamptz[]) as o (m, d, w, u)
    order by m
    on conflict (member_id, until)
    do nothing
  `,
);

/** Sets when the next digest is due, and where the windows opened now end. */
export const planNext = statement<
  {
    members: readonly string[];
    next: readonly (Date | null)[];
    dailyUntil: readonly (Date | null)[];
    weeklyUntil: readonly (Date | null)[];
  },
  object
>(
  'digests.plan-next',
  `
    update mail_settings s
    set next_digest_at = o.next, daily_until = coalesce(o.daily, s.daily_until),
      weekly_until = coalesce(o.weekly, s.weekly_until)
    from unnest(:members::bigint[], :next::timestamptz[], :dailyUntil::timestamptz[],
      :weeklyUntil::timestamptz[]) as o (member, next, daily, weekly)
    where s.member_id = o.member
  `,
);

/** A digest that this worker has claimed until its lease expires. */
export interface ClaimedDigest extends Digest {
  /** Number of claims, including this one. */
  readonly attempts: number;
}

/** Claims digests that are due, and those whose lease has expired. */
export const claimDigests = statement<{ now: Date; endLease: Date; limit: number }, ClaimedDigest>(
  'digests.claim',
  `
    update digests d
    set status = 'sending', lease_until = :endLease, attempts = d.attempts + 1
    from (select id
      from digests
      where status in ('due', 'sending') and (status = 'due' or lease_until < :now)
      order by id
      limit :limit
      for update skip locked) c
    where d.id = c.id
    returning d.id, d.member_id as "memberId", d.daily_since as "dailySince",
      d.weekly_since as "weeklySince", d.until, d.attempts
  `,
);

/** The recipient of a digest, with their mail settings. */
export interface DigestReader extends MailAppearance {
  /** Id of the digest. */
  readonly id: string;
  readonly email: string;
  readonly locale: string | null;
  readonly timeZone: string | null;
  /** Seed of their unsubscribe tokens. */
  readonly seed: string;
  /** Whether their emails may list items in addition to counts. */
  readonly content: boolean;
  readonly mailSafeAt: Date | null;
  /** Time of their last session, post or email choice. */
  readonly seenAt: Date;
  /** The state of the email if an earlier attempt claimed one. */
  readonly delivered: string | null;
}

/** The recipients who may be emailed now. */
export const readersOf = statement<{ digests: readonly string[]; now: Date }, DigestReader>(
  'digests.readers',
  `
    select d.id, m.email::text, m.locale, m.time_zone as "timeZone", s.seed, s.content, s.sender,
      s.subject, s.private_word as "privateWord", m.mail_safe_at as "mailSafeAt",
      ${LAST_SEEN_SQL} as "seenAt",
      case
        when d.attempts > 1 then (select x.state
          from mail_deliveries x
          where x.key = 'digest:' || d.id) end as delivered
    from digests d
    join members m on m.id = d.member_id
    join mail_settings s on s.member_id = m.id
    where d.id = any(:digests::bigint[])
      and ${isReachableSql(':now')}
      and (s.paused_until is null or s.paused_until <= :now)
  `,
  'pooled',
);

/** The outcome of a digest. `declined`: its recipient may no longer be emailed. */
export type DigestStatus = 'sent' | 'refused' | 'declined' | 'empty';

/** Records the outcomes of digests, given as parallel arrays. */
export const settleDigests = statement<
  { digests: readonly string[]; statuses: readonly DigestStatus[]; now: Date },
  object
>(
  'digests.settle',
  `
    update digests d
    set status = o.status, settled_at = :now, lease_until = null
    from unnest(:digests::bigint[], :statuses::text[]) as o (id, status)
    where d.id = o.id
  `,
);

/** Stops scheduling digests for members until they return. */
export const pauseAbsent = statement<{ members: readonly string[]; now: Date }, object>(
  'digests.pause-absent',
  `
    update mail_settings
    set said_goodbye_at = :now, next_digest_at = null
    where member_id = any(:members::bigint[])
  `,
);

/** Members who were active again since the last email of a long absence. */
export const returnedMembers = statement<{ limit: number }, { memberId: string }>(
  'digests.returned-members',
  `
    select s.member_id as "memberId"
    from mail_settings s
    where s.said_goodbye_at is not null
      and exists (select 1
        from sessions x
        where x.member_id = s.member_id and x.last_seen_at > s.said_goodbye_at)
    limit :limit
  `,
  'pooled',
);

/** A member's own digest. */
export const ownDigest = statement<{ memberId: string; id: string }, Digest>(
  'digests.own',
  `
    select id, member_id as "memberId", daily_since as "dailySince",
      weekly_since as "weeklySince", until
    from digests
    where member_id = :memberId and id = :id
  `,
);

/** When the member's next digest is due, and where the last windows ended. */
export const nextWindow = statement<
  { memberId: string },
  {
    nextAt: Date | null;
    daily: boolean;
    weekly: boolean;
    dailyUntil: Date | null;
    weeklyUntil: Date | null;
    content: boolean;
  }
>(
  'digests.next',
  `
    select next_digest_at as "nextAt", daily, weekly, daily_until as "dailyUntil",
      weekly_until as "weeklyUntil", content
    from mail_settings
    where member_id = :memberId
  `,
);
