import type { MigrationInterface, QueryRunner } from 'typeorm';

export class DescribeCommunities1764000050000 implements MigrationInterface {
  name = 'DescribeCommunities1764000050000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`create extension if not exists pg_trgm`);
    // Whom it is for, in the words of the guided finder; and the code on its printed card, which
    // stands for the community alone.
    await db.query(`
      alter table communities
        add column difficulties text[] not null default '{}',
        add column situations text[] not null default '{}',
        add column formats text[] not null default '{}',
        add column visits_allowed boolean not null default true,
        add column card_code text not null unique default substr(replace(gen_random_uuid()::text,
          '-', ''),
          1, 10),
        add column orientation_thread_id bigint references threads on delete set null,
        add column finder_words tsvector not null default ''`);
    await db.query(`
      create function communities_finder_words() returns trigger language plpgsql as $$
      begin
        new.finder_words := setweight(to_tsvector('english',
          new.name || ' ' || array_to_string(new.topics, ' ')),
          'A')
          || setweight(to_tsvector('english', new.summary),
            'B') || setweight(to_tsvector('english', new.purpose), 'C');
        return new;
      end $$`);
    await db.query(
      `
        create trigger communities_finder_words before insert
          or update of name, summary, purpose,
            topics on communities for each row execute function communities_finder_words()
      `,
    );
    await db.query(`update communities set name = name`);
    await db.query(
      `
        alter table memberships drop constraint memberships_state_check,
        add column expires_at timestamptz
      `,
    );
    await db.query(
      `
        alter table memberships
        add constraint memberships_state_check check (state in ('active', 'asked', 'visiting')),
        add constraint memberships_visit_ends check ((state = 'visiting') = (expires_at is not null))
      `,
    );
    await db.query(
      `create index memberships_visits on memberships (expires_at) where state = 'visiting'`,
    );
    await db.query(`
      create table group_requests (
        id bigint generated always as identity primary key,
        member_id bigint not null references members on delete cascade,
        wish text not null check (length(wish) between 1 and 200),
        why text not null default '' check (length(why) <= 2000),
        outcome text check (outcome in ('opened', 'later', 'no', 'elsewhere')),
        answer text not null default '' check (length(answer) <= 2000),
        answered_by bigint references members on delete set null,
        answered_at timestamptz,
        created_at timestamptz not null,
        check ((outcome is null) = (answered_at is null))
      )`);
    await db.query(`create index group_requests_member on group_requests (member_id, id desc)`);
    await db.query(
      `
        create index group_requests_open on group_requests (created_at, id)
        where answered_at is null
      `,
    );
    // Answers to those who asked to join or to become a supporter, so that nobody is left
    // wondering.
    await db.query(`
      create table member_answers (
        id bigint generated always as identity primary key,
        member_id bigint not null references members on delete cascade,
        community_id bigint not null references communities on delete cascade,
        about text not null check (about in ('join', 'supporter')),
        accepted boolean not null,
        words text not null default '' check (length(words) <= 1000),
        created_at timestamptz not null
      )`);
    await db.query(`create index member_answers_member on member_answers (member_id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table member_answers, group_requests`);
    await db.query(`drop index memberships_visits`);
    await db.query(`delete from memberships where state = 'visiting'`);
    await db.query(
      `
        alter table memberships drop constraint memberships_visit_ends,
          drop constraint memberships_state_check, drop column expires_at
      `,
    );
    await db.query(
      `
        alter table memberships
        add constraint memberships_state_check check (state in ('active', 'asked'))
      `,
    );
    await db.query(`drop trigger communities_finder_words on communities`);
    await db.query(`drop function communities_finder_words()`);
    await db.query(
      `
        alter table communities drop column difficulties, drop column situations,
          drop column formats, drop column visits_allowed, drop column card_code,
          drop column orientation_thread_id, drop column finder_words
      `,
    );
  }
}
