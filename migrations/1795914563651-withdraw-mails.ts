import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The states that a delivery can be in, as a list for SQL. */
const STATES = "'waiting', 'sending', 'sent', 'refused', 'suppressed'";

/** A mail that is no longer needed, as its notice was read meanwhile, does not wait for ever. */
export class WithdrawMails1795914563651 implements MigrationInterface {
  name = 'WithdrawMails1795914563651';

  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `
        alter table mail_deliveries drop constraint mail_deliveries_state_check,
        add constraint mail_deliveries_state_check check (state in (${STATES}, 'withdrawn'))
      `,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`update mail_deliveries set state = 'refused' where state = 'withdrawn'`);
    await db.query(
      `
        alter table mail_deliveries drop constraint mail_deliveries_state_check,
        add constraint mail_deliveries_state_check check (state in (${STATES}))
      `,
    );
  }
}
