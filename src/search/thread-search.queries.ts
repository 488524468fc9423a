import { blocked, inAudience, notesOpen, unwantedPost } from '../content/visibility.js';
import { statement, type Statement } from '../kernel/sql.js';
import {
  listedFor,
  THREAD_COLUMNS,
  THREAD_JOINS,
  type ThreadRow,
} from '../threads/thread-list.queries.js';
import { indexedTerms, readableCommunities, searchTerms, type MatchMode } from './search-query.js';
import { furthestSearched, NEWEST_MATCHES } from './newest-matches.js';
import { headline } from './snippet.js';

export interface FoundThread extends ThreadRow {
  /** Summary of the opening. */
  summary: string;
  /** Number of the best matching post. */
  number: number;
  /** Fragments around the matches; null if content notes fold the post. */
  excerpt: string | null;
  notes: string[];
}

interface ThreadSearchQuery {
  viewerId: string | null;
  isStaff: boolean;
  query: string;
  /** Slug of one community, or '' for all. */
  community: string;
  /** A tsquery of labels that every match must have, or ''. */
  labels: string;
  /** Lexemes that many posts have, quoted as in a tsquery. */
  common: readonly string[];
  since: Date | null;
  offset: number;
  limit: number;
  now: Date;
  /** The viewer as a member of communities; null while suspended. */
  memberId: string | null;
}

/** SQL condition of every match and every opening: urgent and folded posts are never found. */
const NOT_URGENT = (p: string): string =>
  `${p}.tier not in ('urgent', 'crisis') and not ${p}.folded`;

/**
 * Boost by recency and replies: activity half a year ago weighs about half, replies weigh slightly
 * more. 15552000 seconds are 180 days.
 */
const BOOST = `
  (0.35 + 0.65 * exp(-extract(epoch from :now::timestamptz - t.last_post_at)::float / 15552000)) * (case
    when t.reply_count > 0 then 1.15
    else 1 end)
`;

/**
 * The best matching post of thread `t` that is visible to the viewer. The match that determines the
 * thread's rank may be another one: posts are read only for the threads of the page, as those of a
 * rare word are spread over the whole table. The opening's words are checked with the thread.
 */
const BEST_POST = `
  select x.id as post_id
  from (select m.post_id
    from matches m
    where m.thread_id = t.id
    order by m.score desc, m.post_id offset 0) m
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
 * Up to this number of communities, their labels are part of the index query: otherwise matches in
 * a few communities would be lost among those of a common word.
 */
const FEW = 12;

/**
 * Threads by their best matching post. Applies blocks, mutes, content notes and access, so that
 * callers need not. The most expensive condition, muted words, is evaluated last and in rank order
 * until the page is full: hence `offset 0`, an optimisation fence that keeps conditions out of the
 * ordered subquery.
 */
function search(strictness: MatchMode): Statement<ThreadSearchQuery, FoundThread> {
  return statement<ThreadSearchQuery, FoundThread>(
    `search.threads-${strictness}`,
    `with recursive ${readableCommunities(':memberId', ':isStaff', ':community')},
     ${searchTerms(':query', strictness)},
     ${indexedTerms(':common')},
     few as (
       select string_agg(format('%L', '#c' || id), ' | ')::tsquery as labels
       from readable
       having count(*) <= ${FEW}),
     q as materialized (
       select a.words,
         coalesce(b.words && nullif(:labels, '')::tsquery, b.words) as indexed,
         case when l.words <> a.words then a.words end as checked,
         n.newest, ${furthestSearched('a.words', 'n.newest')} as furthest
       from terms a
       cross join indexed l
       cross join lateral (
         select coalesce(l.words && (select labels from few), l.words) as words) b
       cross join (select max(post_id) as newest from post_words) n
       where a.words is not null and exists (select 1 from readable)),
     ${NEWEST_MATCHES},
     ranked as materialized (
       select t.id, best.post_id, s.score
       from (select t.id, g.score * ${BOOST} as score
         from (select thread_id, max(score) as score from matches group by thread_id) g
         cross join lateral (select x.*
           from threads x
           where x.id = g.thread_id
           limit 1) t
         where :since::timestamptz is null or t.last_post_at >= :since
         order by 2 desc, 1 desc offset 0) s
       cross join lateral (select x.*
         from threads x
         where x.id = s.id
         limit 1) t ${THREAD_JOINS}
       cross join lateral (${BEST_POST}) best
       where ${listedFor(':viewerId')}
         and ${NOT_URGENT('p')}
       order by s.score desc, s.id desc offset :offset limit :limit)
     select ${THREAD_COLUMNS}, p.summary, x.number, x.content_warnings || x.added_notes as notes,
       case
         when cardinality(x.content_warnings || x.added_notes) = 0
           or (:viewerId::bigint is not null and ${notesOpen('x', ':viewerId')})
         then ${headline('search_config(c.language)', 'x.body', 'a.words')} end as excerpt
     from ranked r
     cross join terms a
     join threads t on t.id = r.id ${THREAD_JOINS}
     join posts x on x.id = r.post_id
     order by r.score desc, t.id desc`,
    'isolated',
  );
}

export const threadSearch: Record<MatchMode, Statement<ThreadSearchQuery, FoundThread>> = {
  all: search('all'),
  any: search('any'),
};
