import { statement } from '../kernel/sql.js';

/** The opening post `p` of thread `t` may be met by anybody, anywhere: published, for guests too, and nobody's cry for help. */
const FOR_ANYBODY = `t.status = 'published' and p.status = 'published' and not p.members_only and not p.folded and p.tier not in ('urgent', 'crisis')`;

export interface FeedCommunity {
  id: string;
  slug: string;
  name: string;
  summary: string;
  language: string;
  createdAt: Date;
}

/** Open communities alone have a feed; all others are not there. $1 slug */
export const feedCommunity = statement<FeedCommunity>(
  'pages.feed-community',
  `select id, slug, name, summary, language, created_at as "createdAt" from communities where slug = $1 and visibility = 'public' and archived_at is null`,
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

/** $1 community */
export const feedThreads = statement<FeedRow>(
  'pages.feed-threads',
  `select t.id, t.title, t.kind, t.reply_wish as "replyWish", t.reply_count as "replyCount", p.content_warnings || p.added_notes as notes, p.summary, t.created_at as "createdAt", t.last_post_at as "lastPostAt"
   from (select x.* from threads x where x.community_id = $1 and x.status = 'published' order by x.created_at desc, x.id desc limit 60) t join posts p on p.thread_id = t.id and p.number = 1
   where ${FOR_ANYBODY} order by t.created_at desc, t.id desc limit 30`,
);

export const lastThread = statement<{ last: string }>('pages.last-thread', `select coalesce(max(id), 0)::text as last from threads`);

export interface MappedThread {
  id: string;
  lastPostAt: Date;
}

/** $1 after this id, $2 up to this one, $3 how many */
export const mappedThreads = statement<MappedThread>(
  'pages.mapped-threads',
  `select t.id, t.last_post_at as "lastPostAt" from threads t join communities c on c.id = t.community_id join posts p on p.thread_id = t.id and p.number = 1
   where t.id > $1 and t.id <= $2 and c.visibility = 'public' and ${FOR_ANYBODY} order by t.id limit $3`,
  'alone',
);

/** Addresses of communities and strategies that anybody may read. */
export const mappedPlaces = statement<{ path: string }>(
  'pages.mapped-places',
  `select '/c/' || slug as path from communities where visibility = 'public' and archived_at is null
   union all select '/strategies/' || slug from coping_strategies where status = 'published' order by 1 limit 40000`,
  'alone',
);
