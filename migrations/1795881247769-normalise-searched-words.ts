import type { MigrationInterface, QueryRunner } from 'typeorm';

// Classes of signs for regular expressions that mean the same in every locale: of ASCII, and all
// beyond it. What is punctuation there was replaced before.
const WORD = 'A-Za-z0-9\\u0080-\\uffff';
const LETTER = 'A-Za-z\\u0080-\\uffff';
const HYPHENED = `[${WORD}]+(?:-[${WORD}]+)+`;
const BETWEEN = (sign: string, kind: string): string => `(?<=[${kind}])${sign}(?=[${kind}])`;
const ENDINGS = '[mM]|[rR][eE]|[vV][eE]|[lL][lL]|[dD]';

const STEMMERS: Record<string, string> = {
  en: 'english',
  es: 'spanish',
  de: 'german',
  fr: 'french',
  it: 'italian',
  pt: 'portuguese',
  nl: 'dutch',
  sv: 'swedish',
  no: 'norwegian',
  nb: 'norwegian',
  da: 'danish',
  fi: 'finnish',
  ru: 'russian',
  hu: 'hungarian',
  ro: 'romanian',
  tr: 'turkish',
  ca: 'catalan',
  el: 'greek',
  ga: 'irish',
  lt: 'lithuanian',
};

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

/** The word rules of the index. Rows of an older version are indexed again by a job. */
const VERSION = 2;

const POST_WORDS = `
  select p.id, p.thread_id, t.community_id, p.number,
    post_search_words(p.id, p.number, p.body, p.summary, t.title, t.kind, t.reply_wish, t.topic,
      t.community_id, c.language)
  from posts p join threads t on t.id = p.thread_id join communities c on c.id = t.community_id
  where p.status = 'published' and p.tier not in ('urgent', 'crisis') and not p.folded`;
const INSERT = `insert into post_words (post_id, thread_id, community_id, number, words) ${POST_WORDS}`;
const REPLACE = `on conflict (post_id) do update set community_id = excluded.community_id,
  words = excluded.words`;

export class NormaliseSearchedWords1795881247769 implements MigrationInterface {
  name = 'NormaliseSearchedWords1795881247769';

  async up(db: QueryRunner): Promise<void> {
    await this.createFunctions(db);
    await this.indexPosts(
      db,
      'search_vector(language, ',
      ', index_version = excluded.index_version',
    );
    // A new row has the newest version; those that stand are indexed again in batches by a job.
    await db.query('alter table post_words add column index_version smallint not null default 1');
    await db.query(`alter table post_words alter column index_version set default ${VERSION}`);
    await db.query(`
      create index post_words_outdated on post_words (post_id) where index_version < ${VERSION}`);
    await this.indexPlaces(db, (text) => `search_vector(language, ${text})`);
  }

  async down(db: QueryRunner): Promise<void> {
    await this.indexPlaces(db, (text) => `to_tsvector(search_config(language), ${text})`);
    await db.query('drop index post_words_outdated');
    await db.query('alter table post_words drop column index_version');
    await this.indexPosts(db, 'to_tsvector(public.search_config(language), ', '');
    await db.query(`
      drop function search_query(text, text), search_variant(regconfig, text),
        search_vector(text, text), search_lexemes(text, text), folded(tsvector),
        search_text(text), stem_config(text)`);
  }

