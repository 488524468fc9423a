import { joinMembership, mayRead } from '../content/visibility.js';

/** SQL condition: the query can use an index; others would match everything or nothing. */
const USES_INDEX = `querytree(x.query) not in ('', 'T')`;

// Letters only: PostgreSQL parses dates and the like by other rules.
const HYPHENED = /(?<![\p{L}\p{N}_])(?<!\S-)\p{L}+(?:-\p{L}+)+(?![\p{L}\p{N}_-])/gu;

/**
 * Replaces a hyphenated word by the phrase of its parts, which matches both spellings. PostgreSQL
 * itself would also require the whole word (findings/postgres-hyphen-in-a-search-is-a-phrase.sh).
 * @param words a query as `websearch_to_tsquery` reads it
 */
export function splitHyphens(words: string): string {
  return words
    .split('"')
    .map((piece, at) =>
      piece.replace(HYPHENED, (word) => {
        const parts = word.replaceAll('-', ' ');
        return at % 2 === 1 ? parts : `"${parts}"`;
      }),
    )
    .join('"');
}

/** Whether `all` of the words are required, or `any` of them; exclusions always require all. */
export type Strictness = 'all' | 'any';

/**
 * SQL: the CTE `terms(words)`, the query as a tsquery for each language of the searched content.
 * Expects `languages(language)`.
 * @param words the query as SQL
 */
export function searchTerms(words: string, strictness: Strictness): string {
  const query = `websearch_to_tsquery(search_config(l.language), ${words})`;
  const text =
    strictness === 'all'
      ? 'x.query::text'
      : `case when x.query::text not like '%!%' then replace(x.query::text, ' & ', ' | ') end`;
  return `terms as materialized (
    select string_agg(distinct '(' || ${text} || ')', ' | ')::tsquery as words
    from (select ${query} as query from languages l) x where ${USES_INDEX})`;
}

/**
 * SQL: the CTEs `readable(id, language)`, the communities whose posts the viewer may read, and
 * `languages(language)`, their languages.
 * @param only a slug or '' for all, as SQL
 */
export function readableCommunities(viewer: string, staff: string, only: string): string {
  return `readable as materialized (
    select c.id, c.language
    from communities c ${joinMembership('c', 'm', viewer)}
    where ${mayRead('c', 'm', staff)} and (${only} = '' or c.slug = ${only})),
  languages as materialized (select distinct language from readable)`;
}
