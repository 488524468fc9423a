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
 * first. Excludes unlisted and archived ones. All of them if the query is empty.
 */
export const candidates = statement<
  {
    difficulties: readonly string[];
    situations: readonly string[];
    words: string;
    language: string;
    visibility: string;
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
     and (c.difficulties && :difficulties::text[]
       or c.situations && :situations::text[]
       or c.finder_words @@ q.any_word
       or (:words <> '' and word_similarity(c.name, :words) > 0.5)
       or (:words = ''
         and cardinality(:difficulties::text[]) = 0
         and cardinality(:situations::text[]) = 0))
   order by c.member_count desc, c.id limit 500`,
);
