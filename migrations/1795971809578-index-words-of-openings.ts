import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A search ranks the newest openings beside the newest posts. In an index of their own, which is a
 * tenth as large, they are found without reading the long lists of all posts.
 */
export class IndexWordsOfOpenings1795971809578 implements MigrationInterface {
  name = 'IndexWordsOfOpenings1795971809578';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create index post_words_openings on post_words using gin (words)
        with (gin_pending_list_limit = 1024)
        where number = 1`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop index post_words_openings');
  }
}
