import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateModeratorsCare1764000019000 implements MigrationInterface {
  name = 'CreateModeratorsCare1764000019000';

  async up(db: QueryRunner): Promise<void> {
    // `note.<content note>` or `<source>.<reason>`: what somebody asked to be spared.
    await db.query(`
      create table topic_opt_outs (
        member_id bigint not null references members on delete cascade,
        topic text not null,
        primary key (member_id, topic)
      )`);
    // Two people in one case: either may act while the other has it in hand.
    await db.query(`
      create table case_pairs (
        case_id bigint not null references review_cases on delete cascade,
        member_id bigint not null references members on delete cascade,
        invited_by bigint references members on delete set null,
        created_at timestamptz not null,
        primary key (case_id, member_id)
      )`);
    await db.query(`
      create table handovers (
        id bigint generated always as identity primary key,
        author_id bigint not null references members on delete cascade,
        body text not null check (length(body) between 1 and 2000),
        created_at timestamptz not null
      )`);
    await db.query(`create index handovers_time on handovers (created_at)`);
    // The lines are their writer's alone; a lead sees that a talk was asked for.
    await db.query(`
      create table debriefs (
        id bigint generated always as identity primary key,
        case_id bigint not null references review_cases on delete cascade,
        member_id bigint not null references members on delete cascade,
        lines text[] not null,
        asked_at timestamptz not null,
        done_by bigint references members on delete set null,
        done_at timestamptz,
        unique (case_id, member_id)
      )`);
    await db.query(`create index debriefs_open on debriefs (asked_at) where done_at is null`);
    await db.query(`
      create table case_reminders (
        id bigint generated always as identity primary key,
        case_id bigint not null references review_cases on delete cascade,
        member_id bigint not null references members on delete cascade,
        about text not null check (about in ('debrief', 'look-in')),
        hours int not null,
        created_at timestamptz not null,
        unique (case_id, member_id, about, hours)
      )`);
    // One thank-you a thread and person; it names nobody.
    await db.query(`
      create table aftercare_notes (
        id bigint generated always as identity primary key,
        thread_id bigint not null references threads on delete cascade,
        member_id bigint not null references members on delete cascade,
        created_at timestamptz not null,
        unique (thread_id, member_id)
      )`);
    await db.query(`
      create table thread_updates (
        thread_id bigint primary key references threads on delete cascade,
        body text not null check (length(body) <= 600),
        author_agreed boolean not null,
        written_by bigint references members on delete set null,
        created_at timestamptz not null,
        check (body = '' or author_agreed)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `drop table thread_updates, aftercare_notes, case_reminders, debriefs, handovers, case_pairs, topic_opt_outs`,
    );
  }
}
