import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePrivateFeeds1795880106365 implements MigrationInterface {
  name = 'CreatePrivateFeeds1795880106365';

  async up(db: QueryRunner): Promise<void> {
    // Of the address only the digest is kept: a leaked database opens no feed.
    await db.query(`
      create table private_feeds (
        id bigint generated always as identity primary key,
        member_id bigint not null references members (id),
        token_hash bytea not null,
        name text not null check (length(name) between 1 and 60),
        scope text not null check (scope in ('communities', 'following')),
        titles boolean not null,
        created_at timestamptz not null,
        last_used_at timestamptz,
        revoked_at timestamptz,
        constraint private_feeds_token_unique unique (token_hash)
      )`);
    await db.query(`
      create unique index private_feeds_name
      on private_feeds (member_id, name)
      where revoked_at is null
    `);
    // The addresses of a member who erases the account go with it.
    await db.query('create index private_feeds_member on private_feeds (member_id)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table private_feeds');
  }
}
