import {
  blocked,
  inAudience,
  joinMembership,
  mayRead,
  notesOpen,
  unwantedPost,
} from '../content/visibility.js';
import { statement } from '../kernel/sql.js';
import {
  listedFor,
  THREAD_COLUMNS,
  THREAD_JOINS,
  type ThreadRow,
} from '../threads/thread-list.queries.js';
import { headline } from './snippet.js';

export interface FoundThread extends ThreadRow {
  /** Summary of the opening. */
  summary: string;
  /** Id and number of the best matching post. */
  postId: string;
  number: number;
  /** Fragments around the matches; null if content notes fold the post. */
  excerpt: string | null;
  notes: string[];
}

interface FoundThreadsQuery {
  viewerId: string | null;
  /** The communities that the viewer may read, as in `ReadableCommunities`. */
  communities: string;
  /** As in `MatchingThreads`. */
  words: string;
  threads: string;
  posts: string;
  /** A `bigint[]` of posts of which no excerpt is needed. */
  excerpted: string;
  since: Date | null;
  offset: number;
  limit: number;
}

/** The communities that a viewer may read. */
export interface ReadableCommunities {
  /** A `bigint[]` and a `text[]` as texts; null if there are none. */
  communities: string | null;
  languages: string | null;
}

export const readableCommunities = statement<
  {
    /** The viewer as a member of communities; null while suspended. */
    memberId: string | null;
    isStaff: boolean;
    /** Slug of one community, or '' for all. */
    community: string;
  },
  ReadableCommunities
>(
  'search.readable-communities',
  `
    select array_agg(c.id order by c.id)::text as communities,
      array_agg(c.language order by c.id)::text as languages
    from communities c ${joinMembership('c', 'm', ':memberId')}
    where ${mayRead('c', 'm', ':isStaff')} and (:community = '' or c.slug = :community)
  `,
);

/** SQL condition of every match and every opening: urgent and folded posts are never found. */
const NOT_URGENT = (p: string): string =>
  `${p}.tier not in ('urgent', 'crisis') and not ${p}.folded`;

/**
 * The best matching post of thread `t` that is visible to the viewer. The match that determines the
 * thread's rank may be another one: posts are read only for the threads of the page, as those of a
 * rare word are spread over the whole table. The opening's words are checked with the thread.
 */
const BEST_POST = `
  select x.id as post_id
  from (select m.post_id
    from unnest(s.posts::bigint[]) with ordinality as m(post_id, place)
    order by m.place offset 0) m
  cross join lateral (select * from posts each where each.id = m.post_id limit 1) x
  where x.status = 'published'
    and ${NOT_URGENT('x')}
    and ${inAudience('x', 't.community_id', ':viewerId')}
    and (:viewerId::bigint is null
      or (not ${blocked('x', ':viewerId')}
        and (x.number = 1 or not ${unwantedPost('x', ':viewerId')})))
  limit 1
`;

/**
 * The threads of a page of results. Applies blocks, mutes, content notes and access, so that
 * callers need not. The most expensive condition, muted words, is evaluated last and in rank order
 * until the page is full: hence `offset 0`, an optimisation fence that keeps conditions out of the
 * ordered subquery.
 */
export const foundThreads = statement<FoundThreadsQuery, FoundThread>(
  'search.found-threads',
  `
    with ranked as materialized (
      select t.id, best.post_id, s.place
      from (select x.*
        from unnest(:threads::bigint[], :posts::text[]) with ordinality as x(id, posts, place)
        order by x.place offset 0) s
      cross join lateral (select x.*
        from threads x
        where x.id = s.id
        limit 1) t ${THREAD_JOINS}
      cross join lateral (${BEST_POST}) best
      where c.id = any(:communities::bigint[])
        and (:since::timestamptz is null or t.last_post_at >= :since)
        and ${listedFor(':viewerId')}
        and ${NOT_URGENT('p')}
      order by s.place offset :offset limit :limit)
    select ${THREAD_COLUMNS}, p.summary, x.id as "postId", x.number,
      x.content_warnings || x.added_notes as notes,
      case
        when cardinality(x.content_warnings || x.added_notes) > 0
          and (:viewerId::bigint is null or not ${notesOpen('x', ':viewerId')}) then null
        when x.id = any(:excerpted::bigint[]) then ''
        else ${headline('search_config(c.language)', 'x.body', ':words::tsquery')} end as excerpt
    from ranked r
    join threads t on t.id = r.id ${THREAD_JOINS}
    join posts x on x.id = r.post_id
    order by r.place`,
  'isolated',
);
