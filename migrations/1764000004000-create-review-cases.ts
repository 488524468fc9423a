import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReviewCases1764000004000 implements MigrationInterface {
  name = 'CreateReviewCases1764000004000';

  async up(db: QueryRunner): Promise<void> {
    // The order in which a post is read, never a rating of a person; forgotten after 90 days.
    await db.query(`
      alter table posts
        add column tier text not null default 'none' check (tier in ('none', 'watch', 'urgent',
          'crisis', 'unknown')),
        add column held_for text check (held_for in ('first-post', 'pre-moderation', 'detail',
          'crisis', 'rule', 'returned')),
        add column held_at timestamptz,
        add column held_until timestamptz,
        add column members_only boolean not null default false,
        add column folded boolean not null default false,
        add column added_notes text[] not null default '{}'`);
    await db.query(`create index posts_held on posts (author_id) where status = 'held'`);
    await db.query(`
      create table review_cases (
        id bigint generated always as identity primary key,
        kind text not null check (kind in ('post', 'member', 'strategy', 'appeal')),
        post_id bigint references posts on delete cascade,
        member_id bigint references members on delete cascade,
        strategy_id bigint,
        decision_id bigint,
        community_id bigint references communities on delete cascade,
        tier text not null check (tier in ('none', 'watch', 'urgent', 'crisis', 'unknown')),
        signals jsonb not null default '[]',
        rules_version text,
        state text not null default 'open' check (state in ('open', 'closed')),
        version int not null default 1,
        claimed_by bigint references members on delete set null,
        claimed_until timestamptz,
        due_at timestamptz not null,
        opened_at timestamptz not null,
        first_read_at timestamptz,
        closed_at timestamptz,
        outcome text,
        check (kind <> 'post' or post_id is not null),
        check (kind <> 'member' or member_id is not null),
        check (kind <> 'strategy' or strategy_id is not null),
        check (kind <> 'appeal' or decision_id is not null)
      )`);
    // One case for a subject, however many report it.
    await db.query(
      `
        create unique index review_cases_post on review_cases (post_id)
        where state = 'open' and kind = 'post'
      `,
    );
    await db.query(
      `
        create unique index review_cases_member on review_cases (member_id)
        where state = 'open' and kind = 'member'
      `,
    );
    await db.query(
      `
        create unique index review_cases_strategy on review_cases (strategy_id)
        where state = 'open' and kind = 'strategy'
      `,
    );
    await db.query(
      `create unique index review_cases_appeal on review_cases (decision_id) where kind = 'appeal'`,
    );
    await db.query(
      `create index review_cases_queue on review_cases (due_at, id) where state = 'open'`,
    );
    await db.query(
      `create index review_cases_closed on review_cases (closed_at) where state = 'closed'`,
    );
    await db.query(`create index review_cases_history on review_cases (post_id)`);
    await db.query(`
      create table case_reasons (
        id bigint generated always as identity primary key,
        case_id bigint not null references review_cases on delete cascade,
        source text not null check (source in ('triage', 'report', 'concern', 'hold', 'rule',
          'author', 'unanswered', 'appeal', 'staff')),
        reason text not null,
        created_at timestamptz not null,
        unique (case_id, source, reason)
      )`);
    await db.query(`
      create table reports (
        id bigint generated always as identity primary key,
        number text not null unique,
        case_id bigint not null references review_cases on delete cascade,
        post_id bigint references posts on delete set null,
        reporter_id bigint references members on delete set null,
        reason text not null,
        note text not null default '' check (length(note) <= 2000),
        snapshot jsonb not null,
        outcome text,
        answered_at timestamptz,
        created_at timestamptz not null,
        unique (case_id, reporter_id, reason)
      )`);
    await db.query(`create index reports_reporter on reports (reporter_id, created_at desc)`);
    await db.query(`create index reports_case on reports (case_id)`);
    await db.query(`
      create table decisions (
        id bigint generated always as identity primary key,
        number text not null unique,
        case_id bigint not null references review_cases on delete cascade,
        post_id bigint references posts on delete set null,
        member_id bigint references members on delete set null,
        actor_id bigint references members on delete set null,
        second_id bigint references members on delete set null,
        action text not null check (action in ('dismiss', 'publish', 'add-warning', 'fold', 'limit',
          'hide', 'remove', 'return', 'move', 'lock', 'warn', 'suspend', 'reach-out', 'escalate')),
        rule text not null default '',
        reason text not null default '',
        detail jsonb not null default '{}',
        found_by text not null,
        ends_at timestamptz,
        reversed_at timestamptz,
        created_at timestamptz not null
      )`);
    await db.query(
      `
        alter table review_cases add foreign key (decision_id) references decisions on delete cascade
      `,
    );
    await db.query(`create index decisions_member on decisions (member_id, created_at desc)`);
    await db.query(`create index decisions_case on decisions (case_id)`);
    await db.query(`
      create table moderation_log (
        id bigint generated always as identity primary key,
        actor_id bigint,
        deed text not null,
        case_id bigint,
        member_id bigint,
        post_id bigint,
        community_id bigint,
        reason text not null default '',
        detail jsonb not null default '{}',
        created_at timestamptz not null
      )`);
    await db.query(`create index moderation_log_case on moderation_log (case_id, id)`);
    await db.query(`create index moderation_log_member on moderation_log (member_id, id)`);
    // What was done stays written: a row can be added, never changed or taken away.
    await db.query(
      `
        create function moderation_log_is_append_only() returns trigger language plpgsql as $$ begin raise exception 'the moderation log is append-only'; end $$
      `,
    );
    await db.query(
      `
        create trigger moderation_log_append_only before update
          or delete
          or truncate on moderation_log for each statement execute function moderation_log_is_append_only()
      `,
    );
    await db.query(
      `
        alter table members
        add column suspended_until timestamptz,
        add column read_only_until timestamptz
      `,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table members drop column suspended_until, drop column read_only_until`);
    await db.query(`alter table review_cases drop column decision_id`);
    await db.query(`drop table moderation_log, decisions, reports, case_reasons, review_cases`);
    await db.query(`drop function moderation_log_is_append_only()`);
    await db.query(
      `
        alter table posts drop column tier, drop column held_for, drop column held_at,
          drop column held_until, drop column members_only, drop column folded,
          drop column added_notes
      `,
    );
  }
}
