import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepOlderDrafts1795859208201 implements MigrationInterface {
  name = 'KeepOlderDrafts1795859208201';

  async up(db: QueryRunner): Promise<void> {
    // The form that wrote last, and what other forms wrote that did not know of it: key to fields.
    await db.query(`
      alter table drafts
      add column version int not null default 1,
      add column form_key text not null default '',
      add column others jsonb not null default '{}'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table drafts drop column version, drop column form_key, drop column others`);
  }
}
