import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCopingStrategies1764000020000 implements MigrationInterface {
  name = 'CreateCopingStrategies1764000020000';

  async up(db: QueryRunner): Promise<void> {
    // array_to_string is only stable; over texts it never changes, and a stored column needs to be
    // told so.
    await db.query(
      `
        create function joined_texts(texts text[]) returns text language sql immutable parallel safe as $$
        select array_to_string(texts, ' ') $$
      `,
    );
    await db.query(`
      create table coping_strategies (
        id bigint generated always as identity primary key,
        stable_id text not null unique check (stable_id ~ '^[a-z0-9][a-z0-9.:-]{2,99}$'),
        slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,79}$'),
        language text not null default 'en' check (language ~ '^[a-z]{2}$'),
        name text not null check (length(name) between 3 and 80),
        summary text not null check (length(summary) between 3 and 240),
        steps text[] not null check (cardinality(steps) between 1 and 12),
        fits text not null default '' check (length(fits) <= 400),
        fits_not text not null default '' check (length(fits_not) <= 400),
        minutes int not null check (minutes between 1 and 240),
        energy text not null check (energy in ('low', 'some', 'more')),
        needs text[] not null default '{}',
        kinds text[] not null default '{}',
        places text[] not null default '{}',
        times text[] not null default '{}',
        challenges text[] not null default '{}',
        origin text not null check (origin in ('peer', 'charity', 'clinical')),
        source_name text not null default '' check (length(source_name) <= 120),
        source_url text not null default '' check (source_url = ''
          or source_url ~ '^https://[^[:space:]]+$'
          and length(source_url) <= 300),
        reviewed_on date,
        licence text not null default 'CC-BY-4.0',
        version int not null default 1 check (version > 0),
        translation_of bigint references coping_strategies on delete set null,
        translated_version int,
        status text not null default 'draft' check (status in ('draft', 'proposed', 'published',
          'declined', 'withdrawn')),
        withdrawn_by text check (withdrawn_by in ('author', 'staff')),
        member_id bigint references members on delete set null,
        source_post_id bigint references posts on delete set null,
        credit text not null default '' check (length(credit) <= 60),
        credit_from text not null default 'pack' check (credit_from in ('pack', 'handle', 'alias')),
        moderator_note text not null default '' check (length(moderator_note) <= 2000),
        idempotency_key text,
        created_at timestamptz not null default now(),
        published_at timestamptz,
        updated_at timestamptz not null default now(),
        tags text[] not null generated always as (needs || kinds || places || times || challenges) stored,
        words tsvector not null generated always as (
          setweight(to_tsvector(case language
            when 'en' then 'english'::regconfig
            when 'es' then 'spanish'::regconfig
            else 'simple'::regconfig end, name),
            'A') ||
          setweight(to_tsvector(case language
            when 'en' then 'english'::regconfig
            when 'es' then 'spanish'::regconfig
            else 'simple'::regconfig end, summary || ' ' || fits),
            'B') ||
          setweight(to_tsvector(case language
            when 'en' then 'english'::regconfig
            when 'es' then 'spanish'::regconfig
            else 'simple'::regconfig end, joined_texts(steps)),
            'C')) stored
      )`);
    await db.query(
      `
        create index coping_strategies_listed on coping_strategies (minutes, id)
        where status = 'published'
      `,
    );
    await db.query(
      `
        create index coping_strategies_tags on coping_strategies using gin (tags)
        where status = 'published'
      `,
    );
    await db.query(
      `
        create index coping_strategies_words on coping_strategies using gin (words)
        where status = 'published'
      `,
    );
    await db.query(`create index coping_strategies_member on coping_strategies (member_id)`);
    await db.query(
      `create index coping_strategies_source_post on coping_strategies (source_post_id)`,
    );
    await db.query(
      `create index coping_strategies_translation on coping_strategies (translation_of)`,
    );
    await db.query(
      `
        create index coping_strategies_status on coping_strategies (status, id)
        where status <> 'published'
      `,
    );
    await db.query(
      `
        create unique index coping_strategies_idempotency on coping_strategies (member_id,
          idempotency_key)
        where idempotency_key is not null
      `,
    );
    await db.query(`
      create table coping_strategy_versions (
        strategy_id bigint not null references coping_strategies on delete cascade,
        version int not null,
        wording jsonb not null,
        replaced_at timestamptz not null,
        primary key (strategy_id, version)
      )`);
    await db.query(`
      create table strategy_hides (
        member_id bigint not null references members on delete cascade,
        strategy_id bigint not null references coping_strategies on delete cascade,
        created_at timestamptz not null default now(),
        primary key (member_id, strategy_id)
      )`);
    await db.query(`create index strategy_hides_strategy on strategy_hides (strategy_id)`);
    // One answer a member and strategy; it can be changed or taken back, and is never shown beside
    // a name.
    await db.query(`
      create table strategy_feedback (
        strategy_id bigint not null references coping_strategies on delete cascade,
        member_id bigint not null references members on delete cascade,
        helped boolean not null,
        need text not null,
        situation text not null default '',
        updated_at timestamptz not null default now(),
        primary key (strategy_id, member_id)
      )`);
    await db.query(`create index strategy_feedback_member on strategy_feedback (member_id)`);
    await db.query(`
      create table post_strategies (
        post_id bigint not null references posts on delete cascade,
        strategy_id bigint not null references coping_strategies on delete cascade,
        state text not null check (state in ('accepted', 'proposed', 'declined')),
        proposed_by bigint references members on delete set null,
        created_at timestamptz not null default now(),
        answered_at timestamptz,
        primary key (post_id, strategy_id)
      )`);
    await db.query(
      `
        create index post_strategies_told on post_strategies (strategy_id, post_id desc)
        where state = 'accepted'
      `,
    );
    await db.query(`create index post_strategies_proposer on post_strategies (proposed_by)`);
    // "This could be a strategy": one question to the writer of a post, however many ask it.
    await db.query(`
      create table strategy_wishes (
        post_id bigint primary key references posts on delete cascade,
        state text not null default 'asked' check (state in ('asked', 'taken', 'declined')),
        asked_by bigint references members on delete set null,
        created_at timestamptz not null default now(),
        answered_at timestamptz
      )`);
    await db.query(`create index strategy_wishes_asker on strategy_wishes (asked_by)`);
    await db.query(
      `
        alter table review_cases
        add constraint review_cases_strategy_fk foreign key (strategy_id) references coping_strategies on delete cascade
      `,
    );
    await db.query(`create index review_cases_strategy_history on review_cases (strategy_id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop index review_cases_strategy_history`);
    await db.query(`alter table review_cases drop constraint review_cases_strategy_fk`);
    await db.query(
      `drop table strategy_wishes, post_strategies, strategy_feedback, strategy_hides, coping_strategy_versions, coping_strategies`,
    );
    await db.query(`drop function joined_texts(text[])`);
  }
}
