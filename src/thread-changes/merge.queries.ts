import { statement } from '../kernel/sql.js';

/** What decides whether a thread can be merged with another one. */
export interface MergeFacts {
  id: string;
  communityId: string;
  title: string;
  createdAt: Date;
  /** Number of posts that are published. */
  posts: number;
  replyCount: number;
  /** The thread and its opening are published. */
  shown: boolean;
  /** Its opening, and with it the whole thread, is for members only. */
  membersOnly: boolean;
  poll: boolean;
  nextNumber: number;
}

/** The facts of two threads, the older one first; none for a thread that is merged already. */
export const mergeFacts = statement<{ ids: readonly string[] }, MergeFacts>(
  'thread-changes.merge-facts',
  `
    select t.id, t.community_id as "communityId", t.title, t.created_at as "createdAt",
      (select count(*)::int
        from posts p
        where p.thread_id = t.id and p.status = 'published') as posts,
      t.reply_count as "replyCount",
      t.status = 'published' and o.status = 'published' as shown, o.members_only as "membersOnly",
      exists (select 1 from polls l where l.thread_id = t.id) as poll,
      t.next_number as "nextNumber"
    from threads t
    join posts o on o.thread_id = t.id and o.number = 1
    where t.id = any(:ids::bigint[])
    order by t.created_at, t.id
  `,
);

export interface SimilarThread {
  id: string;
  title: string;
  lastPostAt: Date;
}

/**
 * Threads of the same community that the form offers: of the newest, those whose titles share most
 * words with the thread's. Who wrote them does not count, so that no alias is linked to anyone.
 */
export const threadsToMerge = statement<{ threadId: string; limit: number }, SimilarThread>(
  'thread-changes.threads-to-merge',
  `
    select x.id, x.title, x.last_post_at as "lastPostAt"
    from (select n.id, n.title, n.last_post_at,
        cardinality(array(select unnest(tsvector_to_array(to_tsvector('simple', n.title)))
          intersect
          select unnest(tsvector_to_array(to_tsvector('simple', t.title))))) as shared
      from threads t
      cross join lateral (select r.id, r.title, r.last_post_at
        from threads r
        join posts o on o.thread_id = r.id and o.number = 1 and o.status = 'published'
        where r.community_id = t.community_id and r.id <> t.id and r.status = 'published'
        order by r.last_post_at desc, r.id desc
        limit 200) n
      where t.id = :threadId) x
    order by x.shared desc, x.last_post_at desc, x.id desc
    limit :limit
  `,
);
