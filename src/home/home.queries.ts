import { isMemberOrVisitorSql, titleFor } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';
import { caseKeepsHelp } from '../review/after-care.js';
import {
  listedFor,
  THREAD_COLUMNS,
  THREAD_JOINS,
  type ThreadRow,
} from '../threads/thread-list.queries.js';
import { RECENT_OF_EACH } from '../threads/recent-threads.js';
import { CONSIDERED, MAX_FRESH, MAX_UNANSWERED } from './home-threads.js';

/**
 * SQL condition: not urgent. Distressing posts are read in their community, not listed on the home
 * page.
 */
const NOT_URGENT = `p.tier not in ('urgent', 'crisis')`;

/**
 * Other members' threads without replies in the member's communities, longest waiting first. Uses
 * the index of each community to read only its first ones.
 */
export const unansweredThreads = statement<{ viewerId: string; since: Date }, ThreadRow>(
  'home.waiting',
  `select ${THREAD_COLUMNS}
   from (select n.id from memberships mm cross join lateral (
           select t.id, t.created_at from threads t
           where t.community_id = mm.community_id
             and t.status = 'published'
             and t.reply_count = 0
             and t.locked_at is null
             and t.pinned_at is null
             and t.created_at > :since
           order by t.created_at, t.id limit ${RECENT_OF_EACH}) n
         where mm.member_id = :viewerId and mm.state = 'active'
         order by n.created_at, n.id
         limit ${CONSIDERED}) f
   join threads t on t.id = f.id ${THREAD_JOINS}
   where ${listedFor(':viewerId')} and ${NOT_URGENT} and p.author_id is distinct from :viewerId
   order by t.created_at, t.id limit ${MAX_UNANSWERED}`,
);

/** The most recently active threads of the member's communities. */
export const newThreads = statement<{ viewerId: string }, ThreadRow>(
  'home.new',
  `select ${THREAD_COLUMNS}
   from (select n.id from memberships mm cross join lateral (
           select t.id, t.last_post_at
           from threads t
           where t.community_id = mm.community_id and t.status = 'published' and t.pinned_at is null
           order by t.last_post_at desc, t.id desc limit ${RECENT_OF_EACH}) n
         where mm.member_id = :viewerId and mm.state = 'active'
         order by n.last_post_at desc, n.id desc
         limit ${CONSIDERED}) f
   join threads t on t.id = f.id ${THREAD_JOINS}
   where ${listedFor(':viewerId')} and ${NOT_URGENT}
   order by t.last_post_at desc, t.id desc limit ${MAX_FRESH}`,
);

export interface OwnPostRow {
  id: string;
  threadId: string;
  title: string;
  number: number;
  community: string;
  createdAt: Date;
  /** Held: visible only to its author and the moderators. */
  held: boolean;
  /** Help is still shown to its author after the case: see `CARE_PERIOD`. */
  cared: boolean;
}

/** The member's held posts, and those beside which help is still shown; the latter first. */
export const ownPostsInCare = statement<{ viewerId: string; since: Date }, OwnPostRow>(
  'home.own-in-care',
  `with cared as (
     select distinct q.id
     from review_cases rc join posts q on q.id = rc.post_id
     where q.author_id = :viewerId and ${caseKeepsHelp('rc', ':since')})
   select p.id, p.thread_id as "threadId", ${titleFor('t', 'c', ':viewerId')} as title, p.number,
          c.name as community, p.created_at as "createdAt", p.status = 'held' as held,
          cared.id is not null as cared
   from posts p
   join threads t on t.id = p.thread_id
   join communities c on c.id = t.community_id
   left join cared on cared.id = p.id
   where p.author_id = :viewerId
     and p.id in (
       select h.id from posts h where h.author_id = :viewerId and h.status = 'held'
       union all
       select id from cared)
   order by cared.id is not null desc, p.id desc
   limit 11`,
);

export interface OwnCommunityRow {
  id: string;
  slug: string;
  name: string;
  visiting: boolean;
  archived: boolean;
}

/** Most communities that a home page lists. */
export const MAX_OWN_COMMUNITIES = 100;

/** The communities that the member has joined or visits. */
export const ownCommunities = statement<{ viewerId: string }, OwnCommunityRow>(
  'home.communities',
  `
    select c.id, c.slug, c.name, m.state = 'visiting' as visiting,
      c.archived_at is not null as archived
    from memberships m
    join communities c on c.id = m.community_id
    where m.member_id = :viewerId and ${isMemberOrVisitorSql('m')}
    order by c.name
    limit ${MAX_OWN_COMMUNITIES}
  `,
);

export interface ToolkitItemRow {
  slug: string;
  name: string;
  minutes: number;
}

/** The first strategies in the member's toolkit; empty while the private area is locked. */
export const firstToolkitItems = statement<{ viewerId: string }, ToolkitItemRow>(
  'home.toolkit',
  `
    select s.slug, s.name, s.minutes
    from toolkit_items i
    join coping_strategies s on s.id = i.strategy_id and s.status = 'published'
   where i.member_id = :viewerId
     and not exists (select 1
       from toolkit_settings x
       where x.member_id = :viewerId and x.lock_minutes is not null)
   order by i.position, i.id limit 4`,
);
