import { blocked, unwanted } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';

/** Supporters are not asked about older threads. */
const MAX_AGE = `interval '30 days'`;

/**
 * SQL: threads without a reply, using each community's index. Excludes weekly prompts, and threads
 * whose author is on a break and would not see a reply. Urgent threads are for moderators only, as
 * a peer should not have to carry them.
 * @param hours the column of `communities` with the waiting time
 * @param columns further columns of the thread `t` and its opening post `p`
 */
const unanswered = (hours: string, columns = ''): string => `
  select t.id as "threadId", t.community_id as "communityId", t.created_at${columns}
  from communities c
  cross join lateral (
    select x.id, x.community_id, x.created_at from threads x
    where x.community_id = c.id
      and x.status = 'published'
      and x.reply_count = 0
      and x.locked_at is null
      and x.pinned_at is null
      and x.created_at <= :now::timestamptz - make_interval(hours => c.${hours})
      and x.created_at > :now::timestamptz - ${MAX_AGE}) t
  join posts p on p.thread_id = t.id and p.number = 1 and p.status = 'published'
  join members a on a.id = p.author_id
    and a.closed_at is null
    and (a.break_until is null or a.break_until <= :now)
  where c.archived_at is null
    and not exists (select 1 from prompt_threads pt where pt.thread_id = t.id)`;

interface UnansweredThread {
  threadId: string;
  communityId: string;
}

/** Threads due for supporters: nobody has accepted, and the time of those asked has run out. */
export const dueForSupporters = statement<
  { now: Date; askedSince: Date; acceptedSince: Date },
  UnansweredThread
>(
  'belonging.due-for-supporters',
  `
    ${unanswered('supporters_after_hours')}
      and p.tier not in ('urgent', 'crisis')
      and not exists (select 1
        from threads_passed_on o
        where o.thread_id = t.id and o.passed_to = 'team')
     and not exists (select 1
       from askings k
       where k.thread_id = t.id
         and (k.answer is null
           and k.asked_at > :askedSince
           or k.answer = 'accepted'
           and k.answered_at > :acceptedSince))
     and exists (select 1
       from memberships s
       where s.community_id = c.id and s.role = 'supporter' and s.state = 'active')
   order by t.created_at, t.id limit 500`,
  'pooled',
);

export const dueForTeam = statement<
  { now: Date },
  UnansweredThread & { postId: string; tier: string }
>(
  'belonging.due-for-team',
  `
    ${unanswered('moderators_after_hours', ', p.id as "postId", p.tier')}
      and not exists (select 1
        from threads_passed_on o
        where o.thread_id = t.id and o.passed_to = 'team')
   order by t.created_at, t.id limit 500`,
  'pooled',
);

/** The thread if it is still unanswered, with its row locked against a concurrent reply. */
export const lockUnanswered = statement<{ threadId: string }, { id: string }>(
  'belonging.still-waits',
  `
    select id
    from threads
    where id = :threadId
      and status = 'published'
      and reply_count = 0
      and locked_at is null
      and pinned_at is null
    for update
  `,
);

/**
 * Asks supporters about a thread: those on duty with capacity this week, who may and want to read
 * it, and whom the author has not blocked. A block of a handle does not apply to an alias. Those
 * asked least recently come first.
 */
export const createSupportRequests = statement<
  { threadId: string; now: Date; weekAgo: Date; limit: number },
  { id: string }
>(
  'belonging.ask',
  `insert into askings (thread_id, member_id, community_id, asked_at)
   select t.id, f.member_id, t.community_id, :now
   from threads t
   join posts p on p.thread_id = t.id and p.number = 1
   cross join lateral (
     select m.member_id
     from memberships m
     join members w on w.id = m.member_id
     left join supporters s on s.community_id = m.community_id and s.member_id = m.member_id
     where m.community_id = t.community_id
       and m.role = 'supporter'
       and m.state = 'active'
       and m.member_id <> p.author_id
       and w.closed_at is null
         and w.email_verified_at is not null
         and (w.break_until is null or w.break_until <= :now)
         and (w.suspended_until is null or w.suspended_until <= :now)
         and (w.read_only_until is null or w.read_only_until <= :now)
       and coalesce(s.state, 'active') = 'active'
         and (s.off_duty_until is null or s.off_duty_until <= :now)
       and (select count(*)
         from askings k
         where k.member_id = m.member_id
           and k.community_id = m.community_id
           and k.asked_at > :weekAgo
           and k.answer is distinct from 'passed') < coalesce(s.capacity, 3)
       and not ${blocked('p', 'm.member_id')} and not ${unwanted('p', 't', 'm.member_id')}
       and not (p.alias_id is null
         and exists (select 1
           from blocks b
           where b.member_id = p.author_id and b.blocked_id = m.member_id))
       and not exists (select 1
         from thread_follows x
         where x.thread_id = t.id and x.member_id = m.member_id and x.level = 'muted')
       and not exists (select 1
         from askings k
         where k.thread_id = t.id and k.member_id = m.member_id)
     order by (select max(k.asked_at) from askings k where k.member_id = m.member_id) nulls first,
       m.member_id
     limit :limit) f
   where t.id = :threadId
   on conflict do nothing returning id`,
);

