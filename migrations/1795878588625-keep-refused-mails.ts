import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A mail that sounds like danger and cannot be posted is kept for its writer and for the team. */
export class KeepRefusedMails1795878588625 implements MigrationInterface {
  name = 'KeepRefusedMails1795878588625';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table refused_mails (
        id bigint generated always as identity primary key,
        member_id bigint not null references members on delete cascade,
        case_id bigint not null references review_cases on delete cascade,
        body text not null,
        received_at timestamptz not null
      )`);
    await db.query('create index refused_mails_member on refused_mails (member_id, id)');
    await db.query('create index refused_mails_case on refused_mails (case_id, id)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table refused_mails');
  }
}
