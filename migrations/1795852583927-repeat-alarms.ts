import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RepeatAlarms1795852583927 implements MigrationInterface {
  name = 'RepeatAlarms1795852583927';

  async up(db: QueryRunner): Promise<void> {
    // A run of calls belongs to what it is for and to since when it counts, and its last step
    // repeats.
    await db.query(`
      alter table case_alarms
        add column chain text check (chain in ('crisis', 'urgent', 'middle', 'second-person')),
        add column since timestamptz not null default 'epoch',
        add column round int not null default 0`);
    await db.query(`
      update case_alarms
      set chain = case step
        when 'unclaimed' then 'urgent'
        when 'due' then 'middle'
        else 'crisis' end`);
    await db.query(`alter table case_alarms alter column chain set not null`);
    await db.query(`alter table case_alarms drop constraint case_alarms_step_check`);
    await db.query(`
      alter table case_alarms add constraint case_alarms_step_check
        check (step in ('first', 'second', 'lead', 'unclaimed', 'due', 'handed-on', 'asked',
          'admins', 'again'))`);
    await db.query(
      `alter table case_alarms drop constraint case_alarms_case_id_step_member_id_key`,
    );
    await db.query(`
      alter table case_alarms add constraint case_alarms_once
        unique nulls not distinct (case_id, chain, since, step, round, member_id)`);
    await db.query(
      `create index escalations_waiting on escalations (case_id) where second_id is null`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop index escalations_waiting`);
    // What the old table has no room for is the record of calls that were made; the cases
    // themselves are untouched.
    await db.query(
      `delete from case_alarms where step not in ('first', 'second', 'lead', 'unclaimed', 'due')`,
    );
    await db.query(`
      delete from case_alarms a using case_alarms b
      where a.case_id = b.case_id
        and a.step = b.step
        and a.member_id is not distinct from b.member_id
        and a.id > b.id`);
    await db.query(`alter table case_alarms drop constraint case_alarms_once`);
    await db.query(`
      alter table case_alarms add constraint case_alarms_case_id_step_member_id_key
        unique nulls not distinct (case_id, step, member_id)`);
    await db.query(`alter table case_alarms drop constraint case_alarms_step_check`);
    await db.query(`
      alter table case_alarms add constraint case_alarms_step_check
        check (step in ('first', 'second', 'lead', 'unclaimed', 'due'))`);
    await db.query(
      `alter table case_alarms drop column chain, drop column since, drop column round`,
    );
  }
}
