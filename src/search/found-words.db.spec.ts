import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { newDatabase } from '../../test/support/databases.js';
import { searchTerms } from './search-query.js';

type Row = readonly [language: string, written: string, asked: string, found: boolean];

/** What is searched for, and whether it is found in what was written. */
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

describe('words as people write them', () => {
  let client: pg.Client;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const made = await newDatabase();
    drop = made.drop;
    client = new pg.Client({ connectionString: made.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await drop();
  });

  const finds = async ([language, written, asked]: Row): Promise<boolean> => {
    const { rows } = await client.query<{ found: boolean | null }>(
      `with languages(language) as (values ($1)), ${searchTerms('$3', 'all')}
       select search_vector($1, $2) @@ a.words as found from terms a`,
      [language, written, asked],
    );
    return rows[0]?.found ?? false;
  };

  // A text that the index refuses could not be posted, and a query that fails is no answer.
  it('takes any sign, in a text and in a search', async () => {
    const { rows } = await client.query<{ failed: string }>(`
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

  it.each(ROWS)('%s: "%s" is searched for as "%s": %s', async (...row) => {
    expect(await finds(row)).toBe(row[3]);
  });
});
