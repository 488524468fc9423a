import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How a post ends, so that readers of a content note know what they would come to. */
export class SayHowPostsEnd1795892599499 implements MigrationInterface {
  name = 'SayHowPostsEnd1795892599499';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table posts
        add column ending text not null default ''
          constraint posts_ending_check check (ending in ('', 'hopeful', 'open'))
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('alter table posts drop column ending');
  }
}
