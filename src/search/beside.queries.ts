import { joinMembership } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';
import {
  COMMUNITY_LISTED,
  STRATEGY_LISTED,
  type FoundCommunity,
  type FoundStrategy,
} from './other-search.queries.js';
import { searchTerms } from './search-query.js';

/** A strategy or a community to show beside the results, best first. */
interface Suggested {
  /** Number of all that have all of the words. */
  total: number;
  /** Whether it has all of the words, or one of them in its name or its tags. */
  close: boolean;
}

export type SuggestedRow = Suggested &
  (({ place: 'strategies' } & FoundStrategy) | ({ place: 'communities' } & FoundCommunity));

/** Maximum number of suggestions of a kind. */
const MOST = 3;

function terms(kind: string): string {
  const languages = `${kind}_languages`;
  return `
    ${searchTerms(':query', 'all', { terms: `every_${kind}`, languages })},
    ${searchTerms(':query', 'any', { terms: `any_${kind}`, languages })},
    ${kind}_words as (
      select e.words as every, coalesce(a.words, e.words) as some
      from every_${kind} e cross join any_${kind} a)`;
}

/** SQL of the columns and the order for the row `x` with `w(every, some)`. */
const matchOf = (x: string): string => `
  count(*) filter (where ${x}.search_words @@ w.every) over ()::int as total,
  ${x}.search_words @@ w.every or ts_filter(${x}.search_words, '{a,b}') @@ w.some as close`;
const orderOf = (x: string): string => `
  coalesce(${x}.search_words @@ w.every, false) desc,
  ts_rank('{0.1,0.2,0.5,1}', ${x}.search_words, w.some, 1) desc, ${x}.id`;

/** The strategies and the communities that have any of the words, in one statement. */
export const suggested = statement<
  { viewerId: string | null; isStaff: boolean; language: string; query: string },
  SuggestedRow
>(
  'search.suggested',
  `
    with strategy_languages as materialized (select distinct language
       from coping_strategies
       where status = 'published'),
     community_languages as materialized (select distinct language from communities),
     ${terms('strategy')},
     ${terms('community')},
     found_strategies as (
       select s.slug, s.name, s.summary, s.minutes, s.energy, s.origin, ${matchOf('s')}
       from strategy_words w
       join coping_strategies s on s.search_words @@ w.some
       where ${STRATEGY_LISTED}
       order by ${orderOf('s')}
       limit ${MOST}),
     found_communities as (
       select c.slug, c.name, c.summary, c.visibility, c.member_count,
         coalesce(m.state = 'active', false) as joined, ${matchOf('c')}
       from community_words w
       join communities c on c.search_words @@ w.some ${joinMembership('c', 'm', ':viewerId')}
       where ${COMMUNITY_LISTED}
       order by ${orderOf('c')}
       limit ${MOST})
     select 'strategies' as place, slug, name, summary, minutes, energy, origin,
       null as visibility, null as "memberCount", null as joined, total, close
     from found_strategies
     union all
     select 'communities', slug, name, summary, null, null, null,
       visibility, member_count, joined, total, close
     from found_communities`,
  'isolated',
);
