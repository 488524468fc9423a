import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateResources1764000061000 implements MigrationInterface {
  name = 'CreateResources1764000061000';

  async up(db: QueryRunner): Promise<void> {
    // ZZ stands for every country.
    await db.query(`
      create table resources (
        id bigint generated always as identity primary key,
        slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,59}$'),
        name text not null check (length(name) between 2 and 100),
        kind text not null check (kind in ('directory', 'professional', 'peer', 'information')),
        summary text not null check (length(summary) between 3 and 300),
        url text not null check (url ~ '^https://[^[:space:]]+$' and length(url) <= 300),
        countries text[] not null check (cardinality(countries) between 1 and 40),
        languages text[] not null check (cardinality(languages) between 1 and 20),
        needs text[] not null default '{}',
        checked_on date,
        shown boolean not null default true,
        version int not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null
      )`);
    await db.query(
      `create index resources_countries on resources using gin (countries) where shown`,
    );
    await db.query(`
      create table resource_versions (
        resource_id bigint not null references resources on delete cascade,
        version int not null,
        wording jsonb not null,
        member_id bigint references members on delete set null,
        replaced_at timestamptz not null,
        primary key (resource_id, version)
      )`);
    await db.query(`create index resource_versions_member on resource_versions (member_id)`);
    // What is wrong with an entry, told by anybody; nobody is named.
    await db.query(`
      create table resource_reports (
        id bigint generated always as identity primary key,
        resource_id bigint not null references resources on delete cascade,
        problem text not null check (problem in ('dead', 'moved', 'wrong', 'unsafe')),
        note text not null default '' check (length(note) <= 500),
        created_at timestamptz not null,
        answered_at timestamptz
      )`);
    await db.query(
      `
        create index resource_reports_open on resource_reports (resource_id)
        where answered_at is null
      `,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table resource_reports, resource_versions, resources`);
  }
}