  private async createFunctions(db: QueryRunner): Promise<void> {
    const [from, to] = [
      SIGNS.flatMap(([signs, sign]) => (sign === '' ? [] : [signs])).join('') +
        (SIGNS.at(-1)?.[0] ?? ''),
      SIGNS.map(([signs, sign]) => sign.replace("'", "''").repeat(signs.length / 6)).join(''),
    ];
    await db.query(`
      create function stem_config(language text) returns regconfig
      language sql immutable parallel safe as $$
        select case language ${Object.entries(STEMMERS)
          .map(([code, stemmer]) => `when '${code}' then 'pg_catalog.${stemmer}'::regconfig`)
          .join(' ')} else 'pg_catalog.simple'::regconfig end $$`);
    // The text as both sides of a search read it; what is stored stays as written. Typographic
    // signs become those of ASCII, words joined by a slash or a stop come apart, and "I'm" is "I".
    await db.query(`
      create function search_text(written text) returns text
      language sql immutable strict parallel safe as $$
        select regexp_replace(regexp_replace(regexp_replace(
          translate(written, E'${from}', '${to}'),
          '(?<=[${LETTER}])''(?:${ENDINGS})(?![${WORD}])', ' ', 'g'),
          '${BETWEEN('/', WORD)}', ' ', 'g'),
          '${BETWEEN('[.]', LETTER)}', ' ', 'g') $$`);
    // Lexemes without accents at their positions. They are quoted one by one: unaccent may yield
    // any sign.
    await db.query(`
      create function folded(words tsvector) returns tsvector
      language sql immutable strict parallel safe as $$
        select coalesce(string_agg('''' || replace(replace(u.plain, '\\', '\\\\'), '''', '''''')
          || ''':' || array_to_string(u.positions, ','), ' '), '')::tsvector
        from (select public.unaccent('public.unaccent', x.lexeme) as plain, x.positions
          from unnest(words) x) u
        where u.plain <> '' $$`);
    // A word with accents is stemmed as it is and then folded, and folded and then stemmed:
    // "sentía" has the stem of "sentir" by the first, and that of "sentia" by the second.
    await db.query(`
      create function search_lexemes(language text, written text) returns tsvector
      language plpgsql immutable strict parallel safe as $$
      declare
        words tsvector := to_tsvector(public.search_config(language), written);
      begin
        if written !~ '[^\\u0001-\\u007f]' then return words; end if;
        return (words::text || ' '
          || public.folded(to_tsvector(public.stem_config(language), written))::text)::tsvector;
      end $$`);
    // Of "C-PTSD" the parts have positions, and "cptsd" none; of "PHQ9" it is the other way round.
    await db.query(`
      create function search_vector(language text, written text) returns tsvector
      language plpgsql immutable strict parallel safe as $$
      declare
        normal text := public.search_text(written);
        words tsvector := public.search_lexemes(language,
          regexp_replace(normal, '${BETWEEN('-', WORD)}', ' ', 'g'));
        others text;
      begin
        select string_agg(x.word, ' ') into others from (
          select replace(m[1], '-', '') as word
          from regexp_matches(normal, '(${HYPHENED})', 'g') m
          where m[1] ~ '[${LETTER}]'
          union all
          select m[1] || ' ' || m[2]
          from regexp_matches(normal, '(?<![-${WORD}])([${LETTER}]+)([0-9]+)(?![-${WORD}])', 'g') m
        ) x;
        if others is null then return words; end if;
        return words || strip(public.search_lexemes(language, others));
      end $$`);
    await db.query(`
      create function search_variant(config regconfig, normal text) returns tsquery
      language plpgsql immutable strict parallel safe as $$
      declare
        asked tsquery;
        parts tsquery;
        joined tsquery;
        word text[];
      begin
        select websearch_to_tsquery(config, string_agg(regexp_replace(case
            when x.at % 2 = 1 then regexp_replace(x.piece, '(${HYPHENED})', '"\\1"', 'g')
            else x.piece end, '${BETWEEN('-', WORD)}', ' ', 'g'), '"' order by x.at))
          into asked
        from unnest(string_to_array(normal, '"')) with ordinality as x(piece, at);
        for word in
          select array[replace(m[1], '-', ' '), replace(m[1], '-', ''), '-']
          from regexp_matches(normal, '(${HYPHENED})', 'g') m
          where m[1] ~ '[${LETTER}]'
          union
          select array[m[1] || ' ' || m[2], m[1] || m[2], '']
          from regexp_matches(normal, '(?<![${WORD}]|[${WORD}]-)([${LETTER}]+)([0-9]+)(?![-${WORD}])',
            'g') m
          limit 10
        loop
          parts := phraseto_tsquery(config, word[1]);
          joined := plainto_tsquery(config, word[2]);
          continue when numnode(parts) = 0 or numnode(joined) = 0;
          asked := ts_rewrite(asked, case word[3] when '-' then parts else joined end,
            parts || joined);
        end loop;
        return asked;
      end $$`);
    // Where a word is left out, the text without accents decides alone: of two forms that are not
    // wanted, one would always be missing.
    await db.query(`
      create function search_query(language text, words text) returns tsquery
      language plpgsql immutable strict parallel safe as $$
      declare
        normal text := public.search_text(words);
        plain tsquery := public.search_variant(public.search_config(language), normal);
      begin
        if normal !~ '[^\\u0001-\\u007f]' or plain::text like '%!%' then return plain; end if;
        return plain || public.unaccent('public.unaccent',
          public.search_variant(public.stem_config(language), normal)::text)::tsquery;
      end $$`);
  }

