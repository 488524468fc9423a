import {
  isMemberOrVisitorSql,
  inAudience,
  mayRead,
  unwantedPost,
  blocked,
} from '../content/visibility.js';
import { statement } from '../kernel/sql.js';
import { listedFor } from '../threads/thread-list.queries.js';
import type { FeedScope } from './feed-scope.js';

/** Maximum number of feeds for each member. */
export const MAX_FEEDS = 10;
const MAX_ENTRIES = 30;
/** Number of followed threads to search for new replies, by latest activity. */
const MAX_FOLLOWED = 100;

export interface PrivateFeedRow {
  id: string;
  name: string;
  scope: FeedScope;
  titles: boolean;
  createdAt: Date;
  lastUsedAt: Date | null;
}

export const ownFeeds = statement<{ memberId: string }, PrivateFeedRow>(
  'syndication.own-feeds',
  `
    select id, name, scope, titles, created_at as "createdAt", last_used_at as "lastUsedAt"
    from private_feeds
    where member_id = :memberId and revoked_at is null
    order by name, id
  `,
);

/** @returns no row if the member has too many feeds, or one with that name */
export const createFeed = statement<
  {
    memberId: string;
    token: Buffer;
    name: string;
    scope: FeedScope;
    titles: boolean;
    now: Date;
  },
  { id: string }
>(
  'syndication.create-feed',
  `
    insert into private_feeds (member_id, token_hash, name, scope, titles, created_at)
    select :memberId, :token, :name, :scope, :titles, :now
    where (select count(*)
      from private_feeds
      where member_id = :memberId and revoked_at is null) < ${MAX_FEEDS}
    on conflict (member_id, name) where revoked_at is null
    do nothing
    returning id
  `,
);

export const hasFeed = statement<{ memberId: string; token: Buffer }, object>(
  'syndication.has-feed',
  `
    select 1
    from private_feeds
    where member_id = :memberId and token_hash = :token and revoked_at is null
  `,
);

export const revokeFeed = statement<{ memberId: string; id: string; now: Date }, object>(
  'syndication.revoke-feed',
  `
    update private_feeds
    set revoked_at = :now
    where member_id = :memberId and id = :id and revoked_at is null
  `,
);

export interface FeedByToken extends PrivateFeedRow {
  memberId: string;
  locale: string | null;
  revoked: boolean;
  /** Whether the time of the last use is due for an update, at most once an hour. */
  stale: boolean;
}

export const feedByToken = statement<{ token: Buffer; now: Date }, FeedByToken>(
  'syndication.feed-by-token',
  `
    select f.id, f.name, f.scope, f.titles, f.created_at as "createdAt",
      f.last_used_at as "lastUsedAt", f.member_id as "memberId", m.locale,
      f.revoked_at is not null as revoked,
      coalesce(f.last_used_at < :now::timestamptz - interval '1 hour', true) as stale
    from private_feeds f
    join members m on m.id = f.member_id
    where f.token_hash = :token and m.closed_at is null
  `,
);

export const useFeed = statement<{ id: string; now: Date }, object>(
  'syndication.use-feed',
  'update private_feeds set last_used_at = :now where id = :id',
);

/** A thread or reply as an entry of a feed. */
export interface PrivateEntryRow {
  threadId: string;
  /** The number of the reply; null if the entry is the thread. */
  number: number | null;
  title: string;
  communityName: string;
  kind: string;
  replyWish: string;
  replyCount: number;
  notes: string[];
  summary: string;
  createdAt: Date;
}

/** SQL condition: excludes urgent, folded and the member's own posts, as in digests. */
function syndicatedSql(p: string): string {
  return `
    ${p}.status = 'published'
      and not ${p}.folded
      and ${p}.tier not in ('urgent', 'crisis')
      and ${p}.author_id is distinct from :memberId
  `;
}

/** The newest threads of communities that the member has joined or visits. */
export const newThreads = statement<{ memberId: string }, PrivateEntryRow>(
  'syndication.private-threads',
  `
    select t.id as "threadId", null::int as number, t.title, c.name as "communityName", t.kind,
      t.reply_wish as "replyWish", t.reply_count as "replyCount",
      p.content_warnings || p.added_notes as notes, p.summary, t.created_at as "createdAt"
    from (select n.*
      from memberships mm
      join communities mc on mc.id = mm.community_id and mc.archived_at is null
      cross join lateral (
        select x.*
        from threads x
        where x.community_id = mm.community_id and x.status = 'published'
        order by x.created_at desc, x.id desc
        limit ${2 * MAX_ENTRIES}) n
      where mm.member_id = :memberId and ${isMemberOrVisitorSql('mm')}
      order by n.created_at desc, n.id desc
      limit ${2 * MAX_ENTRIES}) t
    join communities c on c.id = t.community_id
    join posts p on p.thread_id = t.id and p.number = 1
    where ${listedFor(':memberId')} and ${syndicatedSql('p')}
    order by t.created_at desc, t.id desc
    limit ${MAX_ENTRIES}
  `,
);

/**
 * The newest replies in threads that the member follows. Moderator rights do not widen access here.
 */
export const newReplies = statement<{ memberId: string }, PrivateEntryRow>(
  'syndication.private-replies',
  `
    select t.id as "threadId", r.number, t.title, c.name as "communityName", t.kind,
      t.reply_wish as "replyWish", t.reply_count as "replyCount",
      r.content_warnings || r.added_notes as notes, r.summary, r.created_at as "createdAt"
    from (select x.*
      from thread_follows f
      join threads x on x.id = f.thread_id
      where f.member_id = :memberId and f.level = 'following' and x.status = 'published'
      order by x.last_post_at desc, x.id desc
      limit ${MAX_FOLLOWED}) t
    join communities c on c.id = t.community_id and c.archived_at is null
    join posts p on p.thread_id = t.id and p.number = 1
    left join memberships mm on mm.community_id = c.id
      and mm.member_id = :memberId
      and ${isMemberOrVisitorSql('mm')}
    cross join lateral (
      select y.*
      from posts y
      where y.thread_id = t.id and y.number > 1
      order by y.number desc
      limit ${2 * MAX_ENTRIES}) r
    where ${mayRead('c', 'mm', 'false')}
      and ${listedFor(':memberId')}
      and ${syndicatedSql('r')}
      and ${inAudience('r', 'c.id', ':memberId')}
      and not ${blocked('r', ':memberId')}
      and not ${unwantedPost('r', ':memberId')}
    order by r.created_at desc, r.id desc
    limit ${MAX_ENTRIES}
  `,
);
