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

/** The columns of a card of strategy `s`. */
export const CARD_COLUMNS = `s.id, s.slug, s.name, s.summary, s.minutes, s.energy, s.needs, s.kinds, s.places, s.origin, s.language`;

export const STRATEGIES_A_PAGE = 24;

/** In the reader's language, and in English where nobody has translated it yet. */
const inLanguage = (
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

/**
 * The library, shortest first, by key: what comes after the minutes and id of the last row. $1
 * viewer or null, $2 most minutes, $3 energies, $4 language, $5 minutes and $6 id of the last row,
 * $7 how many, $8 tags or words
 */
function list(name: string, condition: string): Statement<StrategyCardRow> {
  return statement<StrategyCardRow>(
    `strategies.list-${name}`,
    `select ${CARD_COLUMNS} from coping_strategies s
     where s.status = 'published'
       and s.minutes <= $2
       and s.energy = any($3::text[])
       and ${inLanguage('$4')}
       and ${notHidden('$1')}
       and (s.minutes, s.id) > ($5::int, $6::bigint) and ${condition}
     order by s.minutes, s.id limit $7`,
  );
}

// In a query of its own the words are read once; beside the column they would be read again for
// every row.
const FOUND = `s.words @@ (select websearch_to_tsquery('english', $9) || websearch_to_tsquery('simple', $9))`;

/**
 * Each kind of asking is a statement of its own, so that each is planned for the index that serves
 * it. $8 tags, $9 words to find
 */
export const library = {
  all: list('all', `cardinality($8::text[]) = 0`),
  tagged: list('tagged', `s.tags @> $8::text[]`),
  found: list('found', `s.tags @> $8::text[] and ${FOUND}`),
};

export interface PickedRow extends StrategyCardRow {
  steps: string[];
  fitsNot: string;
}

/**
 * Any one that fits, by lot. $1 viewer or null, $2 most minutes, $3 energies, $4 language, $5 tags,
 * $6 slug of the one not wanted
 */
export const pickOne = statement<PickedRow>(
  'strategies.pick-one',
  `select ${CARD_COLUMNS}, s.steps, s.fits_not as "fitsNot" from coping_strategies s
   where s.status = 'published'
     and s.minutes <= $2
     and s.energy = any($3::text[])
     and ${inLanguage('$4')}
     and ${notHidden('$1')}
     and s.tags @> $5::text[]
     and s.slug <> $6
   order by random() limit 1`,
);

/** $1 viewer or null, $2 language, $3 tags */
export const shortestFor = statement<StrategyCardRow>(
  'strategies.shortest-for',
  `select ${CARD_COLUMNS} from coping_strategies s
   where s.status = 'published'
     and ${inLanguage('$2')}
     and ${notHidden('$1')}
     and s.tags @> $3::text[]
   order by s.minutes, s.id
   limit 1`,
);
