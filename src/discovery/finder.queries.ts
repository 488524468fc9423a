import { FIT_COLUMNS, joinFit, type FitColumns } from '../communities/fit-facts.js';
import { statement } from '../kernel/sql.js';
import type { ModeratedHours } from '../review/moderated-hours.js';

export interface Candidate extends FitColumns {
  slug: string;
  name: string;
  summary: string;
  language: string;
  visibility: string;
  visitsAllowed: boolean;
  memberCount: number;
  difficulties: string[];
  situations: string[];
  formats: string[];
  topics: string[];
  hours: ModeratedHours;
  lastPostAt: Date | null;
  /** Full-text rank of its description; 0 if no word matches. */
  textRank: number;
  /** Trigram similarity of its name to the words, from 0 to 1. */
  nameSimilarity: number;
}

/**
 * Communities that share a tag, a name or a word of their description with the query, largest
 * first. Excludes unlisted and archived ones. All of them if the query is
 * empty and names none.
 */
export const candidates = statement<
  {
    difficulties: readonly string[];
    situations: readonly string[];
    words: string;
    language: string;
    visibility: string;
    /** Communities to include whatever they share with the query. */
    slugs: readonly string[];
  },
  Candidate
>(
  'finding.candidates',
  `
    with q as (select nullif(replace(plainto_tsquery('english', search_text(:words))::text, ' & ', ' | '),
      '')::tsquery as any_word)
   select c.slug, c.name, c.summary, c.language, c.visibility, c.visits_allowed as "visitsAllowed",
     c.member_count as "memberCount", c.difficulties, c.situations, c.formats, c.topics, c.hours,
          c.last_post_at as "lastPostAt", ${FIT_COLUMNS},
            coalesce(ts_rank(c.finder_words, q.any_word), 0)::float as "textRank",
            (case when :words = '' then 0 else word_similarity(c.name, :words) end)::float
              as "nameSimilarity"
   from communities c cross join q ${joinFit('c')}
   where c.visibility <> 'unlisted'
     and c.archived_at is null
     and (:language = '' or c.language = :language)
     and (:visibility = '' or c.visibility = :visibility)
     and (c.slug = any(:slugs::text[])
       or c.difficulties && :difficulties::text[]
       or c.situations && :situations::text[]
       or c.finder_words @@ q.any_word
       or (:words <> '' and word_similarity(c.name, :words) > 0.5)
       or (:words = ''
         and cardinality(:slugs::text[]) = 0
         and cardinality(:difficulties::text[]) = 0
         and cardinality(:situations::text[]) = 0))
   order by c.member_count desc, c.id limit 500`,
);

export interface FittingStrategy {
  slug: string;
  name: string;
  summary: string;
  minutes: number;
}

/**
 * Published strategies with the most of the tags, shortest first, in the language of the page; in
 * English where there is no translation.
 */
export const fittingStrategies = statement<
  {
    tags: readonly string[];
    /** The walks of life that were not asked for, and all other challenges. */
    lives: readonly string[];
    others: readonly string[];
    memberId: string | null;
    locale: string;
  },
  FittingStrategy
>(
  'finding.strategies',
  `
    select s.slug, s.name, s.summary, s.minutes
    from coping_strategies s
    where s.status = 'published'
      and s.tags && :tags::text[]
      and not (s.tags && :lives::text[] and not s.tags && :others::text[])
      and (s.language = :locale or (s.language = 'en' and not exists (
        select 1
        from coping_strategies x
        where x.translation_of = s.id and x.language = :locale and x.status = 'published')))
      and not exists (select 1
        from strategy_hides h
        where h.member_id = :memberId and h.strategy_id = s.id)
    order by (select count(*) from unnest(s.tags) tag where tag = any(:tags::text[])) desc,
      s.minutes, s.id
    limit 3
  `,
);
