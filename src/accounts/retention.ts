import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Sql, statement, type Statement } from '../kernel/sql.js';

/** Maximum number of rows that one statement deletes. */
const BATCH_SIZE = 5_000;

interface Before {
  before: Date;
  limit: number;
}

export interface Retention {
  /** Identifies the rule in messages (`accounts.kept.<name>`) and in docs/operating.md. */
  readonly name: string;
  /** Days after the time in the condition. */
  readonly days: number;
  readonly clear: Statement<Before, object>;
}

/**
 * @param condition SQL about `t`, a row of the table, and `:before`
 * @param clear replaces the deletion of the rows
 */
function rule(
  name: string,
  days: number,
  table: string,
  condition: string,
  clear = `delete from ${table}`,
): Retention {
  return {
    name,
    days,
    clear: statement<Before, object>(
      `accounts.retention-${name}`,
      `
        ${clear}
        where ctid = any(array(
          select t.ctid
          from ${table} t
          where ${condition}
          limit :limit
        ))
        returning 1
      `,
    ),
  };
}

/**
 * Retention of operational data that no feature deletes itself. It does not include anything people
 * wrote.
 */
export const RETENTIONS: readonly Retention[] = [
  rule('sessions', 0, 'sessions', 't.expires_at <= :before'),
  rule('links', 1, 'one_time_tokens', 't.expires_at <= :before'),
  rule('sent-forms', 0, 'sent_forms', 't.expires_at <= :before'),
  rule('challenges', 0, 'used_challenges', 't.expires_at <= :before'),
  rule('limits', 0, 'rate_limits', 't.window_ends <= :before'),
  rule('devices', 0, 'known_devices', 't.expires_at <= :before'),
  rule('credential-changes', 14, 'credential_changes', 't.changed_at <= :before'),
  rule('events', 30, 'outbox', 't.dispatched_at <= :before'),
  rule('mails', 90, 'mail_deliveries', 'coalesce(t.settled_at, t.created_at) <= :before'),
  rule('bounces', 90, 'mail_bounces', 't.heard_at <= :before'),
  rule('mails-taken-in', 90, 'mails_taken_in', 't.taken_at <= :before'),
  rule('reply-addresses', 365, 'reply_addresses', 't.made_at <= :before'),
  rule('suppressions', 365, 'mail_suppressions', 't.lifted_at <= :before'),
  rule('digests', 180, 'digests', 't.settled_at <= :before'),
  rule('notices', 365, 'notices', 't.read_at <= :before'),
  rule(
    'alarms',
    90,
    'case_alarms',
    `t.raised_at <= :before
            and exists (
              select 1
              from review_cases c
              where c.id = t.case_id and c.state = 'closed'
            )`,
  ),
  // Appeals are possible for six months.
  rule(
    'report-contacts',
    200,
    'report_contacts',
    `(t.name <> '' or t.email <> '')
            and exists (
              select 1
              from reports r
              join review_cases c on c.id = r.case_id
              where r.id = t.report_id and c.closed_at <= :before
            )`,
    `update report_contacts set name = '', email = ''`,
  ),
  rule('access-tokens', 90, 'access_tokens', 'least(t.revoked_at, t.expires_at) <= :before'),
  rule('feeds', 90, 'private_feeds', 't.revoked_at <= :before'),
  rule('webhooks', 30, 'webhook_deliveries', 't.settled_at <= :before'),
  rule('second-step-resets', 365, 'second_factor_resets', 't.settled_at <= :before'),
];

/** Deletes data past its retention. */
@Injectable()
export class RetentionClearing {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** Runs each rule separately, so that a failing one does not stop the others. */
  async clear(): Promise<void> {
    const failed: unknown[] = [];
    for (const { days, clear } of RETENTIONS) {
      const parameters = { before: later(this.clock.now(), -days * DAY), limit: BATCH_SIZE };
      try {
        while ((await this.sql.rows(clear, parameters)).length === BATCH_SIZE);
      } catch (error) {
        failed.push(error);
      }
    }
    if (failed.length > 0) throw failed[0];
  }
}
