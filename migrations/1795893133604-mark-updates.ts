import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Updates by the author of a thread, and whether a member is asked for one. */
export class MarkUpdates1795893133604 implements MigrationInterface {
  name = 'MarkUpdates1795893133604';

  async up(db: QueryRunner): Promise<void> {
    await db.query('alter table posts add column is_update boolean not null default false');
    await db.query('create index posts_updates on posts (thread_id, number) where is_update');
    await db.query(
      'alter table mail_settings add column ask_how_it_is boolean not null default true',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('alter table mail_settings drop column ask_how_it_is');
    await db.query('alter table posts drop column is_update');
  }
}
