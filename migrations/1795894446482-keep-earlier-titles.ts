import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The title of a thread beside the earlier versions of its opening, since it can be edited too. */
export class KeepEarlierTitles1795894446482 implements MigrationInterface {
  name = 'KeepEarlierTitles1795894446482';

  async up(db: QueryRunner): Promise<void> {
    await db.query('alter table post_versions add column title text');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('alter table post_versions drop column title');
  }
}
