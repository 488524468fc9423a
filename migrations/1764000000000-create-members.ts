import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateMembers1764000000000 implements MigrationInterface {
  name = 'CreateMembers1764000000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`create extension if not exists citext`);
    await db.query(`
      create table members (
        id bigint generated always as identity primary key,
        handle citext not null unique check (handle ~ '^[a-zA-Z][a-zA-Z0-9-]{2,23}$'),
        email citext unique,
        email_verified_at timestamptz,
        password_hash text,
        role text not null default 'member' check (role in ('member', 'moderator', 'admin')),
        avatar_seed text not null,
        about text not null default '' check (length(about) <= 2000),
        locale text,
        country text check (country ~ '^[A-Z]{2}$'),
        time_zone text,
        age_confirmed_at timestamptz,
        guidelines_accepted_at timestamptz,
        break_until timestamptz,
        closed_at timestamptz,
        created_at timestamptz not null default now()
      )`);
    await db.query(`
      create table sessions (
        id bigint generated always as identity primary key,
        token_hash bytea not null unique,
        member_id bigint not null references members on delete cascade,
        device text not null default '',
        created_at timestamptz not null default now(),
        last_seen_at timestamptz not null default now(),
        expires_at timestamptz not null
      )`);
    await db.query(`create index sessions_member on sessions (member_id)`);
    await db.query(`
      create table one_time_tokens (
        token_hash bytea primary key,
        purpose text not null check (purpose in ('verify-email', 'reset-password', 'change-email')),
        member_id bigint not null references members on delete cascade,
        email citext,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        used_at timestamptz
      )`);
    await db.query(`create index one_time_tokens_member on one_time_tokens (member_id, purpose)`);
    await db.query(`
      create table blocks (
        member_id bigint not null references members on delete cascade,
        blocked_id bigint not null references members on delete cascade,
        created_at timestamptz not null default now(),
        primary key (member_id, blocked_id),
        check (member_id <> blocked_id)
      )`);
    await db.query(
      `
        create unlogged table rate_limits (bucket text primary key, hits int not null,
          window_ends timestamptz not null)
      `,
    );
    await db.query(`create index rate_limits_ended on rate_limits (window_ends)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table rate_limits, blocks, one_time_tokens, sessions, members`);
  }
}
