import type { MigrationInterface, QueryRunner } from 'typeorm';

// As in `normalise-searched-words` and `search-hard-texts`: what texts become is the same, only the
// way there is shorter.
const WORD = 'A-Za-z0-9\\u0080-\\uffff';
const LETTER = 'A-Za-z\\u0080-\\uffff';
const HYPHENED = `[${WORD}]+(?:-[${WORD}]+)+`;
const BETWEEN = (sign: string, kind: string): string => `(?<=[${kind}])${sign}(?=[${kind}])`;
const CONTRACTED = `(?<=[${LETTER}])''(?:[mM]|[rR][eE]|[vV][eE]|[lL][lL]|[dD])(?![${WORD}])`;

/** Signs that say the same as one of ASCII; the last are left out. */
const SIGNS: readonly (readonly [from: string, to: string])[] = [
  ['\\u2018\\u2019\\u201b\\u2032\\u02bc\\u02bb\\u02bd\\u02b9\\u02c8\\u00b4\\u0060\\uff07', "'"],
  ['\\u201c\\u201d\\u201e\\u201f\\u2033\\u00ab\\u00bb\\uff02', '"'],
  ['\\u2010\\u2011\\u2212', '-'],
  ['\\u2044\\u2215\\uff0f', '/'],
  ['\\u2012\\u2013\\u2014\\u2015\\u00bf\\u00a1\\u2026\\u2039\\u203a\\u2022\\u00b7', ' '],
  ['\\u00a0\\u202f\\u2002\\u2003\\u2004\\u2005\\u2006\\u2007\\u2008\\u2009\\u200a', ' '],
  ['\\u2028\\u2029\\u3000', ' '],
  ['\\u0149', 'n'],
  ['\\u200b\\u2060\\ufeff\\u00ad\\u02d0', ''],
];
const FROM =
  SIGNS.flatMap(([signs, sign]) => (sign === '' ? [] : [signs])).join('') +
  (SIGNS.at(-1)?.[0] ?? '');
const TO = SIGNS.map(([signs, sign]) => sign.replace("'", "''").repeat(signs.length / 6)).join('');

/** The parts of a text that are words beside its lexemes: see `normalise-searched-words`. */
const OTHERS = `
  select string_agg(x.word, ' ') into others from (
    select replace(m[1], '-', '') as word
    from regexp_matches(normal, '(${HYPHENED})', 'g') m
    where m[1] ~ '[${LETTER}]'
    union all
    select m[1] || ' ' || m[2]
    from regexp_matches(normal, '(?<![-${WORD}])([${LETTER}]+)([0-9]+)(?![-${WORD}])', 'g') m
  ) x;`;

/**
 * `translate` compares every sign of a text with every sign that it may stand for, which was most of
 * what indexing a post took. What a text does not hold is no longer looked for.
 */
export class QuickenSearchedWords1795914945704 implements MigrationInterface {
  name = 'QuickenSearchedWords1795914945704';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create or replace function search_text(written text) returns text
      language plpgsql immutable strict parallel safe as $$
      declare
        normal text := replace(written, '_', ' ');
        signs text;
        sign text;
      begin
        if written ~ '[${FROM}]' then
          signs := regexp_replace(written, '[^${FROM}]+', '', 'g');
          while signs <> '' loop
            sign := left(signs, 1);
            normal := replace(normal, sign, translate(sign, E'${FROM}', '${TO}'));
            signs := replace(signs, sign, '');
          end loop;
        end if;
        if strpos(normal, '''') > 0 then
          normal := regexp_replace(normal, '${CONTRACTED}', ' ', 'g');
        end if;
        if strpos(normal, '/') > 0 then
          normal := regexp_replace(normal, '${BETWEEN('/', WORD)}', ' ', 'g');
        end if;
        return regexp_replace(normal, '${BETWEEN('[.]', LETTER)}', ' ', 'g');
      end $$`);
    await db.query(`
      create or replace function search_vector(language text, written text) returns tsvector
      language plpgsql immutable strict parallel safe as $$
      declare
        normal text := public.search_text(written);
        words tsvector;
        others text;
      begin
        if strpos(normal, '-') > 0 then
          words := public.search_lexemes(language,
            regexp_replace(normal, '${BETWEEN('-', WORD)}', ' ', 'g'));
        else
          words := public.search_lexemes(language, normal);
        end if;
        if strpos(normal, '-') = 0 and normal !~ '[${LETTER}][0-9]' then return words; end if;
        ${OTHERS}
        if others is null then return words; end if;
        return words || strip(public.search_lexemes(language, others));
      end $$`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      create or replace function search_text(written text) returns text
      language sql immutable strict parallel safe as $$
        select regexp_replace(regexp_replace(regexp_replace(
          translate(replace(written, '_', ' '), E'${FROM}', '${TO}'),
          '${CONTRACTED}', ' ', 'g'),
          '${BETWEEN('/', WORD)}', ' ', 'g'),
          '${BETWEEN('[.]', LETTER)}', ' ', 'g') $$`);
    await db.query(`
      create or replace function search_vector(language text, written text) returns tsvector
      language plpgsql immutable strict parallel safe as $$
      declare
        normal text := public.search_text(written);
        words tsvector := public.search_lexemes(language,
          regexp_replace(normal, '${BETWEEN('-', WORD)}', ' ', 'g'));
        others text;
      begin
        ${OTHERS}
        if others is null then return words; end if;
        return words || strip(public.search_lexemes(language, others));
      end $$`);
  }
}
