import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A second report of the same content adds its note to the first, so the notes of one report have no
 * fixed limit; each form has its own.
 */
export class KeepAllNotesOfReports1795942995376 implements MigrationInterface {
  name = 'KeepAllNotesOfReports1795942995376';

  async up(db: QueryRunner): Promise<void> {
    await db.query('alter table reports drop constraint reports_note_check');
  }

  // Longer notes are kept; the constraint then applies to new ones only.
  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table reports
      add constraint reports_note_check check (length(note) <= 2000) not valid`);
    await db.query(`
      do $$ begin
        if not exists (select from reports where length(note) > 2000) then
          alter table reports validate constraint reports_note_check;
        end if;
      end $$`);
  }
}