export const routeThread = statement<
  { threadId: string; passedTo: string; now: Date },
  { threadId: string }
>(
  'belonging.pass-on',
  `
    insert into threads_passed_on (thread_id, passed_to, passed_at)
    values (:threadId, :passedTo, :now)
    on conflict
    do nothing
    returning thread_id as "threadId"
  `,
);

export interface SupportRequestRow {
  id: string;
  threadId: string;
  slug: string;
  name: string;
  title: string;
  answer: 'accepted' | 'passed' | null;
  /** The thread has a reply, or is closed to replies. */
  over: boolean;
}

/** A supporter's own request, while they may read the thread. */
export const ownSupportRequest = statement<
  { requestId: string; memberId: string },
  SupportRequestRow
>(
  'belonging.own-asking',
  `
    select k.id, k.thread_id as "threadId", c.slug, c.name, t.title, k.answer, t.reply_count > 0
      or t.locked_at is not null
      or c.archived_at is not null as over
   from askings k
   join threads t on t.id = k.thread_id and t.status = 'published'
   join communities c on c.id = k.community_id
   join posts p on p.thread_id = t.id and p.number = 1 and p.status = 'published'
   join memberships m on m.community_id = c.id and m.member_id = k.member_id and m.state = 'active'
   where k.id = :requestId and k.member_id = :memberId and not ${blocked('p', ':memberId')}`,
);

export const answerSupportRequest = statement<
  { requestId: string; memberId: string; answer: string; now: Date },
  { id: string }
>(
  'belonging.answer-asking',
  `
    update askings
    set answer = :answer, answered_at = :now
    where id = :requestId and member_id = :memberId and answer is distinct from :answer
    returning id
  `,
);

/**
 * Offers a break to a supporter who replied in somebody else's crisis thread, unless they are
 * already off duty.
 */
export const offerBreak = statement<{ postId: string; now: Date }, { id: string }>(
  'belonging.offer-rest',
  `insert into rests_offered (member_id, community_id, thread_id, offered_at)
   select p.author_id, t.community_id, t.id, :now
   from posts p
   join threads t on t.id = p.thread_id
   join posts o on o.thread_id = t.id and o.number = 1
   join memberships m on m.community_id = t.community_id
     and m.member_id = p.author_id
     and m.role = 'supporter'
     and m.state = 'active'
   left join supporters s on s.community_id = m.community_id and s.member_id = m.member_id
   where p.id = :postId
     and p.number > 1
     and p.status = 'published'
     and o.author_id is distinct from p.author_id
     and (s.off_duty_until is null or s.off_duty_until <= :now)
     and exists (select 1
       from posts d
       where d.thread_id = t.id and d.tier = 'crisis' and d.author_id is distinct from p.author_id)
   on conflict do nothing returning id`,
);

export interface BreakOfferRow {
  slug: string;
  name: string;
  offDutyUntil: Date | null;
}

export const ownBreakOffer = statement<{ offerId: string; memberId: string }, BreakOfferRow>(
  'belonging.own-rest',
  `
    select c.slug, c.name, s.off_duty_until as "offDutyUntil"
    from rests_offered r
    join communities c on c.id = r.community_id
    join memberships m on m.community_id = c.id
      and m.member_id = r.member_id
      and m.state = 'active'
      and m.role = 'supporter'
   left join supporters s on s.community_id = c.id and s.member_id = r.member_id
   where r.id = :offerId and r.member_id = :memberId`,
);
