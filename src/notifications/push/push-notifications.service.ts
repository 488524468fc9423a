import { Injectable } from '@nestjs/common';
import { Clock, HOUR, later } from '../../kernel/clock.js';
import { Logger } from '../../kernel/logger.js';
import { Sql } from '../../kernel/sql.js';
import {
  candidates,
  decide,
  deleteSubscription,
  markSent,
  pending,
  type CandidateRow,
  type PendingRow,
} from './push.queries.js';
import { PushSender } from './push-sender.js';
import { pushTime } from './push-time.js';

const BATCH = 500;
/** Maximum number of concurrent requests. */
const CONCURRENCY = 10;
/** Milliseconds for which a message is retried. */
const RETRY_FOR = HOUR;

/**
 * Sends push notifications to members who have something waiting, subject to the choices, quiet
 * hours and pauses of their emails. The decision for a member is stored before messages are sent to
 * each browser, so that the next run continues an interrupted one.
 */
@Injectable()
export class PushNotifications {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly sender: PushSender,
    private readonly logger: Logger,
  ) {}

  async run(): Promise<void> {
    if (!this.sender.isOn) return;
    await this.decideAll();
    await this.sendPending();
  }

  private async decideAll(): Promise<void> {
    const now = this.clock.now();
    let rows: CandidateRow[];
    let after = '0';
    do {
      rows = await this.sql.rows(candidates, { now, after, limit: BATCH });
      for (const row of rows) {
        if (pushTime(now, row) > now) continue;
        const { memberId, pushedAt } = row;
        await this.sql.rows(decide, { memberId, pushedAt, now });
      }
      after = rows.at(-1)?.memberId ?? after;
    } while (rows.length === BATCH);
  }

  private async sendPending(): Promise<void> {
    const now = this.clock.now();
    const since = later(now, -RETRY_FOR);
    const rows = await this.sql.rows(pending, { now, since, limit: BATCH });
    for (let at = 0; at < rows.length; at += CONCURRENCY)
      await Promise.all(rows.slice(at, at + CONCURRENCY).map((row) => this.send(row)));
  }

  private async send({ id, endpoint, decidedAt }: PendingRow): Promise<void> {
    const outcome = await this.sender.send(endpoint);
    if (outcome === 'later') return;
    if (outcome === 'gone') {
      await this.sql.rows(deleteSubscription, { id });
      return;
    }
    // The endpoint is a secret of the browser, so only the host of the push service is logged.
    if (outcome === 'refused')
      this.logger.warn('a push service refused a message', { host: new URL(endpoint).host });
    await this.sql.rows(markSent, { id, decidedAt });
  }
}
