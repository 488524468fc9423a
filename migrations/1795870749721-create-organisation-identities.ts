import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateOrganisationIdentities1795870749721 implements MigrationInterface {
  name = 'CreateOrganisationIdentities1795870749721';

  async up(db: QueryRunner): Promise<void> {
    // The digest of an issuer and a subject: neither a name nor an address of the organisation.
    await db.query(`
      create table organisation_identities (
        digest bytea primary key,
        member_id bigint not null references members on delete cascade,
        created_at timestamptz not null default now()
      )`);
    await db.query(
      'create index organisation_identities_member on organisation_identities (member_id)',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table organisation_identities');
  }
}
