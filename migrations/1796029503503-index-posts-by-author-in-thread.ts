import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tells whether a member has written in a thread without reading all of their posts. */
export class IndexPostsByAuthorInThread1796029503503 implements MigrationInterface {
  name = 'IndexPostsByAuthorInThread1796029503503';

  async up(db: QueryRunner): Promise<void> {
    await db.query('create index posts_author_in_thread on posts (thread_id, author_id)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop index posts_author_in_thread');
  }
}
