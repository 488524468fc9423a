import type { MigrationInterface, QueryRunner } from 'typeorm';

const WORDS = (p: string): string => `
  post_search_words(${p}.id, ${p}.number, ${p}.body, ${p}.summary, t.title, t.kind, t.reply_wish,
    t.topic, t.community_id, c.language)`;

const STORE = 'insert into post_words (post_id, thread_id, community_id, number, words)';

/** The words of a post as they stand, whether they are indexed already or not. */
const INDEX_AGAIN = `
  ${STORE}
  select p.id, p.thread_id, t.community_id, p.number, ${WORDS('p')}
  from posts p
  join threads t on t.id = p.thread_id
  join communities c on c.id = t.community_id
  where p.status = 'published' and p.tier not in ('urgent', 'crisis') and not p.folded
    and p.id = new.id
  on conflict (post_id) do update set community_id = excluded.community_id,
    words = excluded.words, index_version = excluded.index_version`;

/** A new post has no words in the index, and the trigger has its row. */
const INDEX_NEW = `
  ${STORE}
  select new.id, new.thread_id, t.community_id, new.number, ${WORDS('new')}
  from threads t
  join communities c on c.id = t.community_id
  where t.id = new.thread_id`;

const LABELS = `
  array_to_tsvector(array['#c' || community, '#k' || kind, '#n' || wish,
    '#1-' || (id >> 11), '#2-' || (id >> 14), '#3-' || (id >> 17)]
      || case when number = 1 then array['#o'] else '{}' end
      || case when topic is null then '{}' else array['#t' || topic] end)`;

const weighed = (text: string, weight: string): string =>
  `setweight(public.search_vector(language, ${text}), ${weight})`;
const BODY = weighed('body', `case when number = 1 then 'C'::"char" else 'D'::"char" end`);
const SUMMARY = weighed('summary', `'B'`);

/**
 * Most posts are replies without a summary, and have neither title nor summary to analyse. The
 * words of a new post are stored from its row, without looking for it or for older words.
 */
export class IndexNewPostsFaster1795988814055 implements MigrationInterface {
  name = 'IndexNewPostsFaster1795988814055';

  async up(db: QueryRunner): Promise<void> {
    await this.analyse(
      db,
      'plpgsql',
      `
        declare
          words tsvector := ${BODY} || ${LABELS};
        begin
          if summary <> '' then words := ${SUMMARY} || words; end if;
          if number = 1 then words := ${weighed('title', `'A'`)} || words; end if;
          return words;
        end`,
    );
    await this.index(db, `elsif tg_op = 'INSERT' then ${INDEX_NEW};`);
  }

  async down(db: QueryRunner): Promise<void> {
    await this.index(db, '');
    await this.analyse(
      db,
      'sql',
      `
        select ${weighed(`case when number = 1 then title else '' end`, `'A'`)}
          || ${SUMMARY} || ${BODY} || ${LABELS}`,
    );
  }

  private async analyse(db: QueryRunner, language: string, body: string): Promise<void> {
    await db.query(`
      create or replace function post_search_words(id bigint, number int, body text, summary text,
        title text, kind text, wish text, topic text, community bigint, language text)
      returns tsvector language ${language} immutable parallel safe as $$ ${body} $$`);
  }

  /** @param otherwise further branches for a post that is indexed */
  private async index(db: QueryRunner, otherwise: string): Promise<void> {
    await db.query(`
      create or replace function index_post_words() returns trigger language plpgsql as $$
      begin
        if new.status <> 'published' or new.tier in ('urgent', 'crisis') or new.folded then
          delete from post_words where post_id = new.id;
        ${otherwise}
        else
          ${INDEX_AGAIN};
        end if;
        return null;
      end $$`);
  }
}
