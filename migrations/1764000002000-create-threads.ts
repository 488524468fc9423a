import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateThreads1764000002000 implements MigrationInterface {
  name = 'CreateThreads1764000002000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table threads (
        id bigint generated always as identity primary key,
        community_id bigint not null references communities on delete cascade,
        title text not null check (length(title) between 3 and 120),
        kind text not null check (kind in ('support', 'question', 'experience', 'win')),
        reply_wish text not null check (reply_wish in ('listen', 'experiences', 'advice')),
        topic text,
        status text not null default 'published' check (status in ('published', 'held', 'hidden',
          'removed', 'withdrawn')),
        pinned_at timestamptz,
        locked_at timestamptz,
        reply_count int not null default 0,
        next_number int not null default 2,
        last_post_at timestamptz not null default now(),
        created_at timestamptz not null default now()
      )`);
    await db.query(
      `
        create index threads_active on threads (community_id, last_post_at desc, id desc)
        where status = 'published'
      `,
    );
    await db.query(
      `
        create index threads_new on threads (community_id, created_at desc, id desc)
        where status = 'published'
      `,
    );
    await db.query(
      `
        create index threads_unanswered on threads (community_id, created_at, id)
        where status = 'published' and reply_count = 0 and locked_at is null
      `,
    );
    await db.query(
      `create index threads_pinned on threads (community_id) where pinned_at is not null`,
    );
    await db.query(`
      create table thread_aliases (
        id bigint generated always as identity primary key,
        thread_id bigint not null references threads on delete cascade,
        member_id bigint references members on delete set null,
        name text not null,
        avatar_seed text not null,
        unique (thread_id, member_id),
        unique (thread_id, name)
      )`);
    await db.query(`create index thread_aliases_member on thread_aliases (member_id)`);
    await db.query(`
      create table alias_blocks (
        member_id bigint not null references members on delete cascade,
        alias_id bigint not null references thread_aliases on delete cascade,
        primary key (member_id, alias_id)
      )`);
    await db.query(`
      create table posts (
        id bigint generated always as identity primary key,
        thread_id bigint not null references threads on delete cascade,
        number int not null check (number > 0),
        author_id bigint references members on delete set null,
        alias_id bigint references thread_aliases,
        reply_to_number int,
        body text not null,
        body_html text not null,
        content_warnings text[] not null default '{}',
        summary text not null default '' check (length(summary) <= 160),
        status text not null default 'published' check (status in ('published', 'held', 'hidden',
          'removed', 'withdrawn')),
        name_detached boolean not null default false,
        version int not null default 1,
        idempotency_key text,
        same_boat int not null default 0,
        with_you int not null default 0,
        thank_you int not null default 0,
        helped int not null default 0,
        edited_at timestamptz,
        withdrawn_at timestamptz,
        created_at timestamptz not null default now(),
        unique (thread_id, number)
      )`);
    await db.query(`create index posts_author on posts (author_id, id desc)`);
    await db.query(
      `
        create unique index posts_idempotency on posts (author_id, idempotency_key)
        where idempotency_key is not null
      `,
    );
    await db.query(`
      create table post_versions (
        post_id bigint not null references posts on delete cascade,
        version int not null,
        body text not null,
        body_html text not null,
        content_warnings text[] not null,
        replaced_at timestamptz not null default now(),
        primary key (post_id, version)
      )`);
    await db.query(`
      create table reactions (
        post_id bigint not null references posts on delete cascade,
        member_id bigint not null references members on delete cascade,
        kind text not null check (kind in ('same-boat', 'with-you', 'thank-you', 'helped')),
        created_at timestamptz not null default now(),
        primary key (post_id, member_id, kind)
      )`);
    await db.query(`create index reactions_member on reactions (member_id)`);
    await db.query(`
      create table thread_follows (
        thread_id bigint not null references threads on delete cascade,
        member_id bigint not null references members on delete cascade,
        level text not null check (level in ('following', 'muted')),
        created_at timestamptz not null default now(),
        primary key (thread_id, member_id)
      )`);
    await db.query(`create index thread_follows_member on thread_follows (member_id)`);
    await db.query(`
      create table drafts (
        member_id bigint not null references members on delete cascade,
        place text not null check (place ~ '^/(c/[a-z0-9-]+/threads|t/[0-9]+/replies|posts/[0-9]+/edit)$'),
        fields jsonb not null,
        updated_at timestamptz not null default now(),
        primary key (member_id, place)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `drop table drafts, thread_follows, reactions, post_versions, posts, alias_blocks, thread_aliases, threads`,
    );
  }
}
