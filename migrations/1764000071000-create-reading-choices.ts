import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReadingChoices1764000071000 implements MigrationInterface {
  name = 'CreateReadingChoices1764000071000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table note_choices (
        member_id bigint not null references members on delete cascade,
        note text not null,
        choice text not null check (choice in ('show', 'hide')),
        primary key (member_id, note)
      )`);
    // The pattern is made from the word when it is saved: the word itself between two word
    // boundaries, nothing else.
    await db.query(`
      create table muted_words (
        member_id bigint not null references members on delete cascade,
        word text not null check (length(word) between 2 and 40),
        pattern text not null,
        primary key (member_id, word)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table muted_words, note_choices`);
  }
}
