import type { MigrationInterface, QueryRunner } from 'typeorm';

export class EndSessions1795867911167 implements MigrationInterface {
  name = 'EndSessions1795867911167';

  /** A session used to slide on with every use; now it ends 30 days after its log-in. */
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      update sessions
      set expires_at = least(expires_at, created_at + interval '30 days')`);
    // For clearing those that ended.
    await db.query('create index sessions_expiry on sessions (expires_at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop index sessions_expiry');
  }
}
