import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateOnCall1764000018500 implements MigrationInterface {
  name = 'CreateOnCall1764000018500';

  async up(db: QueryRunner): Promise<void> {
    // Who can be called when; a person looks after all that they moderate.
    await db.query(`
      create table shifts (
        id bigint generated always as identity primary key,
        member_id bigint not null references members on delete cascade,
        duty text not null check (duty in ('primary', 'second', 'lead')),
        starts_at timestamptz not null,
        ends_at timestamptz not null,
        entered_by bigint references members on delete set null,
        created_at timestamptz not null,
        check (ends_at > starts_at),
        unique (member_id, duty, starts_at)
      )`);
    await db.query(`create index shifts_time on shifts (ends_at)`);
    // Each person is called once for each step of a case; a row without a person is the call to the
    // operator's own address.
    await db.query(`
      create table case_alarms (
        id bigint generated always as identity primary key,
        case_id bigint not null references review_cases on delete cascade,
        step text not null check (step in ('first', 'second', 'lead', 'unclaimed', 'due')),
        member_id bigint references members on delete cascade,
        raised_at timestamptz not null,
        unique nulls not distinct (case_id, step, member_id)
      )`);
    await db.query(`create index case_alarms_member on case_alarms (member_id, raised_at)`);
    await db.query(`
      create table alarm_settings (
        member_id bigint primary key references members on delete cascade,
        mail boolean not null default true
      )`);
    await db.query(`create index moderation_log_actor on moderation_log (actor_id, created_at)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop index moderation_log_actor`);
    await db.query(`drop table alarm_settings, case_alarms, shifts`);
  }
}
