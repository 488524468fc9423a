import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Browsers that are sent a notification without words when something is waiting. */
export class CreatePushSubscriptions1795880439705 implements MigrationInterface {
  name = 'CreatePushSubscriptions1795880439705';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table push_subscriptions (
        id bigint generated always as identity primary key,
        member_id bigint not null references members on delete cascade,
        session_id bigint not null references sessions on delete cascade,
        endpoint text not null unique,
        device text not null,
        created_at timestamptz not null,
        notified_at timestamptz not null
      )`);
    await db.query('create index push_subscriptions_member on push_subscriptions (member_id, id)');
    await db.query('create index push_subscriptions_session on push_subscriptions (session_id)');
    await db.query('alter table mail_settings add column pushed_at timestamptz');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('alter table mail_settings drop column pushed_at');
    await db.query('drop table push_subscriptions');
  }
}
