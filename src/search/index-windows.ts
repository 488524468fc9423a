/**
 * Number of posts that a search ranks. A word in half of a million posts cannot be ranked over all
 * of them in a tenth of a second; the newest can, and are the most relevant.
 */
const MOST_RANKED = 200;

/**
 * Widths of the windows by which recency is indexed, as powers of two: the label `#1-n` is on every
 * post whose id is in the n-th window of 2^11 ids, and so on.
 */
const WIDTHS = [11, 14, 17] as const;

/** Estimated number of matches up to which all of them are read. */
const MOST_READ = 1_000;

const NARROW = 'not (select phrase from wide)';

/**
 * SQL: the labels of the two newest windows of a width as a tsquery; two, since the newest may have
 * just begun.
 */
function newest(at: number, width: number): string {
  const label = `#${at + 1}-`;
  const window = `(q.newest >> ${width})`;
  return `format('(%L | %L)', '${label}' || ${window}, '${label}' || (${window} - 1))::tsquery`;
}

/**
 * SQL: the CTE `wide(phrase)`, whether the query holds a phrase of common words. The index knows
 * words and no phrases, so that every post with such words would have to be read; the search is
 * then limited to the newest thirty thousand posts. Expects `q(wanted, newest)`.
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
 * SQL: the CTE `<name>`, the newest posts that match. Searches the newest two thousand or so posts,
 * then windows eight times as wide, and all posts where the windows suggest that the words are
 * rare. Each step runs only where the ones before found too few, so that common and rare words cost
 * about the same. Expects `q(wanted, newest)`, `wide(phrase)` and `readable(id)`.
 * @param and narrows the search: a tsquery as SQL, or empty
 * @param when condition for searching at all
 * @param most number of posts that is enough
 */
export function newestMatches(name: string, and = '', when = 'true', most = MOST_RANKED): string {
  const found = (at: number): string => `(select count(*) from ${name}${at})`;
  const short = (at: number): string[] =>
    Array.from({ length: at }, (_, before) => `${found(before)} < ${most}`);
  const steps = WIDTHS.map((width, at) => {
    // Skipped where the window holds all posts, or the one before suggests few matches.
    const rare =
      at < 2 ? [] : [`${found(at - 1)} * (q.newest >> ${WIDTHS[at - 1]}) > ${MOST_READ}`, NARROW];
    return step(
      `${name}${at}`,
      [`q.wanted`, and, newest(at, width)],
      [when, `(q.newest >> ${width}) > 1`, ...short(at), ...rare],
      most,
    );
  });
  const all = `${name}${WIDTHS.length}`;
  const whole = step(all, ['q.wanted', and], [when, ...short(WIDTHS.length), NARROW], most);
  const chosen = WIDTHS.map((_, at) => `select * from ${name}${at} where ${found(at)} = ${most}`);
  return `
    ${[...steps, whole].join(',\n')},
    ${name} as materialized (${[...chosen, `select * from ${all}`].join(' union all ')})`;
}

// The comparison with true makes the planner probe the communities as a set for each post; as a
// join, each would be searched. The sum in the order keeps the planner from scanning the primary key
// backwards: it expects enough matches early, and reads the whole table where the newest posts have
// none (replies only, when searching for openings), seconds for a million posts. Matches come from
// the index of words, which the steps keep small, and are sorted.
function step(name: string, queries: string[], conditions: string[], most: number): string {
  return `${name} as materialized (
    select w.post_id, w.thread_id, w.number, w.words from q cross join post_words w
    where ${conditions.join(' and ')}
      and w.words @@ (${queries.filter((each) => each !== '').join(' && ')})
      and (w.community_id in (select id from readable)) is true
    order by w.post_id + 0 desc limit ${most})`;
}
