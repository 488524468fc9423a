import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The marks of posts, and the tables of what they say that a post has. */
const MARKS = [
  ['has_quotes', 'post_quotes'],
  ['has_strategies', 'post_strategies'],
] as const;

/**
 * Marks posts that quote others, and posts with strategies, so that the page of a thread need not
 * look for them with each post. A mark is set by the transaction that adds the first, and never
 * removed.
 */
export class MarkPostsWithLinks1795988085125 implements MigrationInterface {
  name = 'MarkPostsWithLinks1795988085125';

  async up(db: QueryRunner): Promise<void> {
    for (const [mark, table] of MARKS) {
      await db.query(`alter table posts add column ${mark} boolean not null default false`);
      await db.query(`
        create function mark_${table}() returns trigger language plpgsql as $$
        begin
          update posts set ${mark} = true where id = new.post_id and not ${mark};
          return null;
        end $$`);
      await db.query(`
        create trigger ${table}_mark after insert or update of post_id on ${table} for each row
        execute function mark_${table}()`);
      await db.query(`update posts set ${mark} = true where id in (select post_id from ${table})`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    for (const [mark, table] of MARKS) {
      await db.query(`drop trigger ${table}_mark on ${table}`);
      await db.query(`drop function mark_${table}()`);
      await db.query(`alter table posts drop column ${mark}`);
    }
  }
}
