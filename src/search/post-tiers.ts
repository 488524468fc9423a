/**
 * How many posts a search looks at more closely. A word that half of a million posts hold cannot be ranked over all of them in a tenth of a
 * second; the newest of its posts can, and they are what people look for.
 */
export const CLOSER_LOOK = 200;

/** Widths in which newness is indexed: `#1-…` stands on every post of a stretch of 2^11 ids, and so on. */
const WIDTHS = [11, 14, 17, 20] as const;

/** The two newest stretches of a width, so that a stretch that has just begun is not looked at alone. */
function newest(width: number): string {
  const label = `#${WIDTHS.indexOf(width as (typeof WIDTHS)[number]) + 1}-`;
  return `format('(%L | %L)', '${label}' || (q.newest >> ${width}), '${label}' || ((q.newest >> ${width}) - 1))::tsquery`;
}

/**
 * The newest posts that match, as the table expression `<name>`: first among the newest two thousand or so, then in stretches eight times as wide, and
 * among all of them only for words that the newest million hardly hold. Each step is taken only where the one before found too few, so that
 * common and rare words cost alike. Expects `q(wanted, newest)` and `readable(id)`.
 * @param and narrows the search: a tsquery as SQL, or nothing
 * @param when a condition for looking at all
 */
export function newestMatches(name: string, and = '', when = 'true'): string {
  const steps = [...WIDTHS, null];
  const short = (at: number): string => steps.slice(0, at).map((_, before) => `(select count(*) from ${name}${before}) < ${CLOSER_LOOK}`).join(' and ') || 'true';
  const made = steps.map((width, at) => {
    const narrowed = [`q.wanted`, ...(and === '' ? [] : [and]), ...(width === null ? [] : [newest(width)])].join(' && ');
    return `${name}${at} as materialized (
      select w.post_id, w.thread_id, w.number, w.words from q cross join post_words w
      where ${when} and ${short(at)} and w.words @@ (${narrowed}) and w.community_id in (select id from readable)
      order by w.post_id desc limit ${CLOSER_LOOK})`;
  });
  const last = steps.length - 1;
  const chosen = steps.map((_, at) => `select * from ${name}${at}${at === last ? '' : ` where (select count(*) from ${name}${at}) = ${CLOSER_LOOK}`}`).join(' union all ');
  return `${made.join(',\n')},\n${name} as materialized (${chosen})`;
}
