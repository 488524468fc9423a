import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateImports1795892691083 implements MigrationInterface {
  name = 'CreateImports1795892691083';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table imports (
        id bigint generated always as identity primary key,
        source text not null,
        origin text not null,
        begun_at timestamptz not null,
        finished_at timestamptz,
        unique (source, origin)
      )`);
    // Communities that an import made: who wrote in one is a member of it.
    await db.query(`
      create table import_communities (
        import_id bigint not null references imports on delete cascade,
        community_id bigint not null references communities on delete cascade,
        primary key (import_id, community_id)
      )`);
    await db.query(
      `create index import_communities_community on import_communities (community_id)`,
    );
    // What was brought over stays known also where it is gone here: it is not brought over again.
    await db.query(`
      create table imported_members (
        import_id bigint not null references imports on delete cascade,
        foreign_id text not null,
        foreign_at timestamptz not null,
        member_id bigint references members on delete set null,
        detached boolean not null default false,
        primary key (import_id, foreign_id)
      )`);
    await db.query(`create index imported_members_member on imported_members (member_id)`);
    await db.query(`
      create table imported_threads (
        import_id bigint not null references imports on delete cascade,
        foreign_id text not null,
        thread_id bigint references threads on delete set null,
        primary key (import_id, foreign_id)
      )`);
    await db.query(`create index imported_threads_thread on imported_threads (thread_id)`);
    await db.query(`
      create table imported_posts (
        import_id bigint not null references imports on delete cascade,
        foreign_id text not null,
        post_id bigint references posts on delete set null,
        primary key (import_id, foreign_id)
      )`);
    await db.query(`create index imported_posts_post on imported_posts (post_id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `drop table imported_posts, imported_threads, imported_members, import_communities, imports`,
    );
  }
}
