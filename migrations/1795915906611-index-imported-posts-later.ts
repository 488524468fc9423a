import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An import writes the row of a post's words itself, empty and of version 0, and fills it afterwards
 * for many posts at once (`reindex-posts`): within its transactions `sameboat.importing` is on.
 */
export class IndexImportedPostsLater1795915906611 implements MigrationInterface {
  name = 'IndexImportedPostsLater1795915906611';

  async up(db: QueryRunner): Promise<void> {
    await this.indexed(
      db,
      "new.status = 'published' and coalesce(current_setting('sameboat.importing', true), '') <> 'on'",
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await this.indexed(db, "new.status = 'published'");
  }

  private async indexed(db: QueryRunner, when: string): Promise<void> {
    await db.query('drop trigger posts_indexed on posts');
    await db.query(`
      create trigger posts_indexed after insert on posts for each row
      when (${when})
      execute function index_post_words()`);
  }
}
