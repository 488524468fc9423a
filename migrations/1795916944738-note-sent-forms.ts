import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Digests of what was sent within the last hour, so that a form that is sent twice is done once. */
export class NoteSentForms1795916944738 implements MigrationInterface {
  name = 'NoteSentForms1795916944738';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table sent_forms (
        digest bytea primary key,
        answer text not null default '',
        expires_at timestamptz not null
      )`);
    await db.query('create index sent_forms_expiry on sent_forms (expires_at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table sent_forms');
  }
}
