import { statement, type Statement } from '../../kernel/sql.js';

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

/** Columns of a card for strategy `s`. */
export const CARD_COLUMNS = `
  s.id, s.slug, s.name, s.summary, s.minutes, s.energy,
  s.needs, s.kinds, s.places, s.origin, s.language`;

export const STRATEGIES_PER_PAGE = 24;

/**
 * SQL condition: strategies in the reader's language, and in English if there is no translation.
 */
export const inLanguage = (
  language: string,
): string => `(s.language = ${language} or (s.language = 'en' and not exists (
  select 1
  from coping_strategies x
  where x.translation_of = s.id and x.language = ${language} and x.status = 'published')))`;

const notHidden = (viewer: string): string =>
  `
    not exists (select 1
      from strategy_hides h
      where h.member_id = ${viewer} and h.strategy_id = s.id)
  `;

interface LibraryParams {
  viewerId: string | null;
  mostMinutes: number;
  energies: readonly string[];
  language: string;
  /** Keyset cursor: the minutes and id of the last row of the previous page. */
  minutes: number;
  id: string;
  limit: number;
  tags: readonly string[];
}

/** Lists the library, shortest first, with keyset pagination by minutes and id. */
function list<Params extends object>(
  name: string,
  condition: string,
): Statement<Params, StrategyCardRow> {
  return statement<Params, StrategyCardRow>(
    `strategies.list-${name}`,
    `select ${CARD_COLUMNS} from coping_strategies s
     where s.status = 'published'
       and s.minutes <= :mostMinutes
       and s.energy = any(:energies::text[])
       and ${inLanguage(':language')}
       and ${notHidden(':viewerId')}
       and (s.minutes, s.id) > (:minutes::int, :id::bigint) and ${condition}
     order by s.minutes, s.id limit :limit`,
  );
}

/**
 * SQL condition: full-text match. In a subquery the query is parsed once for each language instead
 * of once for each row; materialised, or PostgreSQL would filter the rows before it finds the
 * distinct languages.
 */
export const MATCHES_QUERY = `
  s.search_words @@ (
    with languages as materialized (
      select distinct language
      from coping_strategies
      where status = 'published'
    ), queries as materialized (
      select search_query(language, :query) as query from languages
    )
    select string_agg('(' || query::text || ')', ' | ')::tsquery
    from queries
    where querytree(query) not in ('', 'T')
  )`;

/** One statement for each kind of filter, so that each gets a plan with the right index. */
export const library = {
  all: list<LibraryParams>('all', `cardinality(:tags::text[]) = 0`),
  tagged: list<LibraryParams>('tagged', `s.tags @> :tags::text[]`),
  found: list<LibraryParams & { query: string }>(
    'found',
    `s.tags @> :tags::text[] and ${MATCHES_QUERY}`,
  ),
};

export interface PickedRow extends StrategyCardRow {
  steps: string[];
  fitsNot: string;
}

/** Challenges that only concern one walk of life, and all the others. */
interface Lives {
  lives: readonly string[];
  others: readonly string[];
}

/** SQL condition: not only for one of the given walks of life. */
const FITS_ANY_LIFE = `not (s.tags && :lives::text[] and not s.tags && :others::text[])`;

/** A strategy that fits, of which one is picked at random. */
export interface Candidate {
  id: string;
  slug: string;
}

/** Every strategy that fits, whether or not a reader hid it. */
export const pickCandidates = statement<
  {
    mostMinutes: number;
    energies: readonly string[];
    language: string;
    tags: readonly string[];
  } & Lives,
  Candidate
>(
  'strategies.pick-candidates',
  `select s.id, s.slug from coping_strategies s
   where s.status = 'published'
     and s.minutes <= :mostMinutes
     and s.energy = any(:energies::text[])
     and ${inLanguage(':language')}
     and s.tags @> :tags::text[]
     and ${FITS_ANY_LIFE}`,
);

export const pickedById = statement<{ id: string }, PickedRow>(
  'strategies.picked',
  `select ${CARD_COLUMNS}, s.steps, s.fits_not as "fitsNot"
   from coping_strategies s
   where s.id = :id and s.status = 'published'`,
);

export const shortestFor = statement<
  { viewerId: string | null; language: string; tags: readonly string[] } & Lives,
  StrategyCardRow
>(
  'strategies.shortest-for',
  `select ${CARD_COLUMNS} from coping_strategies s
   where s.status = 'published'
     and ${inLanguage(':language')}
     and ${notHidden(':viewerId')}
     and s.tags @> :tags::text[]
     and ${FITS_ANY_LIFE}
   order by s.minutes, s.id
   limit 1`,
);

/** The strategies that a member hid, published or not. */
export const hiddenIds = statement<{ viewerId: string }, { id: string }>(
  'strategies.hidden-ids',
  'select strategy_id as id from strategy_hides where member_id = :viewerId',
);

/** The published strategies that a member hid, by name. */
export const hiddenStrategies = statement<{ viewerId: string }, StrategyCardRow>(
  'strategies.hidden',
  `
    select ${CARD_COLUMNS}
    from strategy_hides h
    join coping_strategies s on s.id = h.strategy_id
    where h.member_id = :viewerId and s.status = 'published'
    order by s.name, s.id
    limit 500
  `,
);
