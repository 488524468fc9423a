import { statement } from '../kernel/sql.js';
import { listedFor } from '../threads/thread-list.queries.js';
import { SYNDICATED } from './syndicated.js';

export interface FeedCommunity {
  id: string;
  slug: string;
  name: string;
  summary: string;
  language: string;
  createdAt: Date;
}

/** A public community; others have no feed. */
export const feedCommunity = statement<{ slug: string }, FeedCommunity>(
  'syndication.feed-community',
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

/**
 * The newest threads of a community that may be syndicated and that the viewer's filters do not
 * hide.
 */
export const feedThreads = statement<{ communityId: string; viewerId: string | null }, FeedRow>(
  'syndication.feed-threads',
  `
    select t.id, t.title, t.kind, t.reply_wish as "replyWish", t.reply_count as "replyCount",
      p.content_warnings || p.added_notes as notes, p.summary, t.created_at as "createdAt",
      t.last_post_at as "lastPostAt"
    from (select x.*
      from threads x
      where x.community_id = :communityId and x.status = 'published'
      order by x.created_at desc, x.id desc
      limit 60) t
    join communities c on c.id = t.community_id
    join posts p on p.thread_id = t.id and p.number = 1
    where ${SYNDICATED} and ${listedFor(':viewerId')}
    order by t.created_at desc, t.id desc
    limit 30
  `,
);
