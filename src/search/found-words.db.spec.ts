import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { newDatabase } from '../../test/support/databases.js';
import { tableIn } from '../../test/support/docs-table.js';
import { HAS_POSTGRES_15, Postgres15 } from '../../test/support/postgres-15.js';
import { searchTerms } from './search-query.js';

type Row = readonly [language: string, written: string, asked: string, found: boolean];

/** Language, text, query, and whether the query finds the text. */
const ROWS: readonly Row[] = [
  ['en', '“Tired” again', 'tired', true],
  ['en', 'I can’t sleep', "can't sleep", true],
  ['en', 'so—tired—today', 'tired', true],
  ['en', 'so tired', 'tired', true],
  ['en', 'so tired today', '“tired today”', true],
  ['en', 'anxiety/depression', 'depression', true],
  ['en', 'anxiety and depression', 'anxiety/depression', true],
  ['en', 'OCD/ADHD', 'adhd', true],
  ['en', 'I was tired.Nobody came', 'nobody came', true],
  ['en', 'self-harm', 'self harm', true],
  ['en', 'self harm', 'self-harm', true],
  ['en', 'self-harm', 'selfharm', true],
  ['en', 'selfharm', 'self-harm', true],
  ['en', 'harm to the self', 'self-harm', false],
  ['en', 'PHQ-9', 'phq 9', true],
  ['en', 'PHQ-9', 'phq9', true],
  ['en', 'PHQ 9', 'phq-9', true],
  ['en', 'PHQ9', 'phq 9', true],
  ['en', 'PHQ 9', 'phq9', true],
  ['en', 'C-PTSD', 'cptsd', true],
  ['en', 'CPTSD', 'c-ptsd', true],
  ['en', 'C‑PTSD', 'c-ptsd', true],
  ['en', 'What C-PTSD means', '"c-ptsd means"', true],
  ['en', 'What CPTSD means', '"c-ptsd means"', true],
  ['en', 'means C-PTSD', '"c-ptsd means"', false],
  ['en', 'My PHQ-9 score', '“phq-9 score”', true],
  ['en', 'My PHQ9 score', '"phq9 score"', true],
  ['en', 'I am tired', 'I’m tired', true],
  ['en', "I'm tired", 'm', false],
  ['en', 'tired of walking', 'tired -walking', false],
  ['en', 'My well-being', 'my -well-being', false],
  ['es', '¿Ansiedad?', 'ansiedad', true],
  ['es', '¡Ánimo!', 'animo', true],
  ['es', 'Lo sentía así', 'sentir', true],
  ['es', 'Lo sentía así', 'sentia', true],
  ['es', 'Lo sentia asi', 'sentía', true],
  ['es', 'DEPRESIÓN', 'depresion', true],
  ['es', 'una depresion', 'depresión', true],
  ['es', 'Hablábamos', 'hablar', true],
  ['fr', 'J’étais fatiguée', 'fatigué', true],
  ['de', 'Ich fühle mich müde', 'fühlen', true],
  ['de', 'Ich fühle mich müde', 'mude', true],
  ['pt', 'Não consigo dormir', 'nao dormir', true],
  ['ru', 'Я устала', 'устала', true],
  ['el', 'Έχω άγχος', 'άγχος', true],
];

const FUNCTIONS = [
  'search_config',
  'stem_config',
  'search_text',
  'folded',
  'search_lexemes',
  'search_vector',
  'search_variant',
  'search_query',
];

/** Copies the part of the schema that a search needs. */
async function copySearch(from: pg.Client, to: pg.Client): Promise<void> {
  const { rows: configs } = await from.query<{ name: string; stemmer: string }>(`
    select c.cfgname as name, d.dictname as stemmer
    from pg_ts_config c
    join pg_ts_config_map m on m.mapcfg = c.oid and m.maptokentype = 1
    join pg_ts_dict d on d.oid = m.mapdict
    where c.cfgname ~ '^search_(..|plain)$'`);
  await to.query('create extension unaccent');
  for (const { name, stemmer } of configs) {
    const parser = 'create text search configuration';
    await to.query(`${parser} public.${name} (parser = default)`);
    await to.query(`
      alter text search configuration public.${name}
        add mapping for asciiword, asciihword, hword_asciipart with ${stemmer}`);
    await to.query(`
      alter text search configuration public.${name}
        add mapping for word, hword, hword_part with unaccent, ${stemmer}`);
    await to.query(`
      alter text search configuration public.${name}
        add mapping for numword, numhword, hword_numpart, int, uint, float, sfloat, version, email,
          url, url_path, host, file with simple`);
  }
  for (const name of FUNCTIONS) {
    const { rows } = await from.query<{ made: string }>(
      'select pg_get_functiondef(oid) as made from pg_proc where proname = $1',
      [name],
    );
    await to.query(rows[0]?.made ?? '');
  }
}

describe('search words', () => {
  const ends: (() => Promise<void>)[] = [];
  let embedded: pg.Client;
  let operators: pg.Client | null = null;

  const connect = async (url: string): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    ends.push(() => client.end());
    return client;
  };

  beforeAll(async () => {
    const made = await newDatabase();
    ends.push(made.drop);
    embedded = await connect(made.url);
    if (!HAS_POSTGRES_15) return;
    const server = await Postgres15.primary();
    ends.push(() => server.remove());
    operators = await connect(server.url());
    await copySearch(embedded, operators);
  });
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });

  const finds = async (client: pg.Client, [language, written, asked]: Row): Promise<boolean> => {
    const { rows } = await client.query<{ found: boolean | null }>(
      `with languages(language) as (values ($1)), ${searchTerms('$3', 'all')}
       select search_vector($1, $2) @@ a.words as found from terms a`,
      [language, written, asked],
    );
    return rows[0]?.found ?? false;
  };

  it.each(ROWS)('%s: "%s" searched with "%s" gives %s', async (...row) => {
    expect(await finds(embedded, row)).toBe(row[3]);
    if (operators !== null) expect(await finds(operators, row)).toBe(row[3]);
  });

  it('match the table in the documentation', () => {
    const rows = ROWS.map(([language, written, asked, found]) => {
      const says = found ? 'found' : 'not found';
      return `| ${[language, `\`${written}\``, `\`${asked}\``, says, says].join(' | ')} |`;
    });
    expect(tableIn('docs/search.md', 'Language')).toEqual(rows);
  });

  // A text that the index rejects could not be posted, and a failing query is not an answer.
  it('may contain any character, in texts and queries', async () => {
    const { rows } = await embedded.query<{ failed: number }>(`
      select count(*) filter (where search_vector('es', t.text) is null
        or search_query('es', t.text) is null)::int as failed
      from (
        select string_agg('a' || chr(n) || 'b ' || chr(n) || 'c', ' ') as text
        from generate_series(1, 131071) n
        where n not between 55296 and 57343
        group by n / 200
      ) t`);
    expect(rows).toEqual([{ failed: 0 }]);
  });
});
