import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reasons that speak of immediate danger. */
const DANGER = `(new.source, new.reason) in (('concern', 'danger-now'), ('author', 'need-now'))`;

/**
 * Marks cases that somebody reported, or that a reason calls an immediate danger: only for these,
 * the place in the queue depends on more than the case's own row. A mark is set by the transaction
 * that adds the first, and never removed: what it stands for is still looked up.
 */
export class MarkFlaggedCases1795971832409 implements MigrationInterface {
  name = 'MarkFlaggedCases1795971832409';

  async up(db: QueryRunner): Promise<void> {
    await db.query('alter table review_cases add column is_flagged boolean not null default false');
    await db.query(`
      create function mark_flagged_case() returns trigger language plpgsql as $$
      begin
        update review_cases set is_flagged = true where id = new.case_id and not is_flagged;
        return null;
      end $$`);
    await db.query(`
      create trigger reports_insert_flags after insert on reports for each row
      execute function mark_flagged_case()`);
    await db.query(`
      create trigger reports_update_flags after update of case_id on reports for each row
      execute function mark_flagged_case()`);
    await db.query(`
      create trigger case_reasons_insert_flags after insert on case_reasons for each row
      when (${DANGER})
      execute function mark_flagged_case()`);
    await db.query(`
      create trigger case_reasons_update_flags after update on case_reasons for each row
      when (${DANGER})
      execute function mark_flagged_case()`);
    await db.query(`
      update review_cases c
      set is_flagged = true
      where exists (select 1 from reports r where r.case_id = c.id)
        or exists (select 1 from case_reasons new where new.case_id = c.id and ${DANGER})`);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const event of ['insert', 'update'])
      for (const table of ['reports', 'case_reasons'])
        await db.query(`drop trigger ${table}_${event}_flags on ${table}`);
    await db.query('drop function mark_flagged_case()');
    await db.query('alter table review_cases drop column is_flagged');
  }
}
