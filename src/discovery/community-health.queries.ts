import { statement } from '../kernel/sql.js';

export interface HealthRow {
  waiting: number;
  longest: Date | null;
  newcomers: number;
  wrote: number;
  welcomed: number;
  opened: number;
}

/**
 * Threads of the last two months without a reply for over a day, and members who joined within a
 * month. Posts under an alias are not counted, as the count could reveal whose alias it is.
 */
export const health = statement<
  { communityId: string; dayAgo: Date; twoMonthsAgo: Date; monthAgo: Date },
  HealthRow
>(
  'finding.health',
  `
    with waiting as (select created_at
      from threads
      where community_id = :communityId
        and status = 'published'
        and reply_count = 0
        and locked_at is null
        and pinned_at is null
        and created_at < :dayAgo
        and created_at > :twoMonthsAgo),
        fresh as (select member_id
          from memberships
          where community_id = :communityId and state = 'active' and joined_at > :monthAgo),
        began as (select distinct on (p.author_id) p.author_id, t.id as thread_id
          from posts p
          join threads t on t.id = p.thread_id
          join fresh f on f.member_id = p.author_id
                  where t.community_id = :communityId
                    and p.number = 1
                    and p.alias_id is null
                    and not p.name_detached
                    and p.status = 'published'
                  order by p.author_id, p.id)
   select (select count(*)::int from waiting) as waiting,
     (select min(created_at) from waiting) as longest,
     (select count(*)::int from fresh) as newcomers,
          (select count(*)::int
            from fresh f
            where exists (select 1
              from posts p
              join threads t on t.id = p.thread_id
              where p.author_id = f.member_id
                and t.community_id = :communityId
                and p.alias_id is null
                and not p.name_detached
                and p.status = 'published')) as wrote,
          (select count(*)::int
            from began b
            where exists (select 1
              from posts r
              where r.thread_id = b.thread_id
                and r.number > 1
                and r.status = 'published'
                and r.author_id is distinct from b.author_id)) as welcomed,
          (select count(*)::int from began) as opened`,
  'pooled',
);

export interface WeekRow {
  week: Date;
  threads: number;
  answered: number;
  minutes: number | null;
}

/**
 * Threads by week, newest first: share answered within a day, and median minutes to the first
 * reply.
 */
export const weeks = statement<{ communityId: string; since: Date; until: Date }, WeekRow>(
  'finding.health-weeks',
  `
    select date_trunc('week', s.created_at) as week, count(*)::int as threads,
      count(*) filter (where s.first_reply <= s.created_at + interval '1 day')::int as answered,
      round(percentile_cont(0.5) within group (
        order by extract(epoch from s.first_reply - s.created_at) / 60))::int as minutes
   from (select t.created_at,
     (select p.created_at
       from posts p
       where p.thread_id = t.id
         and p.number > 1
         and p.status = 'published'
         and p.author_id is distinct from o.author_id
       order by p.number
       limit 1) as first_reply
         from threads t join posts o on o.thread_id = t.id and o.number = 1
         where t.community_id = :communityId
           and t.status = 'published'
           and t.pinned_at is null
           and t.created_at >= :since
           and t.created_at < :until) s
   group by 1 order by 1 desc limit 8`,
  'pooled',
);
