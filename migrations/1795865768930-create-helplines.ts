import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateHelplines1795865768930 implements MigrationInterface {
  name = 'CreateHelplines1795865768930';

  async up(db: QueryRunner): Promise<void> {
    // What administrators changed about the helplines of this version, and lines of their own.
    await db.query(`
      create table helplines (
        key text primary key check (key ~ '^[a-z0-9][a-z0-9-]{1,80}$'),
        country text not null check (country ~ '^[A-Z]{2}$'),
        name text not null check (length(name) between 2 and 100),
        phone text,
        sms text,
        chat_url text,
        hours text,
        languages text[] not null default '{}',
        topics text[] not null default '{}',
        audience text not null default '',
        source text not null,
        shown boolean not null default true,
        checked_on date,
        version int not null default 1,
        updated_at timestamptz not null,
        constraint helplines_way_check
          check (not shown or coalesce(phone, sms, chat_url) is not null)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table helplines');
  }
}
