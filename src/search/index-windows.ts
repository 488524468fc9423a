/**
 * Maximum number of posts that a search ranks. A word that occurs in half of a million posts cannot
 * be ranked over all of them within a tenth of a second; the newest can, and are the most relevant.
 */
const MAX_RANKED = 200;

/**
 * Sizes of the windows by which recency is indexed, as powers of two: every post whose id is in the
 * n-th window of 2^11 ids has the label `#1-n`, and so on.
 */
const WIDTHS = [11, 14, 17] as const;

/** Estimated number of matches up to which all of them are read. */
const MAX_READ = 1_000;

const NARROW = 'not (select phrase from wide)';

/**
 * SQL: the labels of the two newest windows of a size as a tsquery; two, because the newest may
 * have just started.
 */
function newest(at: number, width: number): string {
  const label = `#${at + 1}-`;
  const window = `(q.newest >> ${width})`;
  return `format('(%L | %L)', '${label}' || ${window}, '${label}' || (${window} - 1))::tsquery`;
}

/**
 * SQL: the CTE `wide(phrase)`, whether the query contains a phrase of common words. The index
 * contains words but no phrases, so every post with all the words would have to be read; the search
 * is therefore limited to the newest thirty thousand posts. Expects `q(wanted, newest)`.
 */
export const WIDE_PHRASE = `wide as materialized (
  select count(*) >= 20 as phrase from (
    select 1 from q cross join post_words w
    where q.wanted::text ~ '<(-|[0-9]+)>'
      and (q.newest >> 14) > 1
      and w.words @@ (regexp_replace(q.wanted::text, '<(-|[0-9]+)>', '&',
        'g')::tsquery && ${newest(0, 11)})
    limit 20) held)`;

/**
 * SQL: the CTE `<name>`, the newest matching posts. Searches the newest two thousand or so posts,
 * then windows eight times as large, and all posts if the windows suggest that the words are rare.
 * Each step runs only if the earlier ones found too few, so that common and rare words cost about
 * the same. Expects `q(wanted, newest)`, `wide(phrase)` and `readable(id)`.
 * @param and SQL of a tsquery that narrows the search, or empty
 * @param when SQL condition for searching at all
 * @param most sufficient number of posts
 */
export function newestMatches(name: string, and = '', when = 'true', most = MAX_RANKED): string {
  const countOf = (at: number): string => `(select count(*) from ${name}${at})`;
  const short = (at: number): string[] =>
    Array.from({ length: at }, (_, before) => `${countOf(before)} < ${most}`);
  const steps = WIDTHS.map((width, at) => {
    // Skipped if the window contains all posts, or the previous one suggests few matches.
    const rare =
      at < 2 ? [] : [`${countOf(at - 1)} * (q.newest >> ${WIDTHS[at - 1]}) > ${MAX_READ}`, NARROW];
    return step(
      `${name}${at}`,
      [`q.wanted`, and, newest(at, width)],
      [when, `(q.newest >> ${width}) > 1`, ...short(at), ...rare],
      most,
    );
  });
  const all = `${name}${WIDTHS.length}`;
  const whole = step(all, ['q.wanted', and], [when, ...short(WIDTHS.length), NARROW], most);
  const chosen = WIDTHS.map((_, at) => `select * from ${name}${at} where ${countOf(at)} = ${most}`);
  return `
    ${[...steps, whole].join(',\n')},
    ${name} as materialized (${[...chosen, `select * from ${all}`].join(' union all ')})`;
}

// Comparing with true makes the planner probe the communities as a set for each post; a join
// would search each community. The sum in `order by` stops the planner from scanning the primary
// key backwards: it expects enough matches early, and reads the whole table if the newest posts
// have none (for example only replies, when searching for openings), which takes seconds for a
// million posts. Matches come from the index of words, are few because of the steps, and are then
// sorted.
function step(name: string, queries: string[], conditions: string[], most: number): string {
  return `${name} as materialized (
    select w.post_id, w.thread_id, w.number, w.words from q cross join post_words w
    where ${conditions.join(' and ')}
      and w.words @@ (${queries.filter((each) => each !== '').join(' && ')})
      and (w.community_id in (select id from readable)) is true
    order by w.post_id + 0 desc limit ${most})`;
}
