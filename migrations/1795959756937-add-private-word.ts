import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A word that a member chose, by which they recognise emails from this site. */
export class AddPrivateWord1795959756937 implements MigrationInterface {
  name = 'AddPrivateWord1795959756937';

  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `alter table mail_settings
         add column private_word text not null default ''
         constraint mail_settings_private_word_check check (length(private_word) <= 40)`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('alter table mail_settings drop column private_word');
  }
}
