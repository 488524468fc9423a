import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SealShareLinks1764000031000 implements MigrationInterface {
  name = 'SealShareLinks1764000031000';

  async up(db: QueryRunner): Promise<void> {
    // The link again, sealed for its owner; it is found by the digest.
    await db.query(`alter table toolkit_shares add column words bytea`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table toolkit_shares drop column words`);
  }
}
