import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReportContacts1764000011000 implements MigrationInterface {
  name = 'CreateReportContacts1764000011000';

  async up(db: QueryRunner): Promise<void> {
    // Who reported something against the law without an account, where they said so. Forgotten with
    // the report.
    await db.query(`
      create table report_contacts (
        report_id bigint primary key references reports on delete cascade,
        place text not null check (length(place) <= 500),
        name text not null default '' check (length(name) <= 120),
        email text not null default '' check (length(email) <= 200)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table report_contacts`);
  }
}
