import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SlowAndSaveThreads1764000072000 implements MigrationInterface {
  name = 'SlowAndSaveThreads1764000072000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table threads
        add column locked_until timestamptz,
        add column slow_minutes int not null default 0 check (slow_minutes between 0 and 1440)`);
    await db.query(
      `create index threads_reopening on threads (locked_until) where locked_until is not null`,
    );
    await db.query(`
      create table thread_saves (
        member_id bigint not null references members on delete cascade,
        thread_id bigint not null references threads on delete cascade,
        saved_at timestamptz not null,
        primary key (member_id, thread_id)
      )`);
    await db.query(`create index thread_saves_thread on thread_saves (thread_id)`);
    await db.query(`alter table memberships drop constraint memberships_role_check`);
    await db.query(
      `
        alter table memberships
        add constraint memberships_role_check check (role in ('member', 'alumni', 'supporter',
          'professional', 'moderator'))
      `,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `update memberships set role = 'member' where role in ('alumni', 'professional')`,
    );
    await db.query(`alter table memberships drop constraint memberships_role_check`);
    await db.query(
      `
        alter table memberships
        add constraint memberships_role_check check (role in ('member', 'supporter', 'moderator'))
      `,
    );
    await db.query(`drop table thread_saves`);
    await db.query(`alter table threads drop column locked_until, drop column slow_minutes`);
  }
}
