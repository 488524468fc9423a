import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KnowDevices1795853721981 implements MigrationInterface {
  name = 'KnowDevices1795853721981';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table known_devices (
        token_hash bytea primary key,
        member_id bigint not null references members on delete cascade,
        created_at timestamptz not null,
        expires_at timestamptz not null
      )`);
    await db.query(`create index known_devices_member on known_devices (member_id)`);
    await db.query(`create index known_devices_expiry on known_devices (expires_at)`);
    // The address is kept until its owner has been told, and no longer.
    await db.query(`
      create table credential_changes (
        id bigint generated always as identity primary key,
        member_id bigint not null references members on delete cascade,
        kind text not null check (kind in ('password', 'address')),
        old_email citext,
        changed_at timestamptz not null
      )`);
    await db.query(`create index credential_changes_member on credential_changes (member_id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table credential_changes, known_devices`);
  }
}
