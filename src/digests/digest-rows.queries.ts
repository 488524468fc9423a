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

/** Members whose hour has come, each for one worker alone. */
export const dueMembers = statement<{ now: Date; limit: number }, DueRow>(
  'digests.due-members',
  `
    select s.member_id as "memberId", s.next_digest_at as due, m.time_zone as "timeZone",
      s.digest_hour as hour, s.digest_day as day, s.daily, s.weekly,
          s.daily_until as "dailyUntil", s.weekly_until as "weeklyUntil",
            s.paused_until as "pausedUntil"
   from mail_settings s join members m on m.id = s.member_id
   where s.next_digest_at <= :now
   order by s.next_digest_at, s.member_id
   limit :limit
   for update of s skip locked`,
);

/** One row a member and window, however often it is tried. */
export const openDigests = statement<
  {
    members: readonly string[];
    and: readonly (Date | null)[];
    beginnings: readonly (Date | null)[];
    ends: readonly Date[];
    now: Date;
  },
  object
>(
  'digests.open',
  `insert into digests (member_id, daily_since, weekly_since, until, created_at)
   select m, d, w, u, :now
   from unnest(:members::bigint[], :and::timestamptz[], :beginnings::timestamptz[],
     :ends::timestamptz[]) as o (m, d, w, u)
   order by m
   on conflict (member_id, until) do nothing`,
);

export const planNext = statement<
  {
    members: readonly string[];
    nextTimes: readonly (Date | null)[];
    endsDailyWindows: readonly (Date | null)[];
    planned: readonly (Date | null)[];
  },
  object
>(
  'digests.plan-next',
  `
    update mail_settings s
    set next_digest_at = o.next, daily_until = coalesce(o.daily, s.daily_until),
      weekly_until = coalesce(o.weekly, s.weekly_until)
   from unnest(:members::bigint[], :nextTimes::timestamptz[], :endsDailyWindows::timestamptz[],
     :planned::timestamptz[]) as o (member, next, daily, weekly)
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

/** Digests to be sent, and those whose worker has not been heard of since its lease ended. */
export const claimDigests = statement<{ now: Date; endLease: Date; limit: number }, Claimed>(
  'digests.claim',
  `update digests d set status = 'sending', lease_until = :endLease, attempts = d.attempts + 1
   from (select id
     from digests
     where status in ('due', 'sending') and (status = 'due' or lease_until < :now)
     order by id
     limit :limit
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

/** Who of them may be written to now. */
export const readersOf = statement<{ digests: readonly string[]; now: Date }, ReaderRow>(
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
   where d.id = any(:digests::bigint[])
     and ${reachable(':now')}
     and (s.paused_until is null or s.paused_until <= :now)`,
  'pooled',
);

export const settleDigests = statement<
  { digests: readonly string[]; whatBecameEach: readonly string[]; now: Date },
  object
>(
  'digests.settle',
  `
    update digests d
    set status = o.status, settled_at = :now, lease_until = null
    from unnest(:digests::bigint[], :whatBecameEach::text[]) as o (id, status)
    where d.id = o.id
  `,
);

/** No more digests until they are seen again. */
export const sayGoodbye = statement<{ members: readonly string[]; now: Date }, object>(
  'digests.say-goodbye',
  `
    update mail_settings
    set said_goodbye_at = :now, next_digest_at = null
    where member_id = any(:members::bigint[])
  `,
);

/** Seen again since the last note. */
export const backAgain = statement<{ limit: number }, { memberId: string }>(
  'digests.back-again',
  `select s.member_id as "memberId" from mail_settings s
   where s.said_goodbye_at is not null
     and exists (select 1
       from sessions x
       where x.member_id = s.member_id and x.last_seen_at > s.said_goodbye_at)
   limit :limit`,
  'pooled',
);

export const ownDigest = statement<
  { memberId: string; id: string },
  { id: string; dailySince: Date | null; weeklySince: Date | null; until: Date }
>(
  'digests.own',
  `
    select id, daily_since as "dailySince", weekly_since as "weeklySince", until
    from digests
    where member_id = :memberId and id = :id
  `,
);

/** What the next one would be about. */
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
