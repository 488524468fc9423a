import type { MigrationInterface, QueryRunner } from 'typeorm';

export class IndexSupporters1764000070000 implements MigrationInterface {
  name = 'IndexSupporters1764000070000';

  async up(db: QueryRunner): Promise<void> {
    // Who looks after a community is read with every view of its page, however many members it has.
    await db.query(
      `create index memberships_looking_after on memberships (community_id) where role <> 'member'`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop index memberships_looking_after`);
  }
}
