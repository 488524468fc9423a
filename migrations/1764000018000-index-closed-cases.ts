import type { MigrationInterface, QueryRunner } from 'typeorm';

export class IndexClosedCases1764000018000 implements MigrationInterface {
  name = 'IndexClosedCases1764000018000';

  async up(db: QueryRunner): Promise<void> {
    // The newest of a long past, page by page.
    await db.query(
      `
        create index review_cases_past on review_cases (closed_at desc, id desc)
        where state = 'closed'
      `,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop index review_cases_past`);
  }
}
