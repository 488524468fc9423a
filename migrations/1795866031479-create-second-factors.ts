import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSecondFactors1795866031479 implements MigrationInterface {
  name = 'CreateSecondFactors1795866031479';

  async up(db: QueryRunner): Promise<void> {
    // second_factor_since: when the first second factor was added; null without one.
    // second_factor_by: until when a moderator may go on without one.
    await db.query(`
      alter table members
      add column second_factor_since timestamptz,
      add column second_factor_by timestamptz`);
    await db.query(`
      update members m
      set second_factor_by = now() + interval '7 days'
      where m.closed_at is null
        and (m.role <> 'member'
          or exists (
            select 1
            from memberships s
            where s.member_id = m.id and s.role = 'moderator' and s.state = 'active'
          ))`);
    // Sessions of before have confirmed nothing lately.
    await db.query(`
      alter table sessions add column reauthenticated_at timestamptz not null default now()`);
    await db.query('update sessions set reauthenticated_at = created_at');
    await db.query(`
      create table totp_secrets (
        member_id bigint primary key references members on delete cascade,
        sealed bytea not null,
        sealed_by text not null,
        last_step bigint,
        created_at timestamptz not null default now(),
        confirmed_at timestamptz
      )`);
    await db.query(`
      create table recovery_codes (
        id bigint generated always as identity primary key,
        member_id bigint not null references members on delete cascade,
        salt bytea not null,
        digest bytea not null,
        created_at timestamptz not null default now(),
        used_at timestamptz
      )`);
    await db.query('create index recovery_codes_member on recovery_codes (member_id)');
    await db.query(`
      create table second_factor_resets (
        id bigint generated always as identity primary key,
        member_id bigint not null references members on delete cascade,
        asked_by bigint not null references members on delete cascade,
        reason text not null check (length(reason) between 1 and 1000),
        created_at timestamptz not null default now(),
        settled_by bigint references members on delete set null,
        settled_at timestamptz,
        allowed boolean
      )`);
    await db.query(`
      create unique index second_factor_resets_open on second_factor_resets (member_id)
      where settled_at is null`);
    await db.query('create index second_factor_resets_asked_by on second_factor_resets (asked_by)');
    await db.query(`
      create index second_factor_resets_settled_by on second_factor_resets (settled_by)`);
    await this.purposes(db, ", 'second-step'");
    const kinds = ['second-factor', 'second-factor-off', 'passkey', 'passkey-off', 'device'];
    await this.kinds(db, kinds.map((kind) => `, '${kind}'`).join(''));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("delete from one_time_tokens where purpose = 'second-step'");
    await db.query("delete from credential_changes where kind not in ('password', 'address')");
    await this.purposes(db, '');
    await this.kinds(db, '');
    await db.query('drop table second_factor_resets, recovery_codes, totp_secrets');
    await db.query('alter table sessions drop column reauthenticated_at');
    await db.query(`
      alter table members drop column second_factor_since, drop column second_factor_by`);
  }

  private async purposes(db: QueryRunner, more: string): Promise<void> {
    await db.query(`
      alter table one_time_tokens
      drop constraint one_time_tokens_purpose_check,
      add constraint one_time_tokens_purpose_check
      check (purpose in ('verify-email', 'reset-password', 'change-email'${more}))`);
  }

  private async kinds(db: QueryRunner, more: string): Promise<void> {
    await db.query(`
      alter table credential_changes
      drop constraint credential_changes_kind_check,
      add constraint credential_changes_kind_check
      check (kind in ('password', 'address'${more}))`);
  }
}
