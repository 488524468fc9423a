import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables of what a member does not want to read; a follow counts if it mutes the thread. */
const FILTERS = ['blocks', 'alias_blocks', 'muted_words', 'note_choices', 'thread_follows'];
const MUTES = "new.level = 'muted'";

/** Tables of what few threads have. */
const EXTRAS = ['former_places', 'polls', 'thread_updates'];

/**
 * Marks members who filter what they read, and threads with anything that few threads have, so that
 * the pages of all others need not look for it. A mark is set by the transaction that adds the
 * first, and never removed: then nothing has to be counted while others write.
 */
export class MarkFiltersAndExtras1795959444401 implements MigrationInterface {
  name = 'MarkFiltersAndExtras1795959444401';

  async up(db: QueryRunner): Promise<void> {
    await db.query('alter table members add column has_filters boolean not null default false');
    await db.query(`
      create function mark_filters() returns trigger language plpgsql as $$
      begin
        update members set has_filters = true where id = new.member_id and not has_filters;
        return null;
      end $$`);
    for (const table of FILTERS)
      await db.query(`
        create trigger ${table}_filters after insert or update on ${table} for each row
        ${table === 'thread_follows' ? `when (${MUTES})` : ''}
        execute function mark_filters()`);
    await db.query(`
      update members m
      set has_filters = true
      from (
        ${FILTERS.map(
          (table) => `
          select member_id from ${table} new
          ${table === 'thread_follows' ? `where ${MUTES}` : ''}`,
        ).join(' union ')}
      ) f
      where m.id = f.member_id`);

    await db.query('alter table threads add column has_extras boolean not null default false');
    await db.query(`
      create function mark_extras() returns trigger language plpgsql as $$
      begin
        update threads set has_extras = true where id = new.thread_id and not has_extras;
        return null;
      end $$`);
    for (const table of EXTRAS)
      await db.query(`
        create trigger ${table}_extras after insert or update on ${table} for each row
        execute function mark_extras()`);
    await db.query(`
      create trigger posts_insert_extras after insert on posts for each row
      when (new.is_update)
      execute function mark_extras()`);
    await db.query(`
      create trigger posts_update_extras after update of is_update, thread_id on posts for each row
      when (new.is_update)
      execute function mark_extras()`);
    await db.query(`
      create function mark_connected() returns trigger language plpgsql as $$
      begin
        update threads set has_extras = true
        where id in (new.id, new.split_from, new.merged_into) and not has_extras;
        return null;
      end $$`);
    await db.query(`
      create trigger threads_insert_extras after insert on threads for each row
      when (new.split_from is not null or new.merged_into is not null)
      execute function mark_connected()`);
    await db.query(`
      create trigger threads_update_extras after update of split_from, merged_into on threads
      for each row when (new.split_from is not null or new.merged_into is not null)
      execute function mark_connected()`);
    await db.query(`
      update threads t
      set has_extras = true
      from (
        ${EXTRAS.map((table) => `select thread_id from ${table}`).join(' union ')}
        union select thread_id from posts where is_update
        union select unnest(array[id, split_from, merged_into])
          from threads
          where split_from is not null or merged_into is not null
      ) x
      where t.id = x.thread_id`);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of FILTERS) await db.query(`drop trigger ${table}_filters on ${table}`);
    await db.query('drop function mark_filters()');
    await db.query('alter table members drop column has_filters');
    for (const table of EXTRAS) await db.query(`drop trigger ${table}_extras on ${table}`);
    for (const table of ['posts', 'threads'])
      for (const event of ['insert', 'update'])
        await db.query(`drop trigger ${table}_${event}_extras on ${table}`);
    await db.query('drop function mark_extras()');
    await db.query('drop function mark_connected()');
    await db.query('alter table threads drop column has_extras');
  }
}
