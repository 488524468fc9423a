import type { MigrationInterface, QueryRunner } from 'typeorm';

export class StopMails1764000049000 implements MigrationInterface {
  name = 'StopMails1764000049000';

  async up(db: QueryRunner): Promise<void> {
    // The mark is what a bounce names the mail by; it says nothing to anybody else.
    await db.query(
      `alter table mail_deliveries add column mark text, add column not_before timestamptz`,
    );
    await db.query(
      `
        alter table mail_deliveries drop constraint mail_deliveries_state_check,
        add constraint mail_deliveries_state_check check (state in ('waiting', 'sending', 'sent',
          'refused', 'suppressed'))
      `,
    );
    await db.query(
      `create unique index mail_deliveries_mark on mail_deliveries (mark) where mark is not null`,
    );
    await db.query(`create index mail_deliveries_created on mail_deliveries (created_at)`);
    await db.query(`
      create table mail_bounces (
        delivery_key text not null references mail_deliveries on delete cascade,
        kind text not null check (kind in ('hard', 'soft', 'complaint')),
        member_id bigint references members on delete cascade,
        code text,
        heard_at timestamptz not null,
        primary key (delivery_key, kind)
      )`);
    await db.query(`create index mail_bounces_member on mail_bounces (member_id, heard_at)`);
    // One row a member. A row that was lifted stays, so that a late bounce of an earlier mail stops
    // nothing again.
    await db.query(`
      create table mail_suppressions (
        member_id bigint primary key references members on delete cascade,
        reason text not null check (reason in ('hard', 'soft', 'complaint', 'none')),
        since timestamptz not null,
        lifted_at timestamptz
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table mail_suppressions, mail_bounces`);
    await db.query(`drop index mail_deliveries_created`);
    await db.query(`update mail_deliveries set state = 'refused' where state = 'suppressed'`);
    await db.query(
      `
        alter table mail_deliveries drop constraint mail_deliveries_state_check,
        add constraint mail_deliveries_state_check check (state in ('waiting', 'sending', 'sent',
          'refused'))
      `,
    );
    await db.query(`alter table mail_deliveries drop column mark, drop column not_before`);
  }
}
