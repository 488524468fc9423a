import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A thread knows the thread that its posts were split from, and why. Each post that moved keeps its
 * former place, so that links to it still lead to it.
 */
export class SplitThreads1795948846991 implements MigrationInterface {
  name = 'SplitThreads1795948846991';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table threads
        add column split_from bigint constraint threads_split_from_fkey
          references threads on delete set null,
        add column change_reason text not null default ''`);
    await db.query(
      'create index threads_split on threads (split_from) where split_from is not null',
    );
    await db.query(`
      create table former_places (
        thread_id bigint not null references threads on delete cascade,
        number int not null check (number > 0),
        post_id bigint not null references posts on delete cascade,
        primary key (thread_id, number)
      )`);
    await db.query('create index former_places_post on former_places (post_id)');
    await db.query(`
      create trigger former_places_on_pages after insert or update on former_places for each row
      execute function note_page_change('thread:', 'thread_id')`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table former_places');
    await db.query('alter table threads drop column change_reason, drop column split_from');
  }
}
