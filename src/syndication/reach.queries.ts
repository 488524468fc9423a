import { searchable } from '../content/visibility.js';
import { statement, type NoParams } from '../kernel/sql.js';

/**
 * The opening post `p` of thread `t` may be met by anybody, anywhere: published, for guests too,
 * and nobody's cry for help.
 */
const FOR_ANYBODY = `
  t.status = 'published'
    and p.status = 'published'
    and not p.members_only
    and not p.folded
    and p.tier not in ('urgent', 'crisis')
`;

export interface FeedCommunity {
  id: string;
  slug: string;
  name: string;
  summary: string;
  language: string;
  createdAt: Date;
}

/** Open communities alone have a feed; all others are not there. */
export const feedCommunity = statement<{ slug: string }, FeedCommunity>(
  'pages.feed-community',
  `
    select id, slug, name, summary, language, created_at as "createdAt"
    from communities
    where slug = :slug and visibility = 'public' and archived_at is null
  `,
);

export interface FeedRow {
  id: string;
  title: string;
  kind: string;
  replyWish: string;
  replyCount: number;
  notes: string[];
  summary: string;
  createdAt: Date;
  lastPostAt: Date;
}

export const feedThreads = statement<{ communityId: string }, FeedRow>(
  'pages.feed-threads',
  `
    select t.id, t.title, t.kind, t.reply_wish as "replyWish", t.reply_count as "replyCount",
      p.content_warnings || p.added_notes as notes, p.summary, t.created_at as "createdAt",
      t.last_post_at as "lastPostAt"
   from (select x.*
     from threads x
     where x.community_id = :communityId and x.status = 'published'
     order by x.created_at desc, x.id desc
     limit 60) t
   join posts p on p.thread_id = t.id and p.number = 1
   where ${FOR_ANYBODY} order by t.created_at desc, t.id desc limit 30`,
);

export const lastThread = statement<NoParams, { last: string }>(
  'pages.last-thread',
  `select coalesce(max(id), 0)::text as last from threads`,
);

interface MappedThread {
  id: string;
  lastPostAt: Date;
}

export const mappedThreads = statement<
  { afterThisId: string; id: string; limit: number },
  MappedThread
>(
  'pages.mapped-threads',
  `
    select t.id, t.last_post_at as "lastPostAt"
    from threads t
    join communities c on c.id = t.community_id
    join posts p on p.thread_id = t.id and p.number = 1
   where t.id > :afterThisId
     and t.id <= :id
     and c.visibility = 'public'
     and ${searchable('c', 't')}
     and ${FOR_ANYBODY}
   order by t.id
   limit :limit`,
  'pooled',
);

/** A post on the page of strategy `s` that guests see and search engines are asked not to list. */
const KEPT_OUT_STORY = `select 1 from post_strategies ps
       join posts p on p.id = ps.post_id
       join threads t on t.id = p.thread_id
       join communities c on c.id = t.community_id
       where ps.strategy_id = s.id
         and ps.state = 'accepted'
         and p.status = 'published'
         and not p.members_only
         and t.status = 'published'
         and c.visibility = 'public'
         and not ${searchable('c', 't')}`;

/** Communities that let search engines in, and strategies: addresses that anybody may find. */
export const mappedPlaces = statement<NoParams, { path: string }>(
  'pages.mapped-places',
  `select '/c/' || slug as path from communities
     where visibility = 'public' and search_engines_since is not null and archived_at is null
   union all select '/strategies/' || s.slug from coping_strategies s
     where s.status = 'published' and not exists (${KEPT_OUT_STORY})
   order by 1 limit 40000`,
  'pooled',
);
