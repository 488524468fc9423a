/**
 * The index of words contains every word together with the window of its post: the word `tired` of
 * a post whose id is in the n-th window of 2^17 ids is `tired#n`. The matches in a window are
 * therefore found without reading those in others. The parts of a window have labels, which are
 * words too: `#1-n` for the n-th 2^11 ids, and `#2-n` for the n-th 2^14.
 */
export const WINDOW_BITS = 17;
export const PART_BITS = { small: 11, large: 14 };

/** A private-use character after every word of a query, in place of the window. */
const PLACE = '\uE000';

/** SQL: the words of post `w` as they are indexed. */
export const indexedWords = (w: string): string => `window_words(${w}.words, ${w}.post_id)`;

/**
 * SQL: a tsquery of which the index can be searched, which finds what `words` does and perhaps more:
 * the index knows neither where words are in a post nor how much they weigh, and cannot exclude.
 */
export const withoutPositions = (words: string): string => `
  regexp_replace(querytree(${words}), '<(-|[0-9]+)>', '&', 'g')::tsquery`;

/**
 * SQL: the text of a tsquery with a place for the window after every word. Words are cut off that
 * would become too long for a tsquery: nothing that a person types is as long.
 */
export const inAnyWindow = (words: string): string => `
  regexp_replace(
    regexp_replace(${words}::text, '([^'' \\\\]{255})[^'' \\\\]+', '\\1', 'g'),
    '(''(?:[^'']|'''')*)''', '\\1${PLACE}''', 'g')`;

/**
 * SQL: a tsquery for `indexedWords`, of ids in consecutive windows, or in parts of windows.
 * @param anywhere SQL of the query, from `inAnyWindow`
 * @param bits SQL of `WINDOW_BITS` or one of `PART_BITS`
 * @param first SQL of an id in the first window or part
 * @param last SQL of an id in the last
 */
export function inWindows(anywhere: string, bits: string, first: string, last: string): string {
  const window = `n << ${bits} >> ${WINDOW_BITS}`;
  return `
    (select string_agg(
      '(' || replace(${anywhere}, '${PLACE}', '#' || (${window})) || ')' || case ${bits}
        when ${PART_BITS.small} then format(' & ''#1-%s#%s''', n, ${window})
        when ${PART_BITS.large} then format(' & ''#2-%s#%s''', n, ${window})
        else '' end, ' | ')::tsquery
    from generate_series((${first}) >> ${bits}, (${last}) >> ${bits}) n)`;
}
