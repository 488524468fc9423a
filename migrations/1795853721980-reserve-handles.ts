import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ReserveHandles1795853721980 implements MigrationInterface {
  name = 'ReserveHandles1795853721980';

  async up(db: QueryRunner): Promise<void> {
    // Neither whose address it was nor why: a row says that a name is taken, and until when.
    await db.query(`
      create table handle_reservations (
        handle citext primary key,
        expires_at timestamptz not null
      )`);
    await db.query(`create index handle_reservations_expiry on handle_reservations (expires_at)`);
    await db.query(`alter table members add column confirm_by timestamptz`);
    await db.query(`
      create index members_unconfirmed on members (confirm_by)
      where confirm_by is not null and email_verified_at is null`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop index members_unconfirmed`);
    await db.query(`alter table members drop column confirm_by`);
    await db.query(`drop table handle_reservations`);
  }
}
