import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Folders in which moderators gather threads that are worth finding again. */
export class CreateThreadFolders1795881767044 implements MigrationInterface {
  name = 'CreateThreadFolders1795881767044';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table thread_folders (
        id bigint generated always as identity primary key,
        community_id bigint not null references communities on delete cascade,
        name text not null check (length(name) between 2 and 60),
        summary text not null default '' check (length(summary) <= 200),
        created_at timestamptz not null
      )`);
    await db.query(`
      create unique index thread_folders_name on thread_folders (community_id, lower(name))
    `);
    await db.query(`
      create table folder_threads (
        folder_id bigint not null references thread_folders on delete cascade,
        thread_id bigint not null references threads on delete cascade,
        added_at timestamptz not null,
        primary key (folder_id, thread_id)
      )`);
    await db.query('create index folder_threads_thread on folder_threads (thread_id)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table folder_threads');
    await db.query('drop table thread_folders');
  }
}
