import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AskSearchEnginesToStayOut1795853721982 implements MigrationInterface {
  name = 'AskSearchEnginesToStayOut1795853721982';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table communities
        add column search_engines_since timestamptz,
        add constraint communities_search_engines_open
          check (search_engines_since is null or visibility = 'public')`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table communities drop column search_engines_since`);
  }
}
