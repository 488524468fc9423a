import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCaseRoom1764000015000 implements MigrationInterface {
  name = 'CreateCaseRoom1764000015000';

  async up(db: QueryRunner): Promise<void> {
    // Who opened the words of a case: nobody reads them by accident, and what somebody has read can
    // be counted for their own sake.
    await db.query(`
      create table case_reads (
        case_id bigint not null references review_cases on delete cascade,
        member_id bigint not null references members on delete cascade,
        read_at timestamptz not null,
        primary key (case_id, member_id)
      )`);
    // Passed on without a reason: it stays in the queue for the others.
    await db.query(`
      create table case_passes (
        case_id bigint not null references review_cases on delete cascade,
        member_id bigint not null references members on delete cascade,
        passed_at timestamptz not null,
        primary key (case_id, member_id)
      )`);
    await db.query(`
      create table case_notes (
        id bigint generated always as identity primary key,
        case_id bigint not null references review_cases on delete cascade,
        author_id bigint references members on delete set null,
        body text not null check (length(body) between 1 and 4000),
        created_at timestamptz not null
      )`);
    await db.query(`create index case_notes_case on case_notes (case_id, id)`);
    await db.query(`
      create table member_notes (
        id bigint generated always as identity primary key,
        member_id bigint not null references members on delete cascade,
        author_id bigint references members on delete set null,
        body text not null check (length(body) between 1 and 4000),
        created_at timestamptz not null
      )`);
    await db.query(`create index member_notes_member on member_notes (member_id, id)`);
    // A crisis that one person closed is looked at by another within a day.
    await db.query(`
      create table follow_ups (
        id bigint generated always as identity primary key,
        case_id bigint not null references review_cases on delete cascade,
        decision_id bigint not null unique references decisions on delete cascade,
        due_at timestamptz not null,
        created_at timestamptz not null,
        done_by bigint references members on delete set null,
        done_at timestamptz,
        agreed boolean,
        note text not null default ''
      )`);
    await db.query(`create index follow_ups_open on follow_ups (due_at) where done_at is null`);
    // What takes two people waits here until the second has answered; nothing of it holds before.
    await db.query(`
      create table proposals (
        id bigint generated always as identity primary key,
        case_id bigint not null references review_cases on delete cascade,
        asked_by bigint not null references members on delete cascade,
        form jsonb not null,
        created_at timestamptz not null,
        settled_by bigint references members on delete set null,
        settled_at timestamptz,
        agreed boolean
      )`);
    await db.query(
      `create unique index proposals_open on proposals (case_id) where settled_at is null`,
    );
    await db.query(`
      create table decision_messages (
        id bigint generated always as identity primary key,
        decision_id bigint not null references decisions on delete cascade,
        author_id bigint references members on delete set null,
        from_team boolean not null,
        body text not null check (length(body) between 1 and 8000),
        created_at timestamptz not null
      )`);
    await db.query(
      `create index decision_messages_decision on decision_messages (decision_id, id)`,
    );
    await db.query(`
      create table appeals (
        id bigint generated always as identity primary key,
        decision_id bigint not null references decisions on delete cascade,
        case_id bigint not null references review_cases on delete cascade,
        appellant_id bigint references members on delete set null,
        appellant text not null check (appellant in ('author', 'reporter')),
        statement text not null check (length(statement) between 1 and 8000),
        created_at timestamptz not null,
        outcome text check (outcome in ('upheld', 'changed', 'reversed')),
        answer text not null default '',
        decided_at timestamptz,
        unique (decision_id, appellant_id)
      )`);
    await db.query(`create index appeals_case on appeals (case_id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `drop table appeals, decision_messages, proposals, follow_ups, member_notes, case_notes, case_passes, case_reads`,
    );
  }
}
