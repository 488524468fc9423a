import { searchable } from '../content/visibility.js';
import { statement, type NoParams } from '../kernel/sql.js';
import { SYNDICATED } from './syndicated.js';

/** The highest thread id. */
export const lastThread = statement<NoParams, { last: string }>(
  'syndication.last-thread',
  `select coalesce(max(id), 0)::text as last from threads`,
);

interface SitemapThread {
  id: string;
  lastPostAt: Date;
}

/** Threads in a range of ids that search engines may index, with their last activity. */
export const sitemapThreads = statement<
  { afterId: string; lastId: string; limit: number },
  SitemapThread
>(
  'syndication.sitemap-threads',
  `
    select t.id, t.last_post_at as "lastPostAt"
    from threads t
    join communities c on c.id = t.community_id
    join posts p on p.thread_id = t.id and p.number = 1
   where t.id > :afterId
     and t.id <= :lastId
     and c.visibility = 'public'
     and ${searchable('c', 't')}
     and ${SYNDICATED}
   order by t.id
   limit :limit`,
  'pooled',
);

/** SQL: posts on the page of strategy `s` that guests may see but search engines must not index. */
const UNLISTED_POST = `select 1 from post_strategies ps
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

/** Paths of the communities and strategies that search engines may index. */
export const sitemapPages = statement<NoParams, { path: string }>(
  'syndication.sitemap-pages',
  `select '/c/' || slug as path from communities
     where visibility = 'public' and search_engines_since is not null and archived_at is null
   union all select '/strategies/' || s.slug from coping_strategies s
     where s.status = 'published' and not exists (${UNLISTED_POST})
   order by 1 limit 40000`,
  'pooled',
);
