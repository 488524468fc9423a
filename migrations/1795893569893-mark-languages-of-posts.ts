import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The language of a post, ISO 639-1; null where nobody could tell it. */
export class MarkLanguagesOfPosts1795893569893 implements MigrationInterface {
  name = 'MarkLanguagesOfPosts1795893569893';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table posts
        add column language text,
        add constraint posts_language_check check (language ~ '^[a-z]{2}$')`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('alter table posts drop column language');
  }
}
