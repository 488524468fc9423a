/**
 * How many posts a search looks at more closely. A word that half of a million posts hold cannot be
 * ranked over all of them in a tenth of a second; the newest of its posts can, and they are what
 * people look for.
 */
const CLOSER_LOOK = 200;

/**
 * Widths in which newness is indexed: `#1-…` stands on every post of a stretch of 2^11 ids, and so
 * on.
 */
const WIDTHS = [11, 14, 17] as const;

/** Where fewer than so many posts seem to match in all, they are all looked at. */
const ALL_OF_THEM = 1_000;

const NARROW = 'not (select phrase from wide)';

/**
 * The two newest stretches of a width, so that a stretch that has just begun is not looked at
 * alone.
 */
function newest(at: number, width: number): string {
  const label = `#${at + 1}-`;
  return `format('(%L | %L)', '${label}' || (q.newest >> ${width}), '${label}' || ((q.newest >> ${width}) - 1))::tsquery`;
}

/**
 * Words side by side are not in the index, only the words: where each of them is common, every post
 * that holds them has to be read. Then the newest thirty thousand posts have to do. Makes
 * `wide(phrase)`; expects `q(wanted, newest)`.
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
 * The newest posts that match, as the table expression `<name>`: first among the newest two
 * thousand or so, then in stretches eight times as wide, and among all of them for words that are
 * rare, as far as the stretches before can tell. Each step is taken only where the ones before
 * found too few, so that common and rare words cost alike. Expects `q(wanted, newest)`,
 * `wide(phrase)` and `readable(id)`.
 * @param and narrows the search: a tsquery as SQL, or nothing
 * @param when a condition for looking at all
 * @param most how many are enough
 */
export function newestMatches(name: string, and = '', when = 'true', most = CLOSER_LOOK): string {
  const found = (at: number): string => `(select count(*) from ${name}${at})`;
  const short = (at: number): string[] =>
    Array.from({ length: at }, (_, before) => `${found(before)} < ${most}`);
  const steps = WIDTHS.map((width, at) => {
    // A stretch that holds everything, or one before it that says how few there are, makes the step
    // idle.
    const rare =
      at < 2 ? [] : [`${found(at - 1)} * (q.newest >> ${WIDTHS[at - 1]}) > ${ALL_OF_THEM}`, NARROW];
    return step(
      `${name}${at}`,
      [`q.wanted`, and, newest(at, width)],
      [when, `(q.newest >> ${width}) > 1`, ...short(at), ...rare],
      most,
    );
  });
  const all = `${name}${WIDTHS.length}`;
  const chosen = WIDTHS.map((_, at) => `select * from ${name}${at} where ${found(at)} = ${most}`);
  return `
    ${[...steps, step(all, ['q.wanted', and], [when, ...short(WIDTHS.length), NARROW], most)].join(',\n')},
    ${name} as materialized (${[...chosen, `select * from ${all}`].join(' union all ')})`;
}

// The comparison with true keeps the communities a set to look into for each post; joined, they
// would each be searched. The sum in the order keeps the planner from walking the primary key
// backwards: it expects to meet enough matches early, and where the newest posts hold none (replies
// only, when openings are looked for) it reads the whole table, seconds for a million posts. What
// matches is fetched through the index of words, which the steps keep small, and sorted.
function step(name: string, queries: string[], conditions: string[], most: number): string {
  return `${name} as materialized (
    select w.post_id, w.thread_id, w.number, w.words from q cross join post_words w
    where ${conditions.join(' and ')}
      and w.words @@ (${queries.filter((each) => each !== '').join(' && ')})
      and (w.community_id in (select id from readable)) is true
    order by w.post_id + 0 desc limit ${most})`;
}
