import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Polls in the openings of threads, in communities that allow them. */
export class CreatePolls1795896316877 implements MigrationInterface {
  name = 'CreatePolls1795896316877';

  async up(db: QueryRunner): Promise<void> {
    await db.query(
      'alter table communities add column polls_allowed boolean not null default false',
    );
    await db.query(`
      create table polls (
        id bigint generated always as identity primary key,
        thread_id bigint not null unique references threads on delete cascade,
        question text not null check (length(question) between 1 and 160),
        several boolean not null,
        results text not null check (results in ('voted', 'closed')),
        closes_at timestamptz,
        created_at timestamptz not null,
        check (results = 'voted' or closes_at is not null)
      )`);
    await db.query(`
      create table poll_options (
        id bigint generated always as identity primary key,
        poll_id bigint not null references polls on delete cascade,
        position int not null check (position between 1 and 8),
        text text not null check (length(text) between 1 and 100),
        unique (poll_id, position)
      )`);
    await db.query(`
      create table poll_votes (
        option_id bigint not null references poll_options on delete cascade,
        member_id bigint not null references members on delete cascade,
        voted_at timestamptz not null,
        primary key (option_id, member_id)
      )`);
    await db.query('create index poll_votes_member on poll_votes (member_id)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table poll_votes');
    await db.query('drop table poll_options');
    await db.query('drop table polls');
    await db.query('alter table communities drop column polls_allowed');
  }
}
