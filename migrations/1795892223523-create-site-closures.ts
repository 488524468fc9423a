import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Plans to close the whole site down; at most one of them counts. */
export class CreateSiteClosures1795892223523 implements MigrationInterface {
  name = 'CreateSiteClosures1795892223523';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table site_closures (
        id bigint generated always as identity primary key,
        planned_at timestamptz not null,
        read_only_at timestamptz not null,
        wipe_at timestamptz not null check (wipe_at > read_only_at),
        told_at timestamptz not null,
        reminded_at timestamptz,
        cancelled_at timestamptz,
        wiped_at timestamptz
      )`);
    await db.query(`
      create unique index site_closures_one on site_closures ((true)) where cancelled_at is null`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table site_closures');
  }
}
