import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateMailChoices1764000041000 implements MigrationInterface {
  name = 'CreateMailChoices1764000041000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `
        alter table members
        add column mail_safe text check (mail_safe in ('yes', 'no')),
        add column mail_safe_at timestamptz
      `,
    );
    await db.query(`
      create table mail_settings (
        member_id bigint primary key references members on delete cascade,
        seed uuid not null default gen_random_uuid(),
        digest_day int not null default 7 check (digest_day between 1 and 7),
        digest_hour int not null default 9 check (digest_hour between 0 and 23),
        quiet_from int check (quiet_from between 0 and 23),
        quiet_to int check (quiet_to between 0 and 23),
        paused_until timestamptz,
        content boolean not null default false,
        sender text not null default 'messages' check (sender in ('messages', 'notes', 'updates',
          'none', 'operator')),
        subject text not null default 'message' check (subject in ('message', 'note', 'update',
          'hello')),
        daily boolean not null default false,
        weekly boolean not null default false,
        next_digest_at timestamptz,
        daily_until timestamptz,
        weekly_until timestamptz,
        mailed_at timestamptz,
        said_goodbye_at timestamptz,
        seen_at timestamptz,
        check ((quiet_from is null) = (quiet_to is null))
      )`);
    await db.query(
      `
        create index mail_settings_due on mail_settings (next_digest_at)
        where next_digest_at is not null
      `,
    );
    await db.query(
      `
        create index mail_settings_goodbye on mail_settings (member_id)
        where said_goodbye_at is not null
      `,
    );
    await db.query(`insert into mail_settings (member_id) select id from members`);
    await db.query(`
      create table mail_choices (
        member_id bigint not null references members on delete cascade,
        community_id bigint references communities on delete cascade,
        kind text not null check (kind in ('reply', 'follow', 'thread', 'team', 'own')),
        frequency text not null check (frequency in ('at-once', 'daily', 'weekly', 'never')),
        unique nulls not distinct (member_id, kind, community_id)
      )`);
    await db.query(
      `
        create index mail_choices_at_once on mail_choices (member_id)
        where kind = 'thread' and frequency = 'at-once'
      `,
    );
    await db.query(
      `
        create index mail_choices_community on mail_choices (community_id)
        where community_id is not null
      `,
    );
    // A token is stored as its digest alone, and never ends: a mail of years ago still lets its
    // reader leave.
    await db.query(`
      create table leave_tokens (
        token_hash bytea primary key,
        member_id bigint not null references members on delete cascade,
        scope text not null
      )`);
    await db.query(`create index leave_tokens_member on leave_tokens (member_id)`);
    await db.query(`alter table notices add column mail_at timestamptz, add column mail_id bigint`);
    await db.query(`create index notices_mail on notices (mail_at) where mail_at is not null`);
    await db.query(`
      create table digests (
        id bigint generated always as identity primary key,
        member_id bigint not null references members on delete cascade,
        daily_since timestamptz,
        weekly_since timestamptz,
        until timestamptz not null,
        status text not null default 'due' check (status in ('due', 'sending', 'sent', 'empty',
          'declined', 'refused')),
        lease_until timestamptz,
        attempts int not null default 0,
        created_at timestamptz not null,
        settled_at timestamptz,
        unique (member_id, until)
      )`);
    await db.query(`create index digests_open on digests (id) where status in ('due', 'sending')`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table digests`);
    await db.query(`drop index notices_mail`);
    await db.query(`alter table notices drop column mail_at, drop column mail_id`);
    await db.query(`drop table leave_tokens, mail_choices, mail_settings`);
    await db.query(`alter table members drop column mail_safe, drop column mail_safe_at`);
  }
}
