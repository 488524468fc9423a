import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CompareHandleSkeletons1795856724447 implements MigrationInterface {
  name = 'CompareHandleSkeletons1795856724447';

  async up(db: QueryRunner): Promise<void> {
    // Handles are ASCII. No lower(): what it does to "I" depends on the locale.
    await db.query(`
      create function handle_skeleton(handle text) returns text
      language sql immutable strict parallel safe
      return replace(replace(pg_catalog.translate(handle,
          'ABCDEFGHIJKLMNOPQRSTUVWXYZ01345789i-_. ',
          'abcdefghljklmnopqrstuvwxyzoleastbgl'),
          'm', 'rn'), 'vv', 'w')`);
    await db.query(`
      alter table members
      add column handle_skeleton text generated always as (handle_skeleton(handle::text)) stored,
      add column resembles_older boolean not null default false`);
    // Members keep the handles they have: the oldest of each kind stands for all of them.
    await db.query(`
      update members m
      set resembles_older = true
      where exists (select 1
        from members o
        where o.handle_skeleton = m.handle_skeleton and o.id < m.id)`);
    await db.query(`
      create unique index members_handle_skeleton on members (handle_skeleton)
      where not resembles_older`);
    // Sign-up asks whether any member has the skeleton.
    await db.query(`create index members_by_skeleton on members (handle_skeleton)`);
    await db.query(`
      create index handle_reservations_skeleton
      on handle_reservations (handle_skeleton(handle::text))`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop index handle_reservations_skeleton`);
    await db.query(`alter table members drop column resembles_older, drop column handle_skeleton`);
    await db.query(`drop function handle_skeleton`);
  }
}
