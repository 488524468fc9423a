import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { newDatabase } from '../../test/support/databases.js';
import { searchTerms } from './search-query.js';

describe('a word with a hyphen', () => {
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

  const finds = async (words: string, text: string): Promise<boolean> => {
    const { rows } = await client.query<{ found: boolean }>(
      `with languages(language) as (values ('en'), ('es')), ${searchTerms('$1', 'all')}
       select bool_or(search_vector(l.language, $2) @@ a.words) as found
       from languages l, terms a`,
      [words, text],
    );
    return rows[0]?.found ?? false;
  };

  it.each(['well-being', 'well being', '"well-being"', 'my well-being'])(
    'is found with and without it by %s',
    async (words) => {
      expect(await finds(words, 'My well-being matters.')).toBe(true);
      expect(await finds(words, 'My well being matters.')).toBe(true);
    },
  );

  it('is its parts in a row, and is left out where it is not wanted', async () => {
    expect(await finds('mother-in-law', 'My mother in law rang.')).toBe(true);
    expect(await finds('mother-in-law', 'My mother knows the law.')).toBe(false);
    expect(await finds('matters -well-being', 'My well being matters.')).toBe(false);
  });

  it('is found in what low lines join', async () => {
    expect(await finds('kettle', 'a_kettle_on, _kettle_')).toBe(true);
    expect(await finds('tea_time', 'It was tea time.')).toBe(true);
  });

  it('is read with a blank for each low line, which the parser would look for paths at', async () => {
    const { rows } = await client.query<{ text: string }>(
      `select search_text('a_kettle_on, _tea_') as text`,
    );
    expect(rows[0]?.text).not.toContain('_');
  });

  it.each(['- '.repeat(150), '-'.repeat(300), '- - tea', '-- tea'])(
    'is asked for with dashes in a row, which leave nothing out: %j',
    async (words) => {
      expect(await finds(`kettle ${words}`, 'The kettle and tea.')).toBe(true);
      await client.query(`select search_query('en', $1)`, [words]);
    },
  );
});
