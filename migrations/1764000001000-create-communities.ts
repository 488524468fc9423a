import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCommunities1764000001000 implements MigrationInterface {
  name = 'CreateCommunities1764000001000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table communities (
        id bigint generated always as identity primary key,
        slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,48}$'),
        name text not null check (length(name) between 2 and 80),
        summary text not null check (length(summary) <= 200),
        purpose text not null default '',
        purpose_html text not null default '',
        welcome text not null default '',
        welcome_html text not null default '',
        visibility text not null default 'members' check (visibility in ('public', 'members',
          'approval', 'unlisted')),
        join_question text,
        language text not null default 'en',
        topics text[] not null default '{}',
        sensitive boolean not null default false,
        aliases_allowed boolean not null default true,
        mentions_allowed boolean not null default false,
        pre_moderation text not null default 'none' check (pre_moderation in ('none', 'first-posts',
          'all')),
        hours jsonb not null default '{"timeZone":"Europe/London","weekly":[],"outside":""}',
        guidelines_version int not null default 1,
        member_count int not null default 0,
        thread_count int not null default 0,
        last_post_at timestamptz,
        archived_at timestamptz,
        created_at timestamptz not null default now()
      )`);
    await db.query(`
      create table community_guidelines (
        community_id bigint not null references communities on delete cascade,
        version int not null,
        rules text[] not null,
        created_at timestamptz not null default now(),
        primary key (community_id, version)
      )`);
    await db.query(`
      create table guideline_acknowledgements (
        member_id bigint not null references members on delete cascade,
        community_id bigint not null references communities on delete cascade,
        version int not null,
        acknowledged_at timestamptz not null default now(),
        primary key (member_id, community_id)
      )`);
    await db.query(`
      create table memberships (
        community_id bigint not null references communities on delete cascade,
        member_id bigint not null references members on delete cascade,
        role text not null default 'member' check (role in ('member', 'supporter', 'moderator')),
        state text not null default 'active' check (state in ('active', 'asked')),
        note text not null default '',
        joined_at timestamptz not null default now(),
        primary key (community_id, member_id)
      )`);
    await db.query(`create index memberships_member on memberships (member_id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `drop table memberships, guideline_acknowledgements, community_guidelines, communities`,
    );
  }
}
