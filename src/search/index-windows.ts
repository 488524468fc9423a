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

const NOT_WIDE = 'not (select phrase from wide)';

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

/** The step after those of the windows, over all posts. */
const WHOLE = WIDTHS.length;
const STEPS = [...WIDTHS.keys(), WHOLE];

/** Sufficient number of openings: their titles say most, so that they are ranked beyond the rest. */
const MAX_OPENINGS = 80;
/** Maximum number of matches of a step in which openings are looked for. */
const MAX_FOUND = 2_000;

/**
 * SQL: the CTE `newest_matches(part, place)`, the tables (partitions) and rows of the newest
 * matching posts, and of the newest matching openings, in `post_words`. Searches the newest two
 * thousand or so posts, then windows eight times as large, and all posts if the windows suggest
 * that the words are rare. Each step runs only if the earlier ones found too few, so that common and
 * rare words cost about the same. Expects `q(wanted, newest)`, `wide(phrase)` and `readable(id)`.
 */
export const NEWEST_MATCHES = `
  ${STEPS.map(postsStep).join(',\n')},
  posts_found as materialized (${firstSufficient('posts', MAX_RANKED)}),
  ${STEPS.map(openingsStep).join(',\n')},
  newest_matches as materialized (
    select part, place from posts_found
    union
    select part, place from (${firstSufficient('openings', MAX_OPENINGS)}) o)`;

function countOf(name: string, at: number): string {
  return `(select size from ${name}${at}_size)`;
}

/** The rows of the first step that found enough, or those of the last. */
function firstSufficient(name: string, most: number): string {
  const newestOf = (at: number, condition: string): string => `(
    select part, place from ${name}${at} where ${condition} order by post_id desc limit ${most})`;
  return STEPS.map((at) => {
    const before = STEPS.slice(0, at).map((each) => `${countOf(name, each)} < ${most}`);
    const enough = at === WHOLE ? [] : [`${countOf(name, at)} >= ${most}`];
    return newestOf(at, [...before, ...enough].join(' and '));
  }).join(' union all ');
}

function postsStep(at: number): string {
  const conditions = [
    ...STEPS.slice(0, at).map((before) => `${countOf('posts', before)} < ${MAX_RANKED}`),
    // Skipped if the previous window suggests few matches, which the last step reads all.
    ...(at === 2
      ? [`${countOf('posts', at - 1)} * (q.newest >> ${WIDTHS[at - 1]}) > ${MAX_READ}`]
      : []),
    ...(at >= 2 ? [NOT_WIDE] : []),
  ];
  return withSize('posts', at, matchesIn(at, ['q.wanted'], conditions, MAX_FOUND));
}

// Openings are taken from what the step for all posts found. The index is searched for them only in
// windows that it did not need.
function openingsStep(at: number): string {
  const before = STEPS.slice(0, at);
  const conditions = [
    `${countOf('posts', at)} = 0`,
    before.length === 0
      ? 'false'
      : `(${before.map((each) => `${countOf('posts', each)} >= ${MAX_RANKED}`).join(' or ')})`,
    ...before.map((each) => `${countOf('openings', each)} < ${MAX_OPENINGS}`),
    ...(at === WHOLE ? [NOT_WIDE] : []),
  ];
  return withSize(
    'openings',
    at,
    `select * from posts${at} where number = 1
    union all
    (${matchesIn(at, ['q.wanted', `'#o'::tsquery`], conditions, MAX_OPENINGS)})`,
  );
}

// Counted once, as many conditions refer to it.
function withSize(name: string, at: number, rows: string): string {
  return `${name}${at} as materialized (${rows}),
  ${name}${at}_size as materialized (select count(*) as size from ${name}${at})`;
}

// Comparing with true makes the planner probe the communities as a set for each post; a join
// would search each community. The sum in `order by` stops the planner from scanning the primary
// key backwards: it expects enough matches early, and reads the whole table if the newest posts
// have none (for example only replies, when searching for openings), which takes seconds for a
// million posts. Matches come from the index of words, are few because of the steps, and are then
// sorted, without their words: a common word has thousands in the smallest window.
function matchesIn(at: number, queries: string[], conditions: string[], most: number): string {
  const width = WIDTHS[at];
  const inWindow = width === undefined ? [] : [newest(at, width)];
  // Unless the window contains all posts.
  const isWindow = width === undefined ? [] : [`(q.newest >> ${width}) > 1`];
  return `
    select w.tableoid as part, w.ctid as place, w.post_id, w.number
    from q cross join post_words w
    where ${[...isWindow, ...conditions, 'true'].join(' and ')}
      and w.words @@ (${[...queries, ...inWindow].join(' && ')})
      and (w.community_id in (select id from readable)) is true
    order by w.post_id + 0 desc
    limit ${most}`;
}
