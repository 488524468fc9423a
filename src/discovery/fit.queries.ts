/**
 * Computes every community's figures. `:until` is a day ago, as younger threads have not had a full
 * day for replies. Pinned threads are the team's own and do not count.
 */
export const COMPUTE_FIT = `
  with counted as materialized (
    select t.id, t.community_id, t.reply_wish, t.created_at,
      o.content_warnings || o.added_notes as notes,
           (select p.created_at
             from posts p
             where p.thread_id = t.id
               and p.number > 1
               and p.status = 'published'
               and p.author_id is distinct from o.author_id
             order by p.number
             limit 1) as first_reply
    from threads t
    join posts o on o.thread_id = t.id and o.number = 1
    join communities c on c.id = t.community_id
    where t.status = 'published'
      and t.pinned_at is null
      and t.created_at >= :from
      and t.created_at < :until
      and c.archived_at is null
      and c.member_count >= :leastMembers
  ), figures as (
    select community_id, count(*)::int as threads,
           round(percentile_cont(0.5) within group (
             order by extract(epoch from first_reply - created_at) / 60)
             filter (where first_reply is not null))::int as first_reply_minutes,
           avg(case
             when first_reply <= created_at + interval '1 day' then 1
             else 0 end) as answered_in_day,
           avg((reply_wish = 'listen')::int) as listen,
             avg((reply_wish = 'experiences')::int) as experiences,
             avg((reply_wish = 'advice')::int) as advice
    from counted group by community_id having count(*) >= :leastThreads
  ), noted as (
    select community_id, array_agg(note order by uses desc, note) filter (where place <= 3) as notes
    from (select s.community_id, n.note, count(*) as uses,
      row_number() over (partition by s.community_id order by count(*) desc, n.note) as place
          from counted s
          cross join lateral unnest(s.notes) n(note)
          join figures on figures.community_id = s.community_id
          group by s.community_id, n.note, figures.threads
          having count(*) >= :usual::float * figures.threads) ranked
    group by community_id
  )
  insert into community_fit (community_id, members, threads, first_reply_minutes, answered_in_day,
    listen, experiences, advice, notes, computed_at)
  select figures.community_id, c.member_count, figures.threads, figures.first_reply_minutes,
    figures.answered_in_day, figures.listen, figures.experiences, figures.advice, coalesce(noted.notes, '{}'),
    :now
  from figures
  join communities c on c.id = figures.community_id
  left join noted on noted.community_id = figures.community_id
  on conflict (community_id)
  do update set members = excluded.members, threads = excluded.threads,
    first_reply_minutes = excluded.first_reply_minutes, answered_in_day = excluded.answered_in_day,
    listen = excluded.listen, experiences = excluded.experiences, advice = excluded.advice,
      notes = excluded.notes, computed_at = excluded.computed_at`;

/** Computes neighbouring communities. Unlisted ones are left out on both sides. */
export const COMPUTE_NEIGHBOURS = `
  with place as materialized (
    select m.member_id, m.community_id
    from memberships m
    join communities c on c.id = m.community_id
    where m.state = 'active'
      and c.visibility <> 'unlisted'
      and c.archived_at is null
      and c.member_count >= :leastMembers
  ), pair as (
    select a.community_id, b.community_id as other_id, count(*)::int as shared
    from place a
    join place b on b.member_id = a.member_id and b.community_id <> a.community_id
    group by 1, 2 having count(*) >= :leastShared
  )
  insert into community_neighbours (community_id, other_id, shared)
  select community_id, other_id, shared
  from (select pair.*,
    row_number() over (partition by community_id order by shared desc, other_id) as nth
    from pair) p
  where nth <= :neighbours`;
