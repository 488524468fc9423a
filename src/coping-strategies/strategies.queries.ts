import { statement, type Statement } from '../kernel/sql.js';

export interface StrategyCardRow {
  id: string;
  slug: string;
  name: string;
  summary: string;
  minutes: number;
  energy: string;
  needs: string[];
  kinds: string[];
  places: string[];
  origin: string;
  language: string;
}

/** The columns of a card of strategy `s`. */
export const CARD_COLUMNS = `s.id, s.slug, s.name, s.summary, s.minutes, s.energy, s.needs, s.kinds, s.places, s.origin, s.language`;

export const STRATEGIES_A_PAGE = 24;

/** In the reader's language, and in English where nobody has translated it yet. */
const inLanguage = (language: string): string => `(s.language = ${language} or (s.language = 'en' and not exists (
  select 1 from coping_strategies x where x.translation_of = s.id and x.language = ${language} and x.status = 'published')))`;

const notHidden = (viewer: string): string => `not exists (select 1 from strategy_hides h where h.member_id = ${viewer} and h.strategy_id = s.id)`;

/**
 * The library, shortest first, by key: what comes after the minutes and id of the last row.
 * $1 viewer or null, $2 most minutes, $3 energies, $4 language, $5 minutes and $6 id of the last row, $7 how many, $8 tags or words
 */
function list(name: string, condition: string): Statement<StrategyCardRow> {
  return statement<StrategyCardRow>(
    `strategies.list-${name}`,
    `select ${CARD_COLUMNS} from coping_strategies s
     where s.status = 'published' and s.minutes <= $2 and s.energy = any($3::text[]) and ${inLanguage('$4')} and ${notHidden('$1')}
       and (s.minutes, s.id) > ($5::int, $6::bigint) and ${condition}
     order by s.minutes, s.id limit $7`,
  );
}

const FOUND = `s.words @@ (websearch_to_tsquery('english', $9) || websearch_to_tsquery('simple', $9))`;

/** Each kind of asking is a statement of its own, so that each is planned for the index that serves it. $8 tags, $9 words to find */
export const library = {
  all: list('all', `cardinality($8::text[]) = 0`),
  tagged: list('tagged', `s.tags @> $8::text[]`),
  found: list('found', `s.tags @> $8::text[] and ${FOUND}`),
};

export interface StrategyRow extends StrategyCardRow {
  stableId: string;
  steps: string[];
  fits: string;
  fitsNot: string;
  times: string[];
  challenges: string[];
  sourceName: string;
  sourceUrl: string;
  reviewedOn: string | null;
  licence: string;
  version: number;
  status: string;
  credit: string;
  mine: boolean;
  hidden: boolean;
}

/** $1 slug, $2 viewer or null, $3 the viewer is staff */
export const bySlug = statement<StrategyRow>(
  'strategies.by-slug',
  `select ${CARD_COLUMNS}, s.stable_id as "stableId", s.steps, s.fits, s.fits_not as "fitsNot", s.times, s.challenges, s.source_name as "sourceName", s.source_url as "sourceUrl",
          s.reviewed_on::text as "reviewedOn", s.licence, s.version, s.status, s.member_id is not null and s.member_id = $2 as mine,
          case when s.credit_from = 'pack' or w.closed_at is null and w.id is not null then s.credit else '' end as credit,
          exists (select 1 from strategy_hides h where h.member_id = $2 and h.strategy_id = s.id) as hidden
   from coping_strategies s left join members w on w.id = s.member_id
   where s.slug = $1 and (s.status in ('published', 'withdrawn') or s.member_id = $2 or $3)`,
);
