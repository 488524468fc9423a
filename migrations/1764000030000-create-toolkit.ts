import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateToolkit1764000030000 implements MigrationInterface {
  name = 'CreateToolkit1764000030000';

  async up(db: QueryRunner): Promise<void> {
    // Every bytea below is sealed under the member's own key, which is wrapped by a setting that
    // the database never sees.
    await db.query(`create sequence private_row_ids`);
    await db.query(`
      create table private_keys (
        member_id bigint primary key references members on delete cascade,
        wrapped bytea not null,
        wrapped_by text not null,
        created_at timestamptz not null
      )`);
    await db.query(`
      create table toolkit_items (
        id bigint primary key,
        member_id bigint not null references members on delete cascade,
        strategy_id bigint references coping_strategies on delete set null,
        position int not null,
        words bytea,
        used int not null default 0,
        used_at timestamptz,
        idempotency_key text,
        saved_at timestamptz not null,
        updated_at timestamptz not null,
        unique (member_id, strategy_id)
      )`);
    await db.query(`create index toolkit_items_order on toolkit_items (member_id, position, id)`);
    await db.query(`create index toolkit_items_strategy on toolkit_items (strategy_id)`);
    await db.query(
      `
        create unique index toolkit_items_idempotency on toolkit_items (member_id, idempotency_key)
        where idempotency_key is not null
      `,
    );
    await db.query(`
      create table toolkit_collections (
        id bigint primary key,
        member_id bigint not null references members on delete cascade,
        words bytea not null,
        created_at timestamptz not null
      )`);
    await db.query(
      `create index toolkit_collections_member on toolkit_collections (member_id, id)`,
    );
    await db.query(`
      create table toolkit_collection_items (
        collection_id bigint not null references toolkit_collections on delete cascade,
        item_id bigint not null references toolkit_items on delete cascade,
        primary key (collection_id, item_id)
      )`);
    await db.query(
      `create index toolkit_collection_items_item on toolkit_collection_items (item_id)`,
    );
    await db.query(`
      create table check_ins (
        id bigint primary key,
        member_id bigint not null references members on delete cascade,
        strategy_id bigint references coping_strategies on delete set null,
        item_id bigint references toolkit_items on delete set null,
        level smallint check (level between 0 and 10),
        before smallint check (before between 0 and 10),
        after smallint check (after between 0 and 10),
        pooled boolean not null default false,
        words bytea,
        idempotency_key text,
        made_at timestamptz not null
      )`);
    await db.query(`create index check_ins_member on check_ins (member_id, made_at desc, id desc)`);
    await db.query(`create index check_ins_strategy on check_ins (strategy_id) where pooled`);
    await db.query(`create index check_ins_item on check_ins (item_id)`);
    await db.query(
      `
        create unique index check_ins_idempotency on check_ins (member_id, idempotency_key)
        where idempotency_key is not null
      `,
    );
    await db.query(`
      create table safety_plans (
        member_id bigint primary key references members on delete cascade,
        card bytea,
        plan bytea,
        version int not null default 1,
        updated_at timestamptz not null
      )`);
    await db.query(`
      create table toolkit_settings (
        member_id bigint primary key references members on delete cascade,
        hide_counts boolean not null default false,
        counts_from timestamptz,
        look_back boolean not null default false,
        remind_every int check (remind_every in (1, 3, 7, 14, 30)),
        reminded_at timestamptz,
        reminders int not null default 0,
        lock_minutes int check (lock_minutes between 1 and 240)
      )`);
    await db.query(
      `
        create index toolkit_settings_reminded on toolkit_settings (reminded_at)
        where remind_every is not null
      `,
    );
    await db.query(
      `create index toolkit_settings_look_back on toolkit_settings (member_id) where look_back`,
    );
    await db.query(`
      create table toolkit_unlocks (
        session_id bigint primary key references sessions on delete cascade,
        until timestamptz not null
      )`);
    await db.query(`
      create table toolkit_letters (
        id bigint primary key,
        member_id bigint not null references members on delete cascade,
        month date not null,
        words bytea not null,
        created_at timestamptz not null,
        unique (member_id, month)
      )`);
    await db.query(`
      create table toolkit_sheets (
        id bigint primary key,
        member_id bigint not null references members on delete cascade,
        words bytea not null,
        ask_later boolean not null default false,
        asked_at timestamptz,
        nearer text check (nearer in ('yes', 'a-little', 'not-yet')),
        idempotency_key text,
        created_at timestamptz not null
      )`);
    await db.query(`create index toolkit_sheets_member on toolkit_sheets (member_id, id desc)`);
    await db.query(
      `
        create index toolkit_sheets_to_ask on toolkit_sheets (created_at)
        where ask_later and asked_at is null
      `,
    );
    await db.query(
      `
        create unique index toolkit_sheets_idempotency on toolkit_sheets (member_id,
          idempotency_key)
        where idempotency_key is not null
      `,
    );
    await db.query(`
      create table toolkit_shares (
        id bigint primary key,
        member_id bigint not null references members on delete cascade,
        token_hash bytea not null unique,
        what text not null check (what in ('item', 'plan', 'card', 'sheet')),
        subject_id bigint,
        created_at timestamptz not null,
        expires_at timestamptz not null
      )`);
    await db.query(`create index toolkit_shares_member on toolkit_shares (member_id, id desc)`);
    // One step a story, said by whoever wrote it.
    await db.query(`
      create table thread_steps (
        thread_id bigint primary key references threads on delete cascade,
        step text not null check (step in ('thinking', 'first-call', 'waiting', 'first-visit',
          'changing', 'medicines')),
        created_at timestamptz not null
      )`);
    await db.query(`create index thread_steps_step on thread_steps (step, thread_id desc)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `drop table thread_steps, toolkit_shares, toolkit_sheets, toolkit_letters, toolkit_unlocks, toolkit_settings, safety_plans, check_ins, toolkit_collection_items, toolkit_collections, toolkit_items, private_keys`,
    );
    await db.query(`drop sequence private_row_ids`);
  }
}
