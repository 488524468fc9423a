/**
 * Maximum number of posts that a search ranks. A word that occurs in half of a million posts cannot
 * be ranked over all of them within a tenth of a second; the newest can, and are the most relevant.
 */
const MAX_RANKED = 200;
/** Number of openings ranked beside them: their titles say most. */
const MAX_OPENINGS = 80;

/** Number of the newest posts that are read first. */
const FIRST_READ = 1_024;
/** A window covers so many times the posts that the one before suggests to be sufficient. */
const MARGIN = 1.2;
/** Estimated number of matches up to which all of them are read, as a multiple of the sufficient. */
const MAX_READ = 7;
/** Number of posts from which all are searched, as a window would have too many labels. */
const LARGEST_WINDOW = 1 << 20;

/** Minimum number of the newest posts that are searched for a phrase of common words. */
const PHRASE_REACH = 1 << 14;
/** Number of posts with its words, of the newest few thousand, from which a phrase is of these. */
const COMMON_PHRASE = 20;

/**
 * SQL: the window of the newest posts in the index. Every post whose id is in the n-th window of
 * 2^11 ids has the label `#1-n`, of 2^14 ids `#2-n`, and of 2^17 ids `#3-n`.
 * @param reach SQL of the minimum number of posts
 * @returns a subquery of one row with `labels`, a tsquery that is null if the window contains all
 * posts, and `reach`, the number of posts in it
 */
function newestWindow(reach: string): string {
  return `
    select s.reach, (
      select string_agg(format('''#%s-%s''', (s.width - 8) / 3, n), '|')::tsquery
      from generate_series((q.newest - s.reach) >> s.width, q.newest >> s.width) n
      where s.reach < q.newest) as labels
    from (
      select a.width, case
        when a.reach < least(${LARGEST_WINDOW}, q.newest)
        then q.newest - ((q.newest - a.reach) >> a.width << a.width)
        else q.newest end as reach
      from (
        select r.reach, case
          when r.reach < ${1 << 14} then 11
          when r.reach < ${1 << 17} then 14
          else 17 end as width
        from (select ${reach} as reach) r) a) s`;
}

/**
 * SQL: the number of newest posts that may be searched. The index contains words but no phrases, so
 * that every post with the words of a phrase has to be read: if these are common, only the newest
 * are.
 */
export function furthestSearched(words: string, newest: string): string {
  return `case
    when ${words}::text ~ '<(-|[0-9]+)>' and ${newest} > ${2 * PHRASE_REACH} and ${COMMON_PHRASE} <= (
      select count(*)
      from (select 1
        from post_words w
        where w.words @@ (
          regexp_replace(${words}::text, '<(-|[0-9]+)>', '&', 'g')::tsquery
            && format('(%L | %L)', '#1-' || (${newest} >> 11), '#1-' || ((${newest} >> 11) - 1))
              ::tsquery)
        limit ${COMMON_PHRASE}) held)
    then ${PHRASE_REACH}
    else ${newest} end`;
}

const matching = (words: string, w: string): string => `
  ${w}.words @@ ${words}
    and (q.checked is null or ${w}.words @@ q.checked)
    and (${w}.community_id in (select id from readable)) is true`;

/** Titles weigh most, then openings; longer texts weigh slightly less. */
const SCORE = `ts_rank('{0.2,0.35,0.6,1}', w.words, q.words, 1) as score`;

/** A set of matches: their number, and the matches themselves, newest first. */
const SET = 'count(*) as size, array_agg(row(m.post_id, m.thread_id, m.score)) as found';

/**
 * SQL: the newest matches in a window, with their number. The sum in `order by` stops the planner
 * from scanning the primary key backwards: it expects enough matches early, and reads the whole
 * table if the newest posts have none, which takes seconds for a million posts. Comparing with true
 * makes the planner probe the communities as a set for each post; a join would search each community.
 */
function matchesIn(reach: string, condition: string, most: number): string {
  return `
    select i.reach, f.size, f.found
    from (${newestWindow(reach)}) i
    cross join lateral (
      select ${SET}
      from (
        select w.post_id, w.thread_id, ${SCORE}
        from post_words w
        where ${matching('(case when i.labels is null then q.indexed else q.indexed && i.labels end)', 'w')}
          and ${condition}
        order by w.post_id + 0 desc
        limit ${most}) m) f`;
}

/** SQL: a number of newest posts that should contain enough matches, or all if these are few. */
function nextReach(most: number): string {
  return `case
    when q.newest * (p.size + 1) <= ${MAX_READ * most} * p.reach then q.furthest
    else least(q.furthest,
      p.reach * ${most} * (${MARGIN} + 1 / sqrt(p.size + 1)) / (p.size + 1))::bigint end`;
}

/** SQL: a recursive CTE of windows, each with its newest matches, until there are enough of them. */
function windows(name: string, condition: string, most: number): string {
  return `${name}(reach, size, found) as (
    select ${FIRST_READ}::bigint, ${SET}
    from (select w.* from first_matches w where ${condition} order by w.post_id desc limit ${most}) m
    union all
    select s.*
    from ${name} p
    cross join q
    cross join lateral (${matchesIn(nextReach(most), condition, most)}) s
    where p.size < ${most} and p.reach < q.furthest)`;
}

function matchesOf(name: string): string {
  return `
    select m.*
    from (select found from ${name} order by reach desc limit 1) p,
      unnest(p.found) as m(post_id bigint, thread_id bigint, score real)`;
}

/**
 * SQL: the CTE `matches(post_id, thread_id, score)` of the newest matching posts and the newest
 * matching openings, which have an index of their own. Reads the newest thousand posts without an
 * index, and then as large a window as should contain enough matches, so that common and rare words
 * cost about the same. Expects `q` and `readable(id)`.
 */
export const NEWEST_MATCHES = `
  first_matches as materialized (
    select w.post_id, w.thread_id, w.number, ${SCORE}
    from q
    cross join (select * from post_words order by post_id desc limit ${FIRST_READ}) w
    where ${matching('q.indexed', 'w')}),
  ${windows('posts_within', 'true', MAX_RANKED)},
  ${windows('openings_within', 'w.number = 1', MAX_OPENINGS)},
  matches as materialized (${matchesOf('posts_within')} union ${matchesOf('openings_within')})`;
