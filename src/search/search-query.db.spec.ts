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
});
