import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RecordRefusals1795867233776 implements MigrationInterface {
  name = 'RecordRefusals1795867233776';

  async up(db: QueryRunner): Promise<void> {
    // A refusal that is about this server stops nobody's mail. Whether many domains refuse alike
    // is counted by keyed digests: no domain is kept.
    await db.query(`
      alter table mail_bounces
        add refusal text,
        add domain_mark text,
        drop constraint mail_bounces_kind_check,
        add constraint mail_bounces_kind_check
          check (kind in ('hard', 'soft', 'complaint', 'sender'))`);
    await db.query(`
      create index mail_bounces_refusal on mail_bounces (refusal, heard_at)
        where refusal is not null`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop index mail_bounces_refusal`);
    await db.query(`delete from mail_bounces where kind = 'sender'`);
    await db.query(`
      alter table mail_bounces
        drop refusal,
        drop domain_mark,
        drop constraint mail_bounces_kind_check,
        add constraint mail_bounces_kind_check check (kind in ('hard', 'soft', 'complaint'))`);
  }
}
