import type { MigrationInterface, QueryRunner } from 'typeorm';

const REASONS = "'first-post', 'pre-moderation', 'detail', 'crisis', 'rule', 'returned'";

/** An answer by mail may wait because not all of it may be meant for others. */
export class HoldMails1795852580002 implements MigrationInterface {
  name = 'HoldMails1795852580002';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table posts
        drop constraint posts_held_for_check,
        add constraint posts_held_for_check check (held_for in (${REASONS}, 'mail'))`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`update posts set held_for = 'detail' where held_for = 'mail'`);
    await db.query(`
      alter table posts
        drop constraint posts_held_for_check,
        add constraint posts_held_for_check check (held_for in (${REASONS}))`);
  }
}
