import type { MigrationInterface, QueryRunner } from 'typeorm';

const KINDS = [
  'password',
  'address',
  'second-factor',
  'second-factor-off',
  'passkey',
  'passkey-off',
  'device',
];

function kindCheck(kinds: readonly string[]): string {
  const list = kinds.map((kind) => `'${kind}'`).join(', ');
  return `
    alter table credential_changes
      drop constraint credential_changes_kind_check,
      add constraint credential_changes_kind_check check (kind in (${list}))
  `;
}

export class CreateAccessTokens1795892374426 implements MigrationInterface {
  name = 'CreateAccessTokens1795892374426';

  async up(db: QueryRunner): Promise<void> {
    // Of the token only the digest is kept: a leaked database opens no account.
    await db.query(`
      create table access_tokens (
        id bigint generated always as identity primary key,
        member_id bigint not null references members (id),
        token_hash bytea not null,
        name text not null check (length(name) between 1 and 60),
        scopes text[] not null check (cardinality(scopes) between 1 and 30),
        created_at timestamptz not null,
        expires_at timestamptz,
        last_used_on date,
        revoked_at timestamptz,
        constraint access_tokens_token_unique unique (token_hash)
      )`);
    await db.query(`
      create unique index access_tokens_name
      on access_tokens (member_id, name)
      where revoked_at is null
    `);
    // The tokens of a member who erases the account go with it.
    await db.query('create index access_tokens_member on access_tokens (member_id)');
    await db.query(kindCheck([...KINDS, 'access-token']));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("delete from credential_changes where kind = 'access-token'");
    await db.query(kindCheck(KINDS));
    await db.query('drop table access_tokens');
  }
}