  private async indexPosts(db: QueryRunner, vector: string, more: string): Promise<void> {
    const weighed = (text: string, weight: string): string =>
      `setweight(${vector.replace('search_vector', 'public.search_vector')}${text}), ${weight})`;
    await db.query(`
      create or replace function post_search_words(id bigint, number int, body text, summary text,
        title text, kind text, wish text, topic text, community bigint, language text)
      returns tsvector language sql immutable parallel safe as $$
        select ${weighed("case when number = 1 then title else '' end", "'A'")}
          || ${weighed('summary', "'B'")}
          || ${weighed('body', 'case when number = 1 then \'C\'::"char" else \'D\'::"char" end')}
          || array_to_tsvector(array['#c' || community, '#k' || kind, '#n' || wish,
            '#1-' || (id >> 11), '#2-' || (id >> 14), '#3-' || (id >> 17)]
              || case when number = 1 then array['#o'] else '{}' end
              || case when topic is null then '{}' else array['#t' || topic] end) $$`);
    await db.query(`
      create or replace function index_post_words() returns trigger language plpgsql as $$
      begin
        if new.status <> 'published' or new.tier in ('urgent', 'crisis') or new.folded then
          delete from post_words where post_id = new.id;
        else
          ${INSERT} and p.id = new.id ${REPLACE}${more};
        end if;
        return null;
      end $$`);
    await db.query(`
      create or replace function index_thread_words() returns trigger language plpgsql as $$
      begin
        ${INSERT}
          and t.id = new.id
          and (p.number = 1
            or (old.kind, old.reply_wish, old.topic, old.community_id) is distinct from (new.kind,
              new.reply_wish, new.topic, new.community_id)) ${REPLACE}${more};
        return null;
      end $$`);
  }

  private async indexPlaces(db: QueryRunner, vector: (text: string) => string): Promise<void> {
    const weighed = (parts: readonly (readonly [text: string, weight: string])[]): string =>
      parts.map(([text, weight]) => `setweight(${vector(text)}, '${weight}')`).join(' || ');
    await db.query('alter table communities drop column search_words');
    await db.query(`
      alter table communities add column search_words tsvector not null generated always as (
        ${weighed([
          ['name', 'A'],
          ['joined_texts(topics)', 'B'],
          ['summary', 'B'],
          ['purpose', 'C'],
        ])}) stored`);
    await db.query('create index communities_search on communities using gin (search_words)');
    await db.query('alter table coping_strategies drop column search_words');
    await db.query(`
      alter table coping_strategies add column search_words tsvector not null generated always as (
        ${weighed([
          ['name', 'A'],
          ["replace(joined_texts(needs || kinds || places || times || challenges), '-', ' ')", 'B'],
          ["summary || ' ' || fits", 'B'],
          ['joined_texts(steps)', 'C'],
        ])}) stored`);
    await db.query(`
      create index coping_strategies_search on coping_strategies using gin (search_words)
        where status = 'published'`);
  }
}
