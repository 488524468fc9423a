import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateBelonging1764000051000 implements MigrationInterface {
  name = 'CreateBelonging1764000051000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table community_prompts (
        id bigint generated always as identity primary key,
        community_id bigint not null references communities on delete cascade,
        kind text not null check (kind in ('check-in', 'small-wins', 'gratitude')),
        title text not null check (length(title) between 3 and 90),
        body text not null check (length(body) between 1 and 4000),
        weekday int not null check (weekday between 1 and 7),
        hour int not null check (hour between 0 and 23),
        author_id bigint references members on delete set null,
        paused_at timestamptz,
        created_at timestamptz not null,
        unique (community_id, kind)
      )`);
    // One thread for a prompt and a day, however often the job runs.
    await db.query(`
      create table prompt_threads (
        prompt_id bigint not null references community_prompts on delete cascade,
        day date not null,
        thread_id bigint references threads on delete set null,
        primary key (prompt_id, day)
      )`);
    await db.query(`
      create table supporters (
        community_id bigint not null references communities on delete cascade,
        member_id bigint not null references members on delete cascade,
        state text not null check (state in ('asked', 'active', 'declined', 'resting')),
        why text not null default '' check (length(why) <= 1000),
        steps text[] not null default '{}',
        capacity int not null default 3 check (capacity between 0 and 50),
        off_duty_until timestamptz,
        answer text not null default '' check (length(answer) <= 1000),
        answered_by bigint references members on delete set null,
        answered_at timestamptz,
        asked_at timestamptz not null,
        primary key (community_id, member_id)
      )`);
    await db.query(`create index supporters_member on supporters (member_id)`);
    await db.query(`
      create table community_fit (
        community_id bigint primary key references communities on delete cascade,
        members int not null,
        threads int not null,
        first_reply_minutes int,
        answered_in_day real not null,
        listen real not null,
        experiences real not null,
        advice real not null,
        notes text[] not null default '{}',
        computed_at timestamptz not null
      )`);
    await db.query(`
      create table community_neighbours (
        community_id bigint not null references communities on delete cascade,
        other_id bigint not null references communities on delete cascade,
        shared int not null,
        primary key (community_id, other_id)
      )`);
    await db.query(`
      create table site_settings (
        key text primary key,
        value jsonb not null,
        updated_by bigint references members on delete set null,
        updated_at timestamptz not null
      )`);
    await db.query(`alter table members add column memorial_at timestamptz`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table members drop column memorial_at`);
    await db.query(
      `drop table site_settings, community_neighbours, community_fit, supporters, prompt_threads, community_prompts`,
    );
  }
}
