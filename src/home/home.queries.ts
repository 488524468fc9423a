import { holdsSeat, titleFor } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';
import { caseKeepsHelp } from '../review/after-care.js';
import {
  listedFor,
  THREAD_COLUMNS,
  THREAD_JOINS,
  type ThreadRow,
} from '../threads/thread-list.queries.js';

/**
 * What is hard to read waits in its community, where one goes to read; it is not put before anybody
 * on their way in.
 */
const CALM = `p.tier not in ('urgent', 'crisis')`;

/**
 * In my communities, by others, longest waiting first, but nothing older than a month: the first of
 * each community by its own index. $1 viewer, $2 since
 */
export const waitingForMe = statement<ThreadRow>(
  'home.waiting',
  `select ${THREAD_COLUMNS}
   from (select n.id from memberships mm cross join lateral (
           select t.id, t.created_at from threads t
           where t.community_id = mm.community_id
             and t.status = 'published'
             and t.reply_count = 0
             and t.locked_at is null
             and t.pinned_at is null
             and t.created_at > $2
           order by t.created_at, t.id limit 12) n
         where mm.member_id = $1 and mm.state = 'active' order by n.created_at, n.id limit 24) f
   join threads t on t.id = f.id ${THREAD_JOINS}
   where ${listedFor('$1')} and ${CALM} and p.author_id is distinct from $1
   order by t.created_at, t.id limit 6`,
);

/** $1 viewer: the newest of each community by its own index, then the newest of all */
export const newForMe = statement<ThreadRow>(
  'home.new',
  `select ${THREAD_COLUMNS}
   from (select n.id from memberships mm cross join lateral (
           select t.id, t.last_post_at
           from threads t
           where t.community_id = mm.community_id and t.status = 'published' and t.pinned_at is null
           order by t.last_post_at desc, t.id desc limit 12) n
         where mm.member_id = $1 and mm.state = 'active'
         order by n.last_post_at desc, n.id desc
         limit 24) f
   join threads t on t.id = f.id ${THREAD_JOINS}
   where ${listedFor('$1')} and ${CALM}
   order by t.last_post_at desc, t.id desc limit 12`,
);

export interface OwnPostRow {
  id: string;
  threadId: string;
  title: string;
  number: number;
  /** Nobody else sees it yet. */
  held: boolean;
  /** The way to help stays with its author. */
  cared: boolean;
}

/**
 * My own posts that nobody else sees yet, and those after which help stays, these first. $1 viewer,
 * $2 now less `CARE_STAYS`
 */
export const ownInCare = statement<OwnPostRow>(
  'home.own-in-care',
  `with cared as (
     select distinct q.id
     from review_cases rc join posts q on q.id = rc.post_id
     where q.author_id = $1 and ${caseKeepsHelp('rc', '$2')})
   select p.id, p.thread_id as "threadId", ${titleFor('t', 'c', '$1')} as title, p.number,
          p.status = 'held' as held, cared.id is not null as cared
   from posts p
   join threads t on t.id = p.thread_id
   join communities c on c.id = t.community_id
   left join cared on cared.id = p.id
   where p.author_id = $1
     and p.id in (
       select h.id from posts h where h.author_id = $1 and h.status = 'held'
       union all
       select id from cared)
   order by cared.id is not null desc, p.id desc
   limit 11`,
);

export interface MineRow {
  slug: string;
  name: string;
  visiting: boolean;
}

export const myCommunities = statement<MineRow>(
  'home.communities',
  `
    select c.slug, c.name, m.state = 'visiting' as visiting
    from memberships m
    join communities c on c.id = m.community_id
    where m.member_id = $1 and ${holdsSeat('m')} and c.archived_at is null
    order by c.name
    limit 100
  `,
);

export interface AtHandRow {
  slug: string;
  name: string;
  minutes: number;
}

/**
 * The first things of the member's toolkit, by the library's names; nothing where the toolkit has a
 * lock of its own. $1 viewer
 */
export const atHand = statement<AtHandRow>(
  'home.toolkit',
  `
    select s.slug, s.name, s.minutes
    from toolkit_items i
    join coping_strategies s on s.id = i.strategy_id and s.status = 'published'
   where i.member_id = $1
     and not exists (select 1
       from toolkit_settings x
       where x.member_id = $1 and x.lock_minutes is not null)
   order by i.position, i.id limit 4`,
);
