import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an account wrote to the team is erased with it: only then is such a text empty. */
export class EraseAppeals1795869865626 implements MigrationInterface {
  name = 'EraseAppeals1795869865626';

  async up(db: QueryRunner): Promise<void> {
    await this.check(
      db,
      "length(statement) between 1 and 8000 or statement = '' and appellant_id is null",
      "length(body) between 1 and 8000 or body = '' and author_id is null",
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("update appeals set statement = '-' where statement = ''");
    await db.query("update decision_messages set body = '-' where body = ''");
    await this.check(db, 'length(statement) between 1 and 8000', 'length(body) between 1 and 8000');
  }

  private async check(db: QueryRunner, statement: string, body: string): Promise<void> {
    await db.query(`
      alter table appeals
      drop constraint appeals_statement_check,
      add constraint appeals_statement_check check (${statement})`);
    await db.query(`
      alter table decision_messages
      drop constraint decision_messages_body_check,
      add constraint decision_messages_body_check check (${body})`);
  }
}
