import { joinMembership } from '../content/visibility.js';
import { statement, type Statement } from '../kernel/sql.js';
import { searchTerms, type MatchMode } from './search-query.js';

export interface FoundStrategy {
  slug: string;
  name: string;
  summary: string;
  minutes: number;
  energy: string;
  origin: string;
}

/** The strategy `s` is published, not hidden, and in the language of the page if it exists in it. */
export const STRATEGY_LISTED = `
  s.status = 'published'
    and not exists (select 1
      from strategy_hides h
      where h.member_id = :viewerId and h.strategy_id = s.id)
    and (s.language = :language
      or not exists (select 1
        from coping_strategies x
        where (x.translation_of = s.id
            or x.id = s.translation_of
            or x.translation_of = s.translation_of)
          and x.language = :language
          and x.status = 'published'))
`;

/** Community `c` with the viewer's membership `m`; an unlisted one is found only by its members. */
export const COMMUNITY_LISTED = `
  c.archived_at is null
    and (c.visibility <> 'unlisted' or m.member_id is not null or :isStaff)
`;

const STRATEGY_LANGUAGES = `
  languages as materialized (select distinct language
    from coping_strategies
    where status = 'published')
`;

interface StrategySearchQuery {
  viewerId: string | null;
  /** Language of the page. */
  language: string;
  query: string;
  offset: number;
  limit: number;
}

function strategies(strictness: MatchMode): Statement<StrategySearchQuery, FoundStrategy> {
  return statement<StrategySearchQuery, FoundStrategy>(
    `search.strategies-${strictness}`,
    `with ${STRATEGY_LANGUAGES}, ${searchTerms(':query', strictness)}
     select s.slug, s.name, s.summary, s.minutes, s.energy, s.origin
     from terms a join coping_strategies s on s.search_words @@ a.words
     where ${STRATEGY_LISTED}
     order by ts_rank('{0.1,0.2,0.5,1}', s.search_words, a.words, 1) desc, s.id
     offset :offset
     limit :limit`,
    'isolated',
  );
}

export const strategySearch: Record<MatchMode, Statement<StrategySearchQuery, FoundStrategy>> = {
  all: strategies('all'),
  any: strategies('any'),
};

export interface FoundCommunity {
  slug: string;
  name: string;
  summary: string;
  visibility: string;
  memberCount: number;
  joined: boolean;
}

interface CommunitySearchQuery {
  viewerId: string | null;
  isStaff: boolean;
  query: string;
  offset: number;
  limit: number;
}

function communities(strictness: MatchMode): Statement<CommunitySearchQuery, FoundCommunity> {
  return statement<CommunitySearchQuery, FoundCommunity>(
    `search.communities-${strictness}`,
    `
      with languages as materialized (select distinct language from communities),
        ${searchTerms(':query', strictness)}
     select c.slug, c.name, c.summary, c.visibility, c.member_count as "memberCount",
       coalesce(m.state = 'active', false) as joined
     from terms a
     join communities c on c.search_words @@ a.words ${joinMembership('c', 'm', ':viewerId')}
     where ${COMMUNITY_LISTED}
     order by ts_rank('{0.1,0.2,0.5,1}', c.search_words, a.words, 1) desc, c.id
     offset :offset
     limit :limit`,
    'isolated',
  );
}

export const communitySearch: Record<MatchMode, Statement<CommunitySearchQuery, FoundCommunity>> = {
  all: communities('all'),
  any: communities('any'),
};
