import { statement, type Statement } from '../kernel/sql.js';
import { furthestSearched, NEWEST_MATCHES } from './newest-matches.js';
import { searchTerms, type MatchMode } from './search-query.js';
import { inAnyWindow, withoutPositions } from './windowed-words.js';

/** What matches a query in some communities, whoever asks, as texts of SQL values. */
export interface MatchingThreads {
  /** The query as a tsquery; null if it matches nothing. */
  words: string | null;
  /** A `bigint[]` of threads, best first; null if there are none. */
  threads: string | null;
  /** A `text[]` with a `bigint[]` of the matching posts of each thread, best first. */
  posts: string | null;
}

interface MatchQuery {
  query: string;
  /** A `bigint[]` of communities, and a `text[]` of their languages. */
  communities: string;
  languages: string;
  /** A tsquery of labels that every match must have, or ''. */
  labels: string;
  now: Date;
}

/**
 * Boost by recency and replies: activity half a year ago weighs about half, replies weigh slightly
 * more. 15552000 seconds are 180 days.
 */
const BOOST = `
  (0.35 + 0.65 * exp(-date_part('epoch', :now::timestamptz - t.last_post_at) / 15552000)) * (case
    when t.reply_count > 0 then 1.15
    else 1 end)
`;

/**
 * Up to this number of communities, their labels are part of the index query: otherwise matches in
 * a few communities would be lost among those of a common word.
 */
const FEW = 12;

/** Threads by their best matching post, without what only a viewer's own settings decide. */
function matching(strictness: MatchMode): Statement<MatchQuery, MatchingThreads> {
  return statement<MatchQuery, MatchingThreads>(
    `search.matching-threads-${strictness}`,
    `with recursive readable as materialized (
       select r.id, r.language
       from unnest(:communities::bigint[], :languages::text[]) as r(id, language)),
     languages as materialized (select distinct language from readable),
     ${searchTerms(':query', strictness)},
     few as (
       select string_agg(format('%L', '#c' || id), ' | ')::tsquery as labels
       from readable
       having count(*) <= ${FEW}),
     q as materialized (
       select a.words,
         i.words as indexed, ${inAnyWindow('i.words')} as anywhere,
         case when l.words <> a.words then a.words end as checked,
         n.newest, ${furthestSearched('a.words', 'n.newest')} as furthest
       from terms a
       cross join lateral (select ${withoutPositions('a.words')} as words offset 0) l
       cross join lateral (
         select coalesce(l.words && (select labels from few), l.words) as words offset 0) b
       cross join lateral (
         select coalesce(b.words && nullif(:labels, '')::tsquery, b.words) as words offset 0) i
       cross join (select max(post_id) as newest from post_words) n
       where a.words is not null),
     ${NEWEST_MATCHES}
     select (select words::text from terms) as words,
       array_agg(s.id order by s.score desc, s.id desc)::text as threads,
       array_agg(s.posts order by s.score desc, s.id desc)::text as posts
     from (
       select t.id, g.score * ${BOOST} as score, g.posts
       from (
         select thread_id, max(score) as score,
           array_agg(post_id order by score desc, post_id)::text as posts
         from matches
         group by thread_id) g
       join threads t on t.id = g.thread_id) s`,
    'isolated',
  );
}

export const matchingThreads: Record<MatchMode, Statement<MatchQuery, MatchingThreads>> = {
  all: matching('all'),
  any: matching('any'),
};
