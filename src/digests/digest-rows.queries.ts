import { statement } from '../kernel/sql.js';
import type { MailSender, MailSubject } from '../mail/mail-appearance.js';
import { reachable } from '../notifications/email/mail-eligibility.js';

export interface DueRow {
  memberId: string;
  due: Date;
  timeZone: string | null;
  hour: number;
  day: number;
  daily: boolean;
  weekly: boolean;
  dailyUntil: Date | null;
  weeklyUntil: Date | null;
  pausedUntil: Date | null;
}

/** Members whose hour has come, each for one worker alone. $1 now, $2 how many */
export const dueMembers = statement<DueRow>(
  'digests.due-members',
  `
    select s.member_id as "memberId", s.next_digest_at as due, m.time_zone as "timeZone",
      s.digest_hour as hour, s.digest_day as day, s.daily, s.weekly,
          s.daily_until as "dailyUntil", s.weekly_until as "weeklyUntil",
            s.paused_until as "pausedUntil"
   from mail_settings s join members m on m.id = s.member_id
   where s.next_digest_at <= $1
   order by s.next_digest_at, s.member_id
   limit $2
   for update of s skip locked`,
);

/**
 * One row a member and window, however often it is tried. $1 members, $2 and $3 beginnings, $4
 * ends, $5 now
 */
export const openDigests = statement(
  'digests.open',
  `insert into digests (member_id, daily_since, weekly_since, until, created_at)
   select m, d, w, u, $5
   from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[]) as o (m, d, w,
     u)
   order by m
   on conflict (member_id, until) do nothing`,
);

/**
 * $1 members, $2 next times, $3 ends of the daily windows, $4 of the weekly ones (null leaves them
 * as they are)
 */
export const planNext = statement(
  'digests.plan-next',
  `
    update mail_settings s
    set next_digest_at = o.next, daily_until = coalesce(o.daily, s.daily_until),
      weekly_until = coalesce(o.weekly, s.weekly_until)
   from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[]) as o (member,
     next, daily, weekly)
   where s.member_id = o.member`,
);

export interface Claimed {
  id: string;
  memberId: string;
  dailySince: Date | null;
  weeklySince: Date | null;
  until: Date;
  attempts: number;
}

/**
 * Digests to be sent, and those whose worker has not been heard of since its lease ended. $1 now,
 * $2 end of the lease, $3 how many
 */
export const claimDigests = statement<Claimed>(
  'digests.claim',
  `update digests d set status = 'sending', lease_until = $2, attempts = d.attempts + 1
   from (select id
     from digests
     where status in ('due', 'sending') and (status = 'due' or lease_until < $1)
     order by id
     limit $3
     for update skip locked) c
   where d.id = c.id
   returning d.id, d.member_id as "memberId", d.daily_since as "dailySince",
     d.weekly_since as "weeklySince", d.until, d.attempts`,
);

export interface ReaderRow {
  id: string;
  email: string;
  locale: string | null;
  timeZone: string | null;
  seed: string;
  content: boolean;
  sender: MailSender;
  subject: MailSubject;
  mailSafeAt: Date | null;
  /** The last sign of life: a session, a post, a word about mails. */
  seenAt: Date;
  /** What became of its mail, where an earlier try got that far. */
  delivered: string | null;
}

/** Who of them may be written to now. $1 digests, $2 now */
export const readersOf = statement<ReaderRow>(
  'digests.readers',
  `
    select d.id, m.email::text, m.locale, m.time_zone as "timeZone", s.seed, s.content, s.sender,
      s.subject, m.mail_safe_at as "mailSafeAt",
          greatest(m.created_at, s.seen_at,
            (select max(x.last_seen_at) from sessions x where x.member_id = m.id),
                   (select x.created_at
                     from posts x
                     where x.author_id = m.id
                     order by x.id desc
                     limit 1)) as "seenAt",
          case
            when d.attempts > 1 then (select x.state
              from mail_deliveries x
              where x.key = 'digest:' || d.id) end as delivered
   from digests d join members m on m.id = d.member_id join mail_settings s on s.member_id = m.id
   where d.id = any($1::bigint[])
     and ${reachable('$2')}
     and (s.paused_until is null or s.paused_until <= $2)`,
  'alone',
);

/** $1 digests, $2 what became of each, $3 now */
export const settleDigests = statement(
  'digests.settle',
  `
    update digests d
    set status = o.status, settled_at = $3, lease_until = null
    from unnest($1::bigint[], $2::text[]) as o (id, status)
    where d.id = o.id
  `,
);

/** No more digests until they are seen again. $1 members, $2 now */
export const sayGoodbye = statement(
  'digests.say-goodbye',
  `
    update mail_settings
    set said_goodbye_at = $2, next_digest_at = null
    where member_id = any($1::bigint[])
  `,
);

/** Seen again since the last note. $1 how many */
export const backAgain = statement<{ memberId: string }>(
  'digests.back-again',
  `select s.member_id as "memberId" from mail_settings s
   where s.said_goodbye_at is not null
     and exists (select 1
       from sessions x
       where x.member_id = s.member_id and x.last_seen_at > s.said_goodbye_at)
   limit $1`,
  'alone',
);

/** $1 member, $2 digest */
export const ownDigest = statement<{
  id: string;
  dailySince: Date | null;
  weeklySince: Date | null;
  until: Date;
}>(
  'digests.own',
  `
    select id, daily_since as "dailySince", weekly_since as "weeklySince", until
    from digests
    where member_id = $1 and id = $2
  `,
);

/** What the next one would be about. $1 member */
export const nextWindow = statement<{
  nextAt: Date | null;
  daily: boolean;
  weekly: boolean;
  dailyUntil: Date | null;
  weeklyUntil: Date | null;
  content: boolean;
}>(
  'digests.next',
  `
    select next_digest_at as "nextAt", daily, weekly, daily_until as "dailyUntil",
      weekly_until as "weeklyUntil", content
    from mail_settings
    where member_id = $1
  `,
);
