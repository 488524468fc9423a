import type { MigrationInterface, QueryRunner } from 'typeorm';

export class IndexTiers1764000017000 implements MigrationInterface {
  name = 'IndexTiers1764000017000';

  async up(db: QueryRunner): Promise<void> {
    // Few posts bear a tier; what is old among them is forgotten every day.
    await db.query(`create index posts_tiers on posts (created_at) where tier <> 'none'`);
    await db.query(
      `
        create index review_cases_signals on review_cases (closed_at)
        where state = 'closed' and signals <> '[]'
      `,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop index posts_tiers, review_cases_signals`);
  }
}
