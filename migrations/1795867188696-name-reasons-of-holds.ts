import type { MigrationInterface, QueryRunner } from 'typeorm';

const REASONS = "'first-post', 'pre-moderation', 'detail', 'crisis', 'rule', 'returned', 'mail'";

export class NameReasonsOfHolds1795867188696 implements MigrationInterface {
  name = 'NameReasonsOfHolds1795867188696';

  async up(db: QueryRunner): Promise<void> {
    // A post that its writer changed after a moderator had asked for it.
    await db.query(`
      alter table posts
        drop constraint posts_held_for_check,
        add constraint posts_held_for_check check (held_for in (${REASONS}, 'resubmitted'))`);
    // What a writer is told of a rule that holds a post; empty for a rule that stays secret.
    await db.query(`
      alter table word_rules
        add column to_writer text not null default '' check (length(to_writer) <= 200)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('alter table word_rules drop column to_writer');
    await db.query(`update posts set held_for = 'pre-moderation' where held_for = 'resubmitted'`);
    await db.query(`
      alter table posts
        drop constraint posts_held_for_check,
        add constraint posts_held_for_check check (held_for in (${REASONS}))`);
  }
}
