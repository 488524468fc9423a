import type { MigrationInterface, QueryRunner } from 'typeorm';

export class IndexJoinRequests1795857794530 implements MigrationInterface {
  name = 'IndexJoinRequests1795857794530';

  async up(db: QueryRunner): Promise<void> {
    // The moderators' page counts the few who wait, however many members there are.
    await db.query(
      `create index memberships_asked on memberships (community_id) where state = 'asked'`,
    );
    await db.query(
      `create index supporters_asked on supporters (community_id) where state = 'asked'`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop index supporters_asked`);
    await db.query(`drop index memberships_asked`);
  }
}
