import type { MigrationInterface, QueryRunner } from 'typeorm';

export class WidenNotices1764000040000 implements MigrationInterface {
  name = 'WidenNotices1764000040000';

  async up(db: QueryRunner): Promise<void> {
    // A notice may be about something that is no post: a decision, a suggestion, a letter.
    await db.query(`alter table notices add column subject_id bigint`);
    await db.query(
      `
        create unique index notices_subject on notices (member_id, kind, subject_id)
        where subject_id is not null
      `,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop index notices_subject`);
    await db.query(`alter table notices drop column subject_id`);
  }
}
