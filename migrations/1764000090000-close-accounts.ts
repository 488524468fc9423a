import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CloseAccounts1764000090000 implements MigrationInterface {
  name = 'CloseAccounts1764000090000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table members
        add column closing_at timestamptz,
        add column closing_asked_at timestamptz,
        add column closing_words text check (closing_words in ('erase', 'leave')),
        add constraint members_closing_whole check ((closing_at is null) = (closing_words is null)
          and (closing_at is null) = (closing_asked_at is null))`);
    await db.query(
      `create index members_closing on members (closing_at) where closing_at is not null`,
    );
    // Old wordings are found by their age, to be cleared.
    await db.query(`create index post_versions_replaced on post_versions (replaced_at)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop index post_versions_replaced`);
    await db.query(
      `
        alter table members drop column closing_at, drop column closing_asked_at,
          drop column closing_words
      `,
    );
  }
}
