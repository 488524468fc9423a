import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { newDatabase } from '../../test/support/databases.js';
import { Random } from '../seed/random.js';
import { searchTerms } from './search-query.js';
import { withoutPositions } from './windowed-words.js';

/** Characters that are read as an ASCII character, by that character. */
const SIGNS: Record<string, string> = {
  "'": '\u2018\u2019\u201b\u2032\u02bc\u02bb\u02bd\u02b9\u02c8\u00b4\u0060\uff07',
  '"': '\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02',
  '-': '\u2010\u2011\u2212',
  '/': '\u2044\u2215\uff0f',
  ' ': '_\u2012\u2013\u2014\u2015\u00bf\u00a1\u2026\u2039\u203a\u2022\u00b7\u00a0\u202f\u2028\u3000',
  n: '\u0149',
};
const UNREAD = '\u200b\u2060\ufeff\u00ad\u02d0';
const AROUND = [
  ...Array.from('aZé中7😀 \n\\\'"/.-,^]'),
  "I'm",
  "we'LL've",
  'C-PTSD',
  'PHQ9',
  'a.b',
];
/** The definition of `search_text` as one expression, without its shortcuts. */
const PLAINLY = String.raw`
  regexp_replace(regexp_replace(regexp_replace(translate(written, $1, $2),
    '(?<=[A-Za-z\u0080-\uffff])''(?:[mM]|[rR][eE]|[vV][eE]|[lL][lL]|[dD])(?![A-Za-z0-9\u0080-\uffff])',
    ' ', 'g'),
    '(?<=[A-Za-z0-9\u0080-\uffff])/(?=[A-Za-z0-9\u0080-\uffff])', ' ', 'g'),
    '(?<=[A-Za-z\u0080-\uffff])[.](?=[A-Za-z\u0080-\uffff])', ' ', 'g')`;

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

  it('is a phrase of its parts, and is excluded as one', async () => {
    expect(await finds('mother-in-law', 'My mother in law rang.')).toBe(true);
    expect(await finds('mother-in-law', 'My mother knows the law.')).toBe(false);
    expect(await finds('matters -well-being', 'My well being matters.')).toBe(false);
  });

  it('is found in words joined by underscores', async () => {
    expect(await finds('kettle', 'a_kettle_on, _kettle_')).toBe(true);
    expect(await finds('tea_time', 'It was tea time.')).toBe(true);
  });

  it('is parsed with underscores as spaces, because the parser would try to read paths', async () => {
    const { rows } = await client.query<{ text: string }>(
      `select search_text('a_kettle_on, _tea_') as text`,
    );
    expect(rows[0]?.text).not.toContain('_');
  });

  it('is normalised by the same rules, whatever the text contains', async () => {
    const from = Object.values(SIGNS).join('');
    const to = Object.entries(SIGNS).map(([sign, signs]) => sign.repeat(signs.length));
    const pieces = [...Array.from(from + UNREAD), ...AROUND];
    const random = new Random(3);
    const texts = Array.from({ length: 600 }, (_, n) =>
      Array.from({ length: n % 14 }, () => random.pick(n % 3 === 0 ? AROUND : pieces)).join(''),
    );
    const { rows } = await client.query(
      `select written from unnest($3::text[]) as t(written) where search_text(written) <> ${PLAINLY}`,
      [from + UNREAD, to.join(''), texts],
    );
    expect(rows).toEqual([]);
  });

  it.each(['- '.repeat(150), '-'.repeat(300), '- - tea', '-- tea'])(
    'with several dashes in a row excludes nothing: %j',
    async (words) => {
      expect(await finds(`kettle ${words}`, 'The kettle and tea.')).toBe(true);
      await client.query(`select search_query('en', $1)`, [words]);
    },
  );

  it.each([
    ["'rare' & 'kettl'", "'rare' & 'kettl'"],
    ["'rare' & 'kettl':*", "'rare' & 'kettl':*"],
    ["'rare' & !'kettl'", "'rare'"],
    ["'kettl' <2> 'window'", "'kettl' & 'window'"],
    ["'rare' & !( 'rarer' <-> 'kettl' )", "'rare'"],
    ["'rare' & ( 'kettl' | 'window' )", "'rare' & ( 'kettl' | 'window' )"],
  ])('is looked up without exclusions and the order of words: %s', async (words, indexed) => {
    const { rows } = await client.query(
      `select (${withoutPositions('a.words')})::text as words from (select $1::tsquery as words) a`,
      [words],
    );
    expect(rows).toEqual([{ words: indexed }]);
  });
});
