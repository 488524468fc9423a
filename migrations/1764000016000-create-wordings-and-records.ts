import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where moderators begin, and what they may change: the first words thank, take seriously and
 * offer.
 */
const WORDINGS: readonly [tier: string, title: string, body: string][] = [
  [
    'crisis',
    'Are you safe right now',
    'Thank you for telling us. I am a moderator here and I have read what you wrote. Are you safe right now? If your life is in danger, call your emergency number. I am reading what you answer here. Is there someone who could be with you?',
  ],
  [
    'crisis',
    'Glad you answered',
    'Thank you for answering. I am glad you are still writing to us. The lines on the help page are there at any hour, and we will keep reading here. What would make the next hour a little easier?',
  ],
  [
    'urgent',
    'I read your post',
    'Thank you for writing about this. You are not in trouble. It sounds very hard, and you should not have to carry it alone. Would you like to tell me how you are now? If it gets worse, the lines on the help page answer at any hour.',
  ],
  [
    'urgent',
    'A detail to leave out',
    'Thank you for trusting us with this. One part of your post says how, and reading that can hurt somebody who is struggling. Your words are saved. Could you take that part out and send it again? The rest can stay as it is.',
  ],
  [
    'watch',
    'How are you today',
    'Thank you for writing this. It sounds heavy. People here read and answer, though not always at once. How are you today?',
  ],
  [
    'watch',
    'Writing about a medicine',
    'Thank you for telling how it was for you. Others may read it as advice, so please say that it is your own experience, and that a pharmacist or whoever prescribed it should be asked before anything is changed.',
  ],
  [
    'any',
    'Welcome, your post is up',
    'Welcome. I have read your first post, and it is now there for everybody in the group. Thank you for joining in.',
  ],
  [
    'any',
    'What comes next',
    'I have read your post and wanted to say how it goes on from here. You can answer this message, and one of us will read it.',
  ],
];

export class CreateWordingsAndRecords1764000016000 implements MigrationInterface {
  name = 'CreateWordingsAndRecords1764000016000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table reply_templates (
        id bigint generated always as identity primary key,
        tier text not null check (tier in ('crisis', 'urgent', 'watch', 'unknown', 'none', 'any')),
        title text not null check (length(title) between 1 and 80),
        body text not null check (length(body) between 1 and 4000),
        updated_by bigint references members on delete set null,
        updated_at timestamptz not null default now(),
        retired_at timestamptz
      )`);
    for (const [tier, title, body] of WORDINGS)
      await db.query('insert into reply_templates (tier, title, body) values ($1, $2, $3)', [
        tier,
        title,
        body,
      ]);
    // Seeing who writes under an alias: asked with a reason, allowed by a second person, for an
    // hour.
    await db.query(`
      create table unmaskings (
        id bigint generated always as identity primary key,
        case_id bigint not null references review_cases on delete cascade,
        alias_id bigint not null references thread_aliases on delete cascade,
        asked_by bigint not null references members on delete cascade,
        reason text not null check (length(reason) between 1 and 2000),
        created_at timestamptz not null,
        settled_by bigint references members on delete set null,
        settled_at timestamptz,
        allowed boolean,
        shown_until timestamptz,
        check (settled_by is null or settled_by <> asked_by)
      )`);
    await db.query(
      `create unique index unmaskings_open on unmaskings (case_id) where settled_at is null`,
    );
    // Help called from outside: what was said to whom, kept by two people.
    await db.query(`
      create table escalations (
        id bigint generated always as identity primary key,
        case_id bigint not null references review_cases on delete cascade,
        recorded_by bigint references members on delete set null,
        second_id bigint references members on delete set null,
        second_at timestamptz,
        told text not null check (length(told) between 1 and 200),
        said text not null check (length(said) between 1 and 4000),
        shared text not null check (length(shared) between 1 and 2000),
        outcome text not null default '' check (length(outcome) <= 4000),
        happened_at timestamptz not null,
        created_at timestamptz not null
      )`);
    await db.query(`create index escalations_case on escalations (case_id, id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table escalations, unmaskings, reply_templates`);
  }
}
