import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReplyAddresses1764000049100 implements MigrationInterface {
  name = 'CreateReplyAddresses1764000049100';

  async up(db: QueryRunner): Promise<void> {
    // The address is stored as its digest alone: whoever reads the table cannot write under
    // anybody's name.
    await db.query(`
      create table reply_addresses (
        token_hash bytea primary key,
        member_id bigint not null references members on delete cascade,
        thread_id bigint not null references threads on delete cascade,
        made_at timestamptz not null
      )`);
    await db.query(`create index reply_addresses_member on reply_addresses (member_id)`);
    await db.query(`create index reply_addresses_thread on reply_addresses (thread_id)`);
    // Each mail is taken in once, whatever came of it.
    await db.query(`
      create table mails_taken_in (
        message_hash bytea primary key,
        member_id bigint references members on delete cascade,
        outcome text not null,
        taken_at timestamptz not null
      )`);
    await db.query(`create index mails_taken_in_member on mails_taken_in (member_id, taken_at)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table mails_taken_in, reply_addresses`);
  }
}
