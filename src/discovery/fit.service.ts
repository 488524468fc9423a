import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { executeIn } from '../kernel/sql.js';

/** A season: long enough to even out a quiet week, short enough to be true today. */
const WINDOW = 90 * DAY;
/**
 * Smaller groups show no figures: they would be about a few people who can be named, and swing with
 * each of them.
 */
export const LEAST_MEMBERS = 20;
export const LEAST_THREADS = 10;
/**
 * As many shared members, at the least, before two communities are called neighbours: fewer would
 * say where somebody else is.
 */
export const LEAST_SHARED = 10;
const NEIGHBOURS = 5;
/** A note is usual where a tenth of the threads carries it. */
const USUAL = 0.1;

/**
 * `:until` is a day ago: what is younger had no day to be answered in.
 * The team's own threads at the top are not counted.
 */
const COMPUTE = `
  with seen as materialized (
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
  ), told as (
    select community_id, count(*)::int as threads,
           round(percentile_cont(0.5) within group (order by extract(epoch from first_reply - created_at) / 60) filter (where first_reply is not null))::int as first_reply_minutes,
           avg(case
             when first_reply <= created_at + interval '1 day' then 1
             else 0 end) as answered_in_day,
           avg((reply_wish = 'listen')::int) as listen,
             avg((reply_wish = 'experiences')::int) as experiences,
             avg((reply_wish = 'advice')::int) as advice
    from seen group by community_id having count(*) >= :leastThreads
  ), noted as (
    select community_id, array_agg(note order by many desc, note) filter (where place <= 3) as notes
    from (select s.community_id, n.note, count(*) as many,
      row_number() over (partition by s.community_id order by count(*) desc, n.note) as place
          from seen s
          cross join lateral unnest(s.notes) n(note)
          join told on told.community_id = s.community_id
          group by s.community_id, n.note, told.threads
          having count(*) >= :usual::float * told.threads) ranked
    group by community_id
  )
  insert into community_fit (community_id, members, threads, first_reply_minutes, answered_in_day,
    listen, experiences, advice, notes, computed_at)
  select told.community_id, c.member_count, told.threads, told.first_reply_minutes,
    told.answered_in_day, told.listen, told.experiences, told.advice, coalesce(noted.notes, '{}'),
    :now
  from told
  join communities c on c.id = told.community_id
  left join noted on noted.community_id = told.community_id
  on conflict (community_id)
  do update set members = excluded.members, threads = excluded.threads,
    first_reply_minutes = excluded.first_reply_minutes, answered_in_day = excluded.answered_in_day,
    listen = excluded.listen, experiences = excluded.experiences, advice = excluded.advice,
      notes = excluded.notes, computed_at = excluded.computed_at`;

/** What is by link alone is nobody's neighbour. */
const NEIGHBOUR = `
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

/**
 * What to expect of each community, and which are near to each other: whole sets at once, by night.
 */
@Injectable()
export class Fit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Run twice it leaves the same. */
  async compute(): Promise<void> {
    const now = this.clock.now();
    await this.database.inTransaction(async (tx) => {
      await executeIn(tx, `set local work_mem = '64MB'`);
      await executeIn(tx, COMPUTE, {
        from: later(now, -WINDOW),
        until: later(now, -DAY),
        now,
        leastMembers: LEAST_MEMBERS,
        leastThreads: LEAST_THREADS,
        usual: USUAL,
      });
      // What has become too small, or has been closed, shows nothing any more.
      await executeIn(tx, 'delete from community_fit where computed_at <> :now', { now });
      await executeIn(tx, 'delete from community_neighbours');
      await executeIn(tx, NEIGHBOUR, {
        leastShared: LEAST_SHARED,
        leastMembers: LEAST_MEMBERS,
        neighbours: NEIGHBOURS,
      });
    });
  }
}
