import type { MigrationInterface, QueryRunner } from 'typeorm';

export class IdentifyMailChoices1795866655308 implements MigrationInterface {
  name = 'IdentifyMailChoices1795866655308';

  async up(db: QueryRunner): Promise<void> {
    // Member, kind and community stay unique; the community is null for a choice about all of them,
    // so that the three cannot be the primary key.
    await db.query(`
      alter table mail_choices
      add column id bigint generated always as identity primary key`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('alter table mail_choices drop column id');
  }
}
