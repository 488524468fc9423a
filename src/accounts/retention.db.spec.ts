import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { DAY, MINUTE } from '../kernel/clock.js';
import { Messages } from '../i18n/messages.js';
import { RetentionClearing, RETENTIONS } from './retention.js';

/**
 * Inserts a row into each rule's table, with the end `$1`. `one` is the id of everything it
 * references.
 */
const ROWS: Record<string, string> = {
  sessions: `insert into sessions (token_hash, member_id, expires_at) values (:key, :one, :end)`,
  links: `insert into one_time_tokens (token_hash, purpose, member_id, expires_at)
    values (:key, 'reset-password', :one, :end)`,
  'sent-forms': 'insert into sent_forms (digest, expires_at) values (:key, :end)',
  challenges: 'insert into used_challenges (digest, expires_at) values (:key, :end)',
  limits: `insert into rate_limits (bucket, hits, window_ends) values (:text, 1, :end)`,
  devices: `insert into known_devices (token_hash, member_id, created_at, expires_at)
    values (:key, :one, :end, :end)`,
  'credential-changes': `insert into credential_changes (member_id, kind, changed_at)
    values (:one, 'password', :end)`,
  events: `insert into outbox (event, ids, dispatched_at) values ('x', '{}', :end)`,
  mails: `insert into mail_deliveries (key, kind, member_id, state, created_at, settled_at)
    values (:text, 'account', :one, 'sent', :end, :end)`,
  bounces: `with mail as (
      insert into mail_deliveries (key, kind, state, created_at)
      values (:text, 'account', 'sent', :end)
      returning key
    )
    insert into mail_bounces (delivery_key, kind, heard_at)
    select key, 'soft', :end from mail`,
  'mails-taken-in': `insert into mails_taken_in (message_hash, member_id, outcome, taken_at)
    values (:key, :one, 'posted', :end)`,
  'reply-addresses': `insert into reply_addresses (token_hash, member_id, thread_id, made_at)
    values (:key, :one, :one, :end)`,
  suppressions: `insert into mail_suppressions (member_id, reason, since, lifted_at)
    values (:one, 'hard', :end, :end)`,
  digests: `insert into digests (member_id, weekly_since, until, status, created_at, settled_at)
    values (:one, :end, :end, 'sent', :end, :end)`,
  notices: `insert into notices (member_id, kind, subject_id, read_at)
    values (:one, 'decision', 1, :end)`,
  alarms: `with closed as (
      insert into review_cases (kind, member_id, tier, due_at, opened_at, state, closed_at)
      values ('member', :one, 'watch', :end, :end, 'closed', :end)
      returning id
    )
    insert into case_alarms (case_id, chain, step, member_id, raised_at)
    select id, 'crisis', 'first', :one, :end from closed`,
  'report-contacts': `with closed as (
      insert into review_cases (kind, member_id, tier, due_at, opened_at, state, closed_at)
      values ('member', :one, 'watch', :end, :end, 'closed', :end)
      returning id
    ), report as (
      insert into reports (number, case_id, reason, snapshot, created_at)
      select :text, id, 'illegal', '{}', :end from closed
      returning id
    )
    insert into report_contacts (report_id, place, email)
    select id, '/', 'reporter@example.org' from report`,
  'access-tokens': `insert into access_tokens
      (member_id, token_hash, name, scopes, created_at, expires_at)
    values (:one, :key, 'x', '{threads:read}', :end, :end)`,
  feeds: `insert into private_feeds
      (member_id, token_hash, name, scope, titles, created_at, revoked_at)
    values (:one, :key, 'x', 'communities', false, :end, :end)`,
  webhooks: `with endpoint as (
      insert into webhook_endpoints (address, events, sealed, sealed_by, created_at)
      values ('https://x.example/', '{decision.made}', :key, 'x', :end)
      returning id
    )
    insert into webhook_deliveries
      (endpoint_id, message_key, type, body, created_at, state, settled_at)
    select id, 'x', 'decision.made', '{}', :end, 'delivered', :end from endpoint`,
  'second-step-resets': `insert into second_factor_resets
      (member_id, asked_by, reason, settled_at, allowed)
    values (:one, :one, 'x', :end, true)`,
};

/** Conditions for rows that are emptied rather than deleted. */
const FILLED: Record<string, string> = { 'report-contacts': `where email <> ''` };

describe('retention', () => {
  let db: TestDatabase;
  let count = 0;

  beforeAll(async () => {
    db = await testDatabase();
    db.clock.freeze();
    // Ids are arbitrary: rows reference one member and nothing else that matters here.
    for (const table of ['reply_addresses', 'mails_taken_in', 'mail_suppressions'])
      await db.make.rows(`alter table ${table} disable trigger all`);
    await db.make.member('kept');
  });
  beforeEach(() => db.make.rows('delete from outbox'));
  afterAll(() => db.close());

  const insert = async (name: string, end: Date): Promise<void> => {
    count += 1;
    const member = await db.make.member('kept');
    const values: Record<string, unknown> = {
      ':key': Buffer.from(`key ${count}`),
      ':text': `text-${count}`,
      ':one': member,
      ':end': end,
    };
    const used = Object.keys(values).filter((each) => ROWS[name]?.includes(each));
    const types: Record<string, string> = {
      ':key': 'bytea',
      ':text': 'text',
      ':one': 'bigint',
      ':end': 'timestamptz',
    };
    const text = used.reduce(
      (sql, each, at) => sql.replaceAll(each, `$${at + 1}::${types[each] ?? ''}`),
      ROWS[name] ?? '',
    );
    await db.make.rows(
      text,
      used.map((each) => values[each]),
    );
  };
  const left = async (name: string): Promise<number> => {
    const table =
      /insert into (?!mail_deliveries \(key, kind, state, created_at\)\n|review_cases|reports |webhook_endpoints)(\w+)/.exec(
        ROWS[name] ?? '',
      )?.[1];
    const row = await db.make.one<{ count: number }>(
      `select count(*)::int as count from ${table ?? ''} ${FILLED[name] ?? ''}`,
    );
    return row.count;
  };

  it.each(RETENTIONS.map(({ name, days }) => [name, days] as const))(
    'deletes %s after %i days',
    async (name, days) => {
      const clearing = new RetentionClearing(db.sql, db.clock);
      const end = db.clock.ms() - days * DAY;
      const before = await left(name);
      await insert(name, new Date(end + MINUTE));
      await clearing.clear();
      expect(await left(name)).toBe(before + 1);
      db.clock.move(2 * MINUTE);
      await clearing.clear();
      expect(await left(name)).toBe(0);
    },
  );

  it('is documented on the privacy page and in the docs, for every rule', () => {
    const messages = new Messages();
    const docs = readFileSync('docs/operating.md', 'utf8');
    for (const { name, days } of RETENTIONS) {
      expect([name, messages.has(`accounts.kept-for.${name}`)]).toEqual([name, true]);
      expect(docs).toMatch(new RegExp(`\\| \`${name}\` +\\| ${days} +\\|`));
    }
  });

  it('keeps an alert while its case is open, and an undelivered event', async () => {
    await insert('alarms', new Date(db.clock.ms() - 400 * DAY));
    await db.make.rows(`update review_cases set state = 'open', closed_at = null
       where id = (select max(id) from review_cases)`);
    await db.make.rows(
      `insert into outbox (event, ids, created_at) values ('x', '{}', now() - interval '3 years')`,
    );
    await new RetentionClearing(db.sql, db.clock).clear();
    expect(await left('alarms')).toBe(1);
    expect(await left('events')).toBe(1);
  });
});
