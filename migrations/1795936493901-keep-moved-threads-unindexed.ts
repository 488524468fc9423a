import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Keeps the promise of the community in which a thread was written: search engines may not list it,
 * even after it moved to a community that allows them.
 */
export class KeepMovedThreadsUnindexed1795936493901 implements MigrationInterface {
  name = 'KeepMovedThreadsUnindexed1795936493901';

  async up(db: QueryRunner): Promise<void> {
    await db.query('alter table threads add column unindexed boolean not null default false');
    await noteChangesOf(db, [...SHOWN, 'unindexed']);
  }

  async down(db: QueryRunner): Promise<void> {
    await noteChangesOf(db, SHOWN);
    await db.query('alter table threads drop column unindexed');
  }
}

/** Columns of threads that pages of strategies depend on. */
const SHOWN = ['title', 'status', 'community_id', 'created_at'];

/** Records the pages of strategies as changed when one of these columns of a thread changes. */
async function noteChangesOf(db: QueryRunner, columns: readonly string[]): Promise<void> {
  const row = (name: string): string => columns.map((column) => `${name}.${column}`).join(', ');
  await db.query('drop trigger threads_told_on_pages on threads');
  await db.query(`
    create trigger threads_told_on_pages after update on threads for each row
    when ((${row('old')}) is distinct from (${row('new')}))
    execute function note_told_thread('id')`);
}
