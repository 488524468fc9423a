import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePasskeys1795867261460 implements MigrationInterface {
  name = 'CreatePasskeys1795867261460';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table passkeys (
        id bigint generated always as identity primary key,
        member_id bigint not null references members on delete cascade,
        credential_id bytea not null unique,
        public_key bytea not null,
        counter bigint not null,
        transports text[] not null default '{}',
        name text not null check (length(name) between 1 and 60),
        created_at timestamptz not null default now(),
        last_used_at timestamptz
      )`);
    await db.query('create index passkeys_member on passkeys (member_id)');
    // A challenge is answered once; the digest of one that was answered, until it would have ended.
    await db.query(`
      create table used_challenges (
        digest bytea primary key,
        expires_at timestamptz not null
      )`);
    await db.query('create index used_challenges_expiry on used_challenges (expires_at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table used_challenges, passkeys');
    await db.query(`
      update members m
      set second_factor_since = null
      where not exists (
        select 1
        from totp_secrets t
        where t.member_id = m.id and t.confirmed_at is not null
      )`);
  }
}
