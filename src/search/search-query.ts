import { joinMembership, mayRead } from '../content/visibility.js';

/** Words that hold nothing to look for in an index: they would match everything, or nothing. */
const LOOKS_FOR_SOMETHING = `querytree(x.query) not in ('', 'T')`;

// Letters alone: dates and the like are read by other rules.
const HYPHENED = /(?<![\p{L}\p{N}_])(?<!\S-)\p{L}+(?:-\p{L}+)+(?![\p{L}\p{N}_-])/gu;

/**
 * A word with a hyphen as its parts in a row, which finds it written either way. PostgreSQL itself
 * would look for the whole word as well (findings/postgres-hyphen-in-a-search-is-a-phrase.sh).
 * @param words as `websearch_to_tsquery` reads them
 */
export function spaced(words: string): string {
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

/**
 * `all` of the words, or `any` of them where no post has all; a query with exclusions is never
 * loosened.
 */
export type Strictness = 'all' | 'any';

/**
 * What is looked for, as `asked(words)`: the words read in each language that the communities at
 * hand are written in. Expects `languages(language)`.
 * @param words the words as SQL
 */
export function searchTerms(words: string, strictness: Strictness): string {
  const query = `websearch_to_tsquery(search_config(l.language), ${words})`;
  const text =
    strictness === 'all'
      ? 'x.query::text'
      : `case when x.query::text not like '%!%' then replace(x.query::text, ' & ', ' | ') end`;
  return `asked as materialized (
    select string_agg(distinct '(' || ${text} || ')', ' | ')::tsquery as words
    from (select ${query} as query from languages l) x where ${LOOKS_FOR_SOMETHING})`;
}

/**
 * `readable(id, language)`: the communities whose posts the viewer may read, and
 * `languages(language)` of them. Threads of an unlisted community are its members' alone, as those
 * of any that is not open.
 * @param only a slug or '' for all, as SQL
 */
export function readableCommunities(viewer: string, staff: string, only: string): string {
  return `readable as materialized (
    select c.id, c.language
    from communities c ${joinMembership('c', 'm', viewer)}
    where ${mayRead('c', 'm', staff)} and (${only} = '' or c.slug = ${only})),
  languages as materialized (select distinct language from readable)`;
}
