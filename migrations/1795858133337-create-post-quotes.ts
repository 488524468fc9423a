import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePostQuotes1795858133337 implements MigrationInterface {
  name = 'CreatePostQuotes1795858133337';

  async up(db: QueryRunner): Promise<void> {
    // A quotation refers to a post. Its text is read from that post each time, never copied.
    await db.query(`
      create table post_quotes (
        post_id bigint not null references posts on delete cascade,
        quoted_post_id bigint not null references posts on delete cascade,
        quoted_version int not null,
        position int not null check (position > 0),
        primary key (post_id, position),
        unique (post_id, quoted_post_id),
        check (post_id <> quoted_post_id)
      )`);
    await db.query(`create index post_quotes_quoted on post_quotes (quoted_post_id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table post_quotes`);
  }
}
