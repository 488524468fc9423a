import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Keeps the promise of the community in which a thread was written: search engines may not list it,
 * even after it moved to a community that allows them.
 */
export class KeepMovedThreadsUnindexed1795936493901 implements MigrationInterface {
  name = 'KeepMovedThreadsUnindexed1795936493901';

  async up(db: QueryRunner): Promise<void> {
    await db.query('alter table threads add column unindexed boolean not null default false');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('alter table threads drop column unindexed');
  }
}
