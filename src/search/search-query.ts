/** SQL condition: the query can use an index; others would match everything or nothing. */
const USES_INDEX = `querytree(x.query) not in ('', 'T')`;

/** Whether `all` of the words are required, or `any` of them; exclusions always require all. */
export type MatchMode = 'all' | 'any';

/**
 * SQL: the CTE `terms(words)`, the query as a tsquery for each language of the searched content.
 * `search_query` normalises it like `search_vector` does the text. Expects `languages(language)`.
 * @param words SQL of the query
 * @param names of both CTEs, where a statement searches several kinds of content
 */
export function searchTerms(
  words: string,
  strictness: MatchMode,
  names = { terms: 'terms', languages: 'languages' },
): string {
  const query = `search_query(l.language, ${words})`;
  const text =
    strictness === 'all'
      ? 'x.query::text'
      : `case when x.query::text not like '%!%' then replace(x.query::text, ' & ', ' | ') end`;
  return `${names.terms} as materialized (
    select string_agg(distinct '(' || ${text} || ')', ' | ')::tsquery as words
    from (select ${query} as query from ${names.languages} l offset 0) x where ${USES_INDEX})`;
}
