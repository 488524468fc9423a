import type { MigrationInterface, QueryRunner } from 'typeorm';

const OPTIONS = 'with (gin_pending_list_limit = 1024)';
const INDEXES = {
  post_words_words: '',
  post_words_openings: 'where number = 1',
};

/**
 * A rare word beside the label of a window made a search read the label's whole list, of every post
 * in the window. In the index, every word is now one of its window, so that a search reads only what
 * it finds. A word that would become longer than a tsvector may hold is not indexed.
 */
export class IndexWordsByWindow1796009034588 implements MigrationInterface {
  name = 'IndexWordsByWindow1796009034588';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create function window_words(words tsvector, id bigint) returns tsvector
      language plpgsql immutable strict parallel safe cost 500 as $$
      declare
        place text := '#' || (id >> 17);
        lexemes text[] := tsvector_to_array(words);
        all_words text := array_to_string(lexemes, place || chr(1));
      begin
        if octet_length(all_words) > 2000 then
          all_words := array_to_string(
            array(select word from unnest(lexemes) word where octet_length(word) < 2000),
            place || chr(1));
        end if;
        return array_to_tsvector(string_to_array(all_words || place, chr(1)));
      end $$`);
    await this.index(db, 'window_words(words, post_id)');
    // Queries are planned for any words, so that statistics of these would not be used.
    for (const name of Object.keys(INDEXES))
      await db.query(`alter index ${name} alter column 1 set statistics 0`);
  }

  async down(db: QueryRunner): Promise<void> {
    await this.index(db, 'words');
    await db.query('drop function window_words(tsvector, bigint)');
  }

  private async index(db: QueryRunner, what: string): Promise<void> {
    for (const [name, where] of Object.entries(INDEXES)) {
      await db.query(`drop index ${name}`);
      await db.query(`create index ${name} on post_words using gin (${what}) ${OPTIONS} ${where}`);
    }
  }
}
