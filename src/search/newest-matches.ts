import {
  inAnyWindow,
  indexedWords,
  inWindows,
  PART_BITS,
  WINDOW_BITS,
  withoutPositions,
} from './windowed-words.js';

/**
 * Maximum number of posts that a search ranks. A word that occurs in half of a million posts cannot
 * be ranked over all of them within a tenth of a second; the newest can, and are the most relevant.
 */
const MAX_RANKED = 200;
/** Number of openings ranked beside them: their titles say most. */
const MAX_OPENINGS = 80;

/** Number of the newest ids that are read first. */
const FIRST_READ = 768;
/** A read goes so many times as far as the ones before suggest to be sufficient. */
const MARGIN = 1.2;
/** Maximum growth of what is read: few matches are a poor estimate. */
const MAX_GROWTH = 64;
/** Maximum number of windows of one read: each post that is found is compared with all of them. */
const MAX_WINDOWS = 16;
/** Numbers of posts from which larger parts of windows are read, and whole windows. */
const LARGE_PARTS = 1 << 14;
const WHOLE_WINDOWS = 1 << 15;

/** Minimum number of the newest posts that are searched for a phrase of common words. */
const PHRASE_REACH = 1 << 14;
/** Number of posts with its words, of the newest few thousand, from which a phrase is of these. */
const COMMON_PHRASE = 20;

/**
 * SQL: the number of newest posts that may be searched. The index contains words but no phrases, so
 * that every post with the words of a phrase has to be read: if these are common, only the newest
 * are.
 */
export function furthestSearched(words: string, newest: string): string {
  const anywhere = inAnyWindow(withoutPositions(words));
  const { small } = PART_BITS;
  return `case
    when ${words}::text ~ '<(-|[0-9]+)>' and ${newest} > ${2 * PHRASE_REACH} and ${COMMON_PHRASE} <= (
      select count(*)
      from (select 1
        from post_words w
        where ${indexedWords('w')} @@
          ${inWindows(anywhere, String(small), `${newest} - ${1 << small}`, newest)}
        limit ${COMMON_PHRASE}) held)
    then ${PHRASE_REACH}
    else ${newest} end`;
}

/** SQL condition of a match, beside what the index is searched for. */
const matching = (w: string): string => `
  (q.checked is null or ${w}.words @@ q.checked)
    and (${w}.community_id in (select id from readable)) is true`;

/** Titles weigh most, then openings; longer texts weigh slightly less. */
const SCORE = `ts_rank('{0.2,0.35,0.6,1}', w.words, q.words, 1) as score`;

/** A set of matches: their number, and the matches themselves. */
const SET = 'count(*) as size, array_agg(row(m.post_id, m.thread_id, m.score)) as found';

/** SQL: a number of newest posts that should contain enough matches, by those read before. */
function nextReach(most: number): string {
  return `
    least(q.furthest, ${MAX_GROWTH} * p.reach,
      (p.reach * ${most} * (${MARGIN} + 1 / sqrt(p.size + 1)) / (p.size + 1))::bigint)`;
}

/** SQL: the first id of the windows, or parts of windows, that reach so far, and their size. */
const nextRead = (most: number): string => `
  select b.bits, greatest(q.newest - r.reach >> b.bits,
    (p.since >> b.bits) - ${MAX_WINDOWS - 1}, 0) << b.bits as first
  from (select ${nextReach(most)} as reach) r
  cross join lateral (select case
    when r.reach < ${LARGE_PARTS} then ${PART_BITS.small}
    when r.reach < ${WHOLE_WINDOWS} then ${PART_BITS.large}
    else ${WINDOW_BITS} end as bits) b`;

/**
 * SQL: a recursive CTE of reads, each of the newest matches among the posts before the last read,
 * until there are enough of them. The sum in `order by` stops the planner from scanning the primary
 * key backwards: it expects enough matches early, and reads the whole table if the newest posts have
 * none, which takes seconds for a million posts. Comparing with true makes the planner probe the
 * communities as a set for each post; a join would search each community.
 */
function reads(name: string, condition: string, most: number): string {
  return `${name}(since, reach, size, found) as (
    select greatest(q.newest - ${FIRST_READ - 1}, 0), ${FIRST_READ}::bigint, m.*
    from q
    cross join lateral (
      select ${SET}
      from (select * from first_matches w where ${condition} order by post_id desc limit ${most}) m
    ) m
    union all
    select r.first, q.newest - r.first, p.size + m.size, m.found
    from ${name} p
    cross join q
    cross join lateral (${nextRead(most)}) r
    cross join lateral (
      select ${SET}
      from (
        select w.post_id, w.thread_id, ${SCORE}
        from post_words w
        where ${indexedWords('w')} @@ ${inWindows('q.anywhere', 'r.bits', 'r.first', 'p.since - 1')}
          and w.post_id + 0 < p.since
          and ${matching('w')}
          and ${condition}
        order by w.post_id + 0 desc
        limit ${most} - p.size) m) m
    where p.size < ${most} and p.since > 0 and p.reach < q.furthest)`;
}

const matchesOf = (name: string): string => `
  select m.*
  from ${name}, unnest(found) as m(post_id bigint, thread_id bigint, score real)`;

/**
 * SQL: the CTE `matches(post_id, thread_id, score)` of the newest matching posts and the newest
 * matching openings, which have an index of their own. Reads the newest posts without an
 * index, and then as many older ones as should contain enough matches, so that common and rare words
 * cost about the same. Expects `q(words, indexed, anywhere, checked, newest, furthest)` and
 * `readable(id)`.
 */
export const NEWEST_MATCHES = `
  first_matches as materialized (
    select w.post_id, w.thread_id, w.number, ${SCORE}
    from q
    cross join lateral (
      select *
      from post_words x
      where x.post_id > q.newest - ${FIRST_READ}
      order by x.post_id desc
      limit ${FIRST_READ}) w
    where w.words @@ q.indexed and ${matching('w')}),
  ${reads('posts_within', 'true', MAX_RANKED)},
  ${reads('openings_within', 'w.number = 1', MAX_OPENINGS)},
  matches as materialized (${matchesOf('posts_within')} union ${matchesOf('openings_within')})`;
