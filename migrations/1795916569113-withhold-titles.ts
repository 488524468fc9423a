import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The title of a thread goes with its opening: where that is held, hidden or removed while the
 * thread stays for its replies, others read a title that says nothing, and the author's is kept.
 */
export class WithholdTitles1795916569113 implements MigrationInterface {
  name = 'WithholdTitles1795916569113';

  async up(db: QueryRunner): Promise<void> {
    await db.query('alter table threads add column withheld_title text');
    await db.query(
      `
        update threads t
        set withheld_title = t.title, title = case
          when c.language = 'es' then 'Una conversación cuyo primer mensaje no se muestra'
          else 'A thread whose first post is not shown' end
        from posts p, communities c
        where p.thread_id = t.id
          and p.number = 1
          and p.status in ('held', 'hidden', 'removed')
          and c.id = t.community_id
          and t.status = 'published'
      `,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('update threads set title = withheld_title where withheld_title is not null');
    await db.query('alter table threads drop column withheld_title');
  }
}
