import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Languages that PostgreSQL has a stemmer for, by the codes that communities carry. */
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

/** The row of a post in the index, for the posts `p` that stand. */
const ROWS = `
  select p.id, p.thread_id, t.community_id, p.number,
    post_search_words(p.id, p.number, p.body, p.summary, t.title, t.kind, t.reply_wish, t.topic,
      t.community_id, c.language)
  from posts p join threads t on t.id = p.thread_id join communities c on c.id = t.community_id
  where p.status = 'published' and p.tier not in ('urgent', 'crisis') and not p.folded`;

const INSERT = `insert into post_words (post_id, thread_id, community_id, number, words) ${ROWS}`;
const REPLACE = `on conflict (post_id) do update set community_id = excluded.community_id, words = excluded.words`;

export class CreateSearch1764000060000 implements MigrationInterface {
  name = 'CreateSearch1764000060000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`create extension if not exists unaccent`);
    await db.query(`create extension if not exists pg_trgm`);
    for (const [code, stemmer] of Object.entries(STEMMERS)) {
      await db.query(
        `create text search configuration public.search_${code} (copy = pg_catalog.${stemmer})`,
      );
      await db.query(
        `
          alter text search configuration public.search_${code} alter mapping for hword, hword_part,
            word with unaccent, ${stemmer}_stem
        `,
      );
    }
    await db.query(
      `create text search configuration public.search_plain (copy = pg_catalog.simple)`,
    );
    await db.query(
      `
        alter text search configuration public.search_plain alter mapping for hword, hword_part,
          word with unaccent, simple
      `,
    );
    // Whole words as people write them, without the smallest ones: what a slip of typing is
    // compared with.
    await db.query(
      `
        create text search dictionary public.search_stop (template = pg_catalog.simple,
          stopwords = english)
      `,
    );
    await db.query(
      `create text search configuration public.search_vocabulary (copy = pg_catalog.simple)`,
    );
    await db.query(
      `
        alter text search configuration public.search_vocabulary alter mapping for asciiword,
          asciihword, hword_asciipart with search_stop
      `,
    );
    await db.query(
      `
        alter text search configuration public.search_vocabulary alter mapping for hword,
          hword_part, word with unaccent, search_stop
      `,
    );
    await db.query(
      `
        alter text search configuration public.search_vocabulary drop mapping for numword, email,
          url, host, sfloat, version, hword_numpart, numhword, url_path, file, float, int, uint
      `,
    );
    await db.query(`
      create function search_config(language text) returns regconfig language sql immutable parallel safe as $$
        select case language ${Object.keys(STEMMERS)
          .map((code) => `when '${code}' then 'public.search_${code}'::regconfig`)
          .join(' ')} else 'public.search_plain'::regconfig end $$`);
    // Labels are lexemes that no text yields, because the parser leaves the sign out: where a post
    // stands, and how new it is in three widths.
    await db.query(`
      create function post_search_words(id bigint, number int, body text, summary text, title text,
        kind text, wish text, topic text, community bigint, language text) returns tsvector
      language sql immutable parallel safe as $$
        select setweight(to_tsvector(public.search_config(language), case
          when number = 1 then title
          else '' end),
          'A')
          || setweight(to_tsvector(public.search_config(language), summary), 'B')
          || setweight(to_tsvector(public.search_config(language), body), case
            when number = 1 then 'C'::"char"
            else 'D'::"char" end)
          || array_to_tsvector(array['#c' || community, '#k' || kind, '#n' || wish,
            '#1-' || (id >> 11), '#2-' || (id >> 14), '#3-' || (id >> 17)]
               || case
                 when number = 1 then array['#o']
                 else '{}' end || case
                 when topic is null then '{}'
                 else array['#t' || topic] end) $$`);
    await db.query(`
      create table post_words (
        post_id bigint primary key references posts on delete cascade,
        thread_id bigint not null,
        community_id bigint not null,
        number int not null,
        words tsvector not null
      )`);
    await db.query(INSERT);
    await db.query(
      `
        create index post_words_words on post_words using gin (words) with (gin_pending_list_limit = 1024)
      `,
    );
    await db.query(`
      create function index_post_words() returns trigger language plpgsql as $$
      begin
        if new.status <> 'published' or new.tier in ('urgent', 'crisis') or new.folded then
          delete from post_words where post_id = new.id;
        else
          ${INSERT} and p.id = new.id ${REPLACE};
        end if;
        return null;
      end $$`);
    await db.query(
      `
        create trigger posts_indexed after insert on posts for each row
          when (new.status = 'published') execute function index_post_words()
      `,
    );
    await db.query(
      `
        create trigger posts_reindexed after update of body, summary, status, tier,
          folded on posts for each row execute function index_post_words()
      `,
    );
    await db.query(`
      create function index_thread_words() returns trigger language plpgsql as $$
      begin
        ${INSERT}
          and t.id = new.id
          and (p.number = 1
            or (old.kind, old.reply_wish, old.topic, old.community_id) is distinct from (new.kind,
              new.reply_wish, new.topic, new.community_id)) ${REPLACE};
        return null;
      end $$`);
    await db.query(`
      create trigger threads_reindexed after update of title, kind, reply_wish, topic,
        community_id on threads for each row
      when ((old.title, old.kind, old.reply_wish, old.topic,
        old.community_id) is distinct from (new.title, new.kind, new.reply_wish, new.topic,
        new.community_id)) execute function index_thread_words()`);
    await db.query(`
      alter table communities add column search_words tsvector not null generated always as (
        setweight(to_tsvector(search_config(language), name),
          'A') || setweight(to_tsvector(search_config(language), joined_texts(topics)), 'B')
        || setweight(to_tsvector(search_config(language), summary),
          'B') || setweight(to_tsvector(search_config(language), purpose), 'C')) stored`);
    await db.query(`create index communities_search on communities using gin (search_words)`);
    await db.query(`
      alter table coping_strategies add column search_words tsvector not null generated always as (
        setweight(to_tsvector(search_config(language), name),
          'A') || setweight(to_tsvector(search_config(language),
            replace(joined_texts(needs || kinds || places || times || challenges), '-', ' ')),
          'B')
        || setweight(to_tsvector(search_config(language), summary || ' ' || fits),
          'B') || setweight(to_tsvector(search_config(language), joined_texts(steps)), 'C')) stored`);
    await db.query(
      `
        create index coping_strategies_search on coping_strategies using gin (search_words)
        where status = 'published'
      `,
    );
    await db.query(
      `create table search_vocabulary (word text primary key, documents int not null)`,
    );
    await db.query(
      `create index search_vocabulary_like on search_vocabulary using gin (word gin_trgm_ops)`,
    );
    await db.query(`
      create table saved_searches (
        id bigint generated always as identity primary key,
        member_id bigint not null references members on delete cascade,
        name text not null check (length(name) between 1 and 60),
        fields jsonb not null,
        created_at timestamptz not null,
        unique (member_id, name)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table saved_searches, search_vocabulary`);
    await db.query(`alter table coping_strategies drop column search_words`);
    await db.query(`alter table communities drop column search_words`);
    await db.query(`drop trigger threads_reindexed on threads`);
    await db.query(`drop trigger posts_reindexed on posts`);
    await db.query(`drop trigger posts_indexed on posts`);
    await db.query(`drop function index_thread_words(), index_post_words()`);
    await db.query(`drop table post_words`);
    await db.query(
      `drop function post_search_words(bigint, int, text, text, text, text, text, text, bigint, text), search_config(text)`,
    );
    await db.query(`drop text search configuration public.search_vocabulary`);
    await db.query(`drop text search dictionary public.search_stop`);
    for (const code of [...Object.keys(STEMMERS), 'plain'])
      await db.query(`drop text search configuration public.search_${code}`);
  }
}
