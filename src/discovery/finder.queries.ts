import { FIT_COLUMNS, joinFit, type FitColumns } from '../communities/fit-facts.js';
import { statement } from '../kernel/sql.js';
import type { ModeratedHours } from '../review/moderated-hours.js';

export interface Candidate extends FitColumns {
  slug: string;
  name: string;
  summary: string;
  visibility: string;
  visitsAllowed: boolean;
  memberCount: number;
  difficulties: string[];
  situations: string[];
  formats: string[];
  topics: string[];
  hours: ModeratedHours;
  lastPostAt: Date | null;
  /** How well its descriptions match the words; 0 for not at all. */
  told: number;
  /** How near a name is to the words, typing slips and all. */
  named: number;
}

/**
 * Communities that may fit, unranked. What is unlisted, or closed, is never found. Any of the words
 * is enough for the descriptions. $1 difficulties, $2 situations, $3 words, $4 language or '', $5
 * visibility or ''
 */
export const candidates = statement<Candidate>(
  'finding.candidates',
  `
    with q as (select nullif(replace(plainto_tsquery('english', $3)::text, ' & ', ' | '),
      '')::tsquery as any_word)
   select c.slug, c.name, c.summary, c.visibility, c.visits_allowed as "visitsAllowed",
     c.member_count as "memberCount", c.difficulties, c.situations, c.formats, c.topics, c.hours,
          c.last_post_at as "lastPostAt", ${FIT_COLUMNS},
            coalesce(ts_rank(c.finder_words, q.any_word), 0)::float as told,
            (case when $3 = '' then 0 else word_similarity(c.name, $3) end)::float as named
   from communities c cross join q ${joinFit('c')}
   where c.visibility <> 'unlisted'
     and c.archived_at is null
     and ($4 = '' or c.language = $4)
     and ($5 = '' or c.visibility = $5)
     and (c.difficulties && $1::text[]
       or c.situations && $2::text[]
       or c.finder_words @@ q.any_word
       or ($3 <> '' and word_similarity(c.name, $3) > 0.5)
       or ($3 = '' and cardinality($1::text[]) = 0 and cardinality($2::text[]) = 0))
   order by c.member_count desc, c.id limit 500`,
);
