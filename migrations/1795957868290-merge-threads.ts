import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A thread whose posts were merged into another one stays as a stub that leads to it. The reference
 * is checked at the end of a transaction, because a site's export may list the stub first.
 */
export class MergeThreads1795957868290 implements MigrationInterface {
  name = 'MergeThreads1795957868290';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table threads
        add column merged_into bigint constraint threads_merged_into_fkey
          references threads on delete set null deferrable initially deferred,
        drop constraint threads_status_check,
        add constraint threads_status_check
          check (status in ('published', 'held', 'hidden', 'removed', 'withdrawn', 'merged'))`);
    await db.query(
      'create index threads_merged on threads (merged_into) where merged_into is not null',
    );
  }

  // The posts are all in the threads that they were merged into; only the stubs lead nowhere.
  async down(db: QueryRunner): Promise<void> {
    await db.query(`update threads set status = 'removed' where status = 'merged'`);
    await db.query(`
      alter table threads
        drop column merged_into,
        drop constraint threads_status_check,
        add constraint threads_status_check
          check (status in ('published', 'held', 'hidden', 'removed', 'withdrawn'))`);
  }
}
