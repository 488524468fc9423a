import { statement } from '../../kernel/sql.js';

export interface FigureRow {
  /**
   * The kind of count: reads, weeks, replies, holds, held, held-unchanged, reports, actions, rules,
   * found, appeals, escalations, posts, unread, hold-times, held-now.
   */
  kind: string;
  name: string;
  n: number;
  /** In minutes. */
  median: number | null;
  high: number | null;
}

const WAIT = `extract(epoch from coalesce(k.first_read_at, k.closed_at) - k.opened_at) / 60`;
const MEDIAN = `percentile_cont(0.5) within group (order by ${WAIT})`;
const HIGH = `percentile_cont(0.9) within group (order by ${WAIT})`;
const mine = (community: string): string =>
  `
    (:everything
      or exists (select 1
        from memberships s
        where s.community_id = ${community}
          and s.member_id = :viewerId
          and s.role = 'moderator'
          and s.state = 'active'))
  `;

/** All figures for a period, in one query. */
export const statsFigures = statement<
  { viewerId: string | null; everything: boolean; since: Date; now: Date },
  FigureRow
>(
  'moderation.figures',
  `
    with k as (select *
      from review_cases
      where opened_at >= :since and opened_at < :now and ${mine('review_cases.community_id')}),
        d as (select x.*
          from decisions x
          join review_cases rc on rc.id = x.case_id
          where x.created_at >= :since and x.created_at < :now and ${mine('rc.community_id')}),
        -- The first decision on each post that was held, and whether the post was shown just as it
        -- had been written: no content note added, no edit by its author in between.
        h as (select distinct on (d.case_id) d.case_id, rc.signals,
          extract(epoch from d.created_at - rc.opened_at) / 60 as minutes,
          d.action in ('publish', 'dismiss')
            and jsonb_array_length(coalesce(d.detail->'notes', '[]')) = 0
            and not exists (select 1
              from post_versions v
              where v.post_id = d.post_id
                and v.replaced_at between rc.opened_at and d.created_at) as unchanged
          from d
          join review_cases rc on rc.id = d.case_id
          where coalesce((d.detail->>'held')::boolean, false)
          order by d.case_id, d.id),
        causes as (select 'all' as name, h.unchanged
          from h
          union all
          select 'hold.' || r.reason, h.unchanged
          from h
          join case_reasons r on r.case_id = h.case_id and r.source = 'hold'
          union all
          -- A word rule by its reason, phrases of another language by the language.
          select distinct on (h.case_id, s.name) 'rule.' || s.name, h.unchanged
          from h
          cross join lateral (
            select case when rule = 'word-rule' then rule || '.' || why
              else regexp_replace(rule, '^(language\\.[a-z]+)\\..*', '\\1') end as name
            from jsonb_to_recordset(h.signals) as x (rule text, why text)
          ) s)
   select 'reads' as kind, k.tier as name, count(*)::int as n, ${MEDIAN} as median, ${HIGH} as high
   from k
   where coalesce(k.first_read_at, k.closed_at) is not null and k.kind <> 'appeal'
   group by k.tier
   union all
   select 'unread', k.tier, count(*)::int, null, null
   from k
   where k.first_read_at is null and k.closed_at is null
   group by k.tier
   union all
   select 'weeks', to_char(date_trunc('week', k.opened_at), 'YYYY-MM-DD') || ' ' || k.tier,
     count(*)::int, ${MEDIAN}, ${HIGH}
   from k
   where coalesce(k.first_read_at, k.closed_at) is not null and k.kind <> 'appeal'
   group by 2
   union all
   select 'replies', 'first', count(*)::int,
     percentile_cont(0.5) within group (order by extract(epoch from r.created_at - t.created_at) / 60),
     percentile_cont(0.9) within group (order by extract(epoch from r.created_at - t.created_at) / 60)
     from threads t
     join posts r on r.thread_id = t.id and r.number = 2
     where t.created_at >= :since and t.created_at < :now and ${mine('t.community_id')}
   union all
   select 'replies', 'none', count(*)::int, null, null
   from threads t
   where t.created_at >= :since
     and t.created_at < :now
     and t.status = 'published'
     and t.next_number = 2
     and ${mine('t.community_id')}
   union all
   select 'holds', r.reason, count(*)::int, null, null
   from case_reasons r
   join k on k.id = r.case_id
   where r.source = 'hold'
   group by r.reason
   union all
   select 'hold-times', 'decided', count(*)::int,
     percentile_cont(0.5) within group (order by h.minutes),
     percentile_cont(0.9) within group (order by h.minutes)
   from h
   having count(*) > 0
   union all
   select 'held-now', 'all', count(*)::int, null, null
   from k
   join posts p on p.id = k.post_id
   where p.status = 'held' and k.state = 'open'
   having count(*) > 0
   union all
   select 'held', name, count(*)::int, null, null
   from causes
   group by name
   union all
   select 'held-unchanged', name, (count(*) filter (where unchanged))::int, null, null
   from causes
   group by name
   union all
   select 'reports', r.reason, count(*)::int, null, null
   from reports r
   join k on k.id = r.case_id
   group by r.reason
   union all select 'actions', d.action, count(*)::int, null, null from d group by d.action
   union all
   select 'rules', d.rule, count(*)::int, null, null
   from d
   where d.rule <> ''
   group by d.rule
   union all
   select 'found', d.found_by, count(*)::int, null, null
   from d
   where d.action not in ('dismiss', 'reach-out', 'escalate')
   group by d.found_by
   union all
   select 'appeals', coalesce(a.outcome, 'waiting'), count(*)::int, null, null
   from appeals a
   join d on d.id = a.decision_id
   group by 2
   union all
   select 'escalations', 'all', count(*)::int, null, null
   from escalations e
   join k on k.id = e.case_id
   union all
   select 'posts', 'all', count(*)::int, null, null
   from posts p
   join threads t on t.id = p.thread_id
   where p.created_at >= :since and p.created_at < :now and ${mine('t.community_id')}`,
  'pooled',
);
