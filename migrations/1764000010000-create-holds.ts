import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateHolds1764000010000 implements MigrationInterface {
  name = 'CreateHolds1764000010000';

  async up(db: QueryRunner): Promise<void> {
    // From which tier a post waits for a moderator, while one is there and while none is; how the
    // review of first posts ends.
    await db.query(`
      alter table communities
        add column hold_on_shift text not null default 'crisis' check (hold_on_shift in ('none',
          'crisis', 'urgent')),
        add column hold_outside text not null default 'crisis' check (hold_outside in ('none',
          'crisis', 'urgent', 'watch')),
        add column first_posts_count int not null default 3 check (first_posts_count between 1 and 50),
        add column first_posts_days int check (first_posts_days between 1 and 365)`);
    await db.query(`alter table memberships add column trusted_at timestamptz`);
    await db.query(`alter table posts add column suggested_notes text[] not null default '{}'`);
    await db.query(
      `
        create index posts_held_until on posts (held_until)
        where status = 'held' and held_until is not null
      `,
    );
    await db.query(
      `
        create index case_reasons_unscreened on case_reasons (created_at)
        where source = 'triage' and reason = 'screening-failed'
      `,
    );
    // What the author of a post said below the card: shown to them and to the moderators alone.
    await db.query(`
      create table author_answers (
        post_id bigint not null references posts on delete cascade,
        answer text not null check (answer in ('hidden', 'safe', 'need-now')),
        answered_at timestamptz not null,
        primary key (post_id, answer)
      )`);
    await db.query(`
      create table word_rules (
        id bigint generated always as identity primary key,
        community_id bigint references communities on delete cascade,
        pattern text not null check (length(pattern) between 2 and 120),
        action text not null check (action in ('suggest-note', 'hold', 'flag', 'raise')),
        note text,
        tier text check (tier in ('watch', 'urgent', 'crisis')),
        why text not null default '' check (length(why) <= 200),
        created_by bigint references members on delete set null,
        created_at timestamptz not null,
        ended_at timestamptz,
        check (action <> 'suggest-note' or note is not null),
        check (action <> 'raise' or tier is not null)
      )`);
    await db.query(
      `create index word_rules_standing on word_rules (community_id) where ended_at is null`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table word_rules, author_answers`);
    await db.query(`drop index case_reasons_unscreened`);
    await db.query(`drop index posts_held_until`);
    await db.query(`alter table posts drop column suggested_notes`);
    await db.query(`alter table memberships drop column trusted_at`);
    await db.query(
      `
        alter table communities drop column hold_on_shift, drop column hold_outside,
          drop column first_posts_count, drop column first_posts_days
      `,
    );
  }
}
