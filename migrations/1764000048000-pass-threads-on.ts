import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PassThreadsOn1764000048000 implements MigrationInterface {
  name = 'PassThreadsOn1764000048000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table communities
        add column supporters_after_hours int not null default 12 check (supporters_after_hours between 1 and 720),
        add column moderators_after_hours int not null default 24 check (moderators_after_hours between 1 and 720)`);
    // To whom a thread without an answer was passed on: once each, however often the job runs.
    await db.query(`
      create table threads_passed_on (
        thread_id bigint not null references threads on delete cascade,
        passed_to text not null check (passed_to in ('supporters', 'team')),
        passed_at timestamptz not null,
        primary key (thread_id, passed_to)
      )`);
    // A supporter is asked once about a thread. No answer is an answer too.
    await db.query(`
      create table askings (
        id bigint generated always as identity primary key,
        thread_id bigint not null references threads on delete cascade,
        member_id bigint not null references members on delete cascade,
        community_id bigint not null references communities on delete cascade,
        asked_at timestamptz not null,
        answer text check (answer in ('accepted', 'passed')),
        answered_at timestamptz,
        unique (thread_id, member_id)
      )`);
    await db.query(`create index askings_member on askings (member_id, community_id, asked_at)`);
    await db.query(`create index askings_community on askings (community_id)`);
    // A rest is offered once for a thread, to whoever was there in it.
    await db.query(`
      create table rests_offered (
        id bigint generated always as identity primary key,
        member_id bigint not null references members on delete cascade,
        community_id bigint not null references communities on delete cascade,
        thread_id bigint not null references threads on delete cascade,
        offered_at timestamptz not null,
        unique (member_id, thread_id)
      )`);
    await db.query(`create index rests_offered_community on rests_offered (community_id)`);
    await db.query(`create index rests_offered_thread on rests_offered (thread_id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table rests_offered, askings, threads_passed_on`);
    await db.query(
      `
        alter table communities drop column supporters_after_hours,
          drop column moderators_after_hours
      `,
    );
  }
}
