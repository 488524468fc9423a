import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateWebhooks1795881439399 implements MigrationInterface {
  name = 'CreateWebhooks1795881439399';

  async up(db: QueryRunner): Promise<void> {
    // The signing key is encrypted, as requests have to be signed with it.
    await db.query(`
      create table webhook_endpoints (
        id bigint generated always as identity primary key,
        address text not null check (length(address) between 1 and 300),
        events text[] not null check (cardinality(events) > 0),
        sealed bytea not null,
        sealed_by text not null,
        previous_sealed bytea,
        previous_sealed_by text,
        previous_until timestamptz,
        active boolean not null default true,
        created_at timestamptz not null
      )`);
    // The body is kept as it was signed, so that it can be sent again; it holds ids and kinds.
    await db.query(`
      create table webhook_deliveries (
        id bigint generated always as identity primary key,
        endpoint_id bigint not null references webhook_endpoints on delete cascade,
        message_key text not null,
        type text not null,
        body text not null,
        state text not null default 'waiting'
          check (state in ('waiting', 'delivered', 'failed')),
        attempts int not null default 0,
        status int,
        fault text,
        created_at timestamptz not null,
        attempted_at timestamptz,
        settled_at timestamptz,
        unique (endpoint_id, message_key)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table webhook_deliveries, webhook_endpoints');
  }
}
