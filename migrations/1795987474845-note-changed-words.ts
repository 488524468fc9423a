import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Notes in `page_changes` that a transaction changed the search index, so that what matched a query
 * may be kept in memory until then.
 */
export class NoteChangedWords1795987474845 implements MigrationInterface {
  name = 'NoteChangedWords1795987474845';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create function note_changed_words() returns trigger language plpgsql as $$
      begin
        insert into page_changes (scope, xid)
        values ('words', pg_current_xact_id()::text::bigint)
        on conflict do nothing;
        return null;
      end $$`);
    await db.query(`
      create trigger post_words_noted after insert or update or delete or truncate on post_words
      for each statement execute function note_changed_words()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop trigger post_words_noted on post_words');
    await db.query('drop function note_changed_words()');
  }
}
