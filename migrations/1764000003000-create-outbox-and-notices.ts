import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateOutboxAndNotices1764000003000 implements MigrationInterface {
  name = 'CreateOutboxAndNotices1764000003000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table outbox (
        id bigint generated always as identity primary key,
        event text not null,
        ids jsonb not null,
        created_at timestamptz not null default now(),
        dispatched_at timestamptz
      )`);
    await db.query(`create index outbox_waiting on outbox (id) where dispatched_at is null`);
    await db.query(
      `create index outbox_dispatched on outbox (dispatched_at) where dispatched_at is not null`,
    );
    await db.query(`
      create table notices (
        id bigint generated always as identity primary key,
        member_id bigint not null references members on delete cascade,
        kind text not null,
        thread_id bigint references threads on delete cascade,
        post_id bigint references posts on delete cascade,
        created_at timestamptz not null default now(),
        read_at timestamptz,
        unique (member_id, post_id, kind)
      )`);
    await db.query(`create index notices_member on notices (member_id, id desc)`);
    await db.query(`create index notices_unread on notices (member_id) where read_at is null`);
    await db.query(`
      create table mail_deliveries (
        key text primary key,
        kind text not null,
        member_id bigint references members on delete set null,
        state text not null check (state in ('waiting', 'sending', 'sent', 'refused')),
        code int,
        attempts int not null default 0,
        lease_until timestamptz,
        created_at timestamptz not null,
        settled_at timestamptz
      )`);
    await db.query(`create index mail_deliveries_member on mail_deliveries (member_id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table mail_deliveries, notices, outbox`);
  }
}
