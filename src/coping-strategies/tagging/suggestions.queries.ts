import { statement } from '../../kernel/sql.js';
import {
  CARD_COLUMNS,
  inLanguage,
  MATCHES_QUERY,
  type StrategyCardRow,
} from '../core/strategies.queries.js';

export const SUGGESTIONS = 6;

/** Suggestions for a text: strategies for its detected needs, and those that share its words. */
export const suggestedStrategies = statement<
  { viewerId: string | null; needs: readonly string[]; text: string; language: string },
  StrategyCardRow
>(
  'strategies.suggested-for',
  `with search as (
     select coalesce(nullif((select string_agg(quote_literal(w.lexeme), ' | ')
       from (select lexeme
         from unnest(to_tsvector('english', search_text(:text)))
         order by cardinality(positions) desc, lexeme
         limit 40) w),
       '')::tsquery,
       ''::tsquery) as query
   )
   select ${CARD_COLUMNS}
   from coping_strategies s, search
   where s.status = 'published'
     and ${inLanguage(':language')}
     and (s.needs && :needs::text[] or s.words @@ search.query)
     and not exists (select 1
       from strategy_hides h
       where h.member_id = :viewerId and h.strategy_id = s.id)
   order by (select count(*)
     from unnest(s.needs) n
     where n = any(:needs::text[])) * 0.2 + ts_rank(s.words, search.query, 1) desc,
     s.minutes, s.id
   limit ${SUGGESTIONS}`,
  'pooled',
);

export const strategiesByWords = statement<{ query: string; pattern: string }, StrategyCardRow>(
  'strategies.found-by-words',
  `select ${CARD_COLUMNS} from coping_strategies s
   where s.status = 'published'
     and (${MATCHES_QUERY}
       or s.name ilike '%' || :pattern || '%')
   order by s.minutes, s.id limit 12`,
);

export interface TaggedRow extends StrategyCardRow {
  state: 'accepted' | 'proposed';
  byMe: boolean;
}

export const strategiesOnPost = statement<
  { postId: string; viewerId: string | null; mine: boolean },
  TaggedRow
>(
  'strategies.tagged-on',
  `select ${CARD_COLUMNS}, ps.state, coalesce(ps.proposed_by = :viewerId, false) as "byMe"
   from post_strategies ps join coping_strategies s on s.id = ps.strategy_id
   where ps.post_id = :postId
     and s.status = 'published'
     and (ps.state = 'accepted' or ps.state = 'proposed' and (:mine or ps.proposed_by = :viewerId))
   order by ps.state, s.name`,
);

export interface PostTextsRow {
  body: string;
  number: number;
  /** Whether somebody requested a strategy from the post, and the outcome. */
  request: 'asked' | 'taken' | 'declined' | null;
  /** The writer's alias in the thread; null if they write under their handle. */
  aliasName: string | null;
  detached: boolean;
}

export const postTexts = statement<{ id: string }, PostTextsRow>(
  'strategies.post-words',
  `select p.body, p.number, w.state as request, al.name as "aliasName",
     p.name_detached as detached
   from posts p
   left join strategy_wishes w on w.post_id = p.id
   left join thread_aliases al on al.id = p.alias_id
   where p.id = :id`,
);
