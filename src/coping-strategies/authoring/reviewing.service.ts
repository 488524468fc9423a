import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { Conflict, FieldError, Forbidden, NotFound } from '../../kernel/errors.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { Outbox } from '../../outbox/outbox.js';
import { AuditLog } from '../../review/audit-log.js';
import type { Review } from './review.dto.js';
import { strategyReviewed } from '../core/strategies.events.js';
import { Sql, queryIn, executeIn } from '../../kernel/sql.js';
import { bySlug, type StrategyRow } from '../core/strategy-page.queries.js';
import { proposedStrategies, type ProposedRow } from './review.queries.js';

/** The state of a strategy after each review result, and the outcome of its case. */
const OUTCOMES = {
  publish: { status: 'published', outcome: 'publish' },
  return: { status: 'draft', outcome: 'return' },
  decline: { status: 'declined', outcome: 'dismiss' },
} as const;

/**
 * Reviews suggested strategies. Status, audit log, case and notification change in one transaction.
 */
@Injectable()
export class Reviewing {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly auditLog: AuditLog,
  ) {}

  /** The strategies that await review, by due time. */
  async proposed(): Promise<ProposedRow[]> {
    return this.sql.rows(proposedStrategies);
  }

  /** @throws NotFound if no such strategy awaits review */
  async load(slug: string): Promise<StrategyRow> {
    const key = { slug: slug.slice(0, 80), viewerId: null, isStaff: true };
    const row = await this.sql.first(bySlug, key);
    if (row === null || row.status !== 'proposed') throw new NotFound();
    return row;
  }

  /** @throws Conflict if it changed since the form was opened, or has already been reviewed */
  async review(viewer: Viewer, slug: string, form: Review): Promise<void> {
    if (!isStaff(viewer)) throw new NotFound();
    if (form.action !== 'publish' && form.reason === '')
      throw new FieldError('reason', 'strategies.error.reason');
    const { status, outcome } = OUTCOMES[form.action];
    await this.database.inTransaction(async (tx) => {
      const [row] = await queryIn<{
        id: string;
        version: number;
        status: string;
        member_id: string | null;
      }>(
        tx,
        'select id, version, status, member_id from coping_strategies where slug = :slug for update',
        { slug },
      );
      if (row === undefined) throw new NotFound();
      if (row.status !== 'proposed' || row.version !== form.version)
        throw new Conflict('strategies.error.moved-on');
      if (row.member_id === viewer.memberId) throw new Forbidden('strategies.error.own');
      const now = this.clock.now();
      await executeIn(
        tx,
        `
          update coping_strategies
          set status = :status, moderator_note = :reason, updated_at = :now, published_at = case
            when :status = 'published' then :now
            else published_at end,
           reviewed_on = case when :status = 'published' then :now::date else reviewed_on end
           where id = :rowId`,
        { rowId: row.id, status, reason: form.reason, now },
      );
      const closed = await queryIn<{ id: string }>(
        tx,
        `
          update review_cases
          set state = 'closed', closed_at = :now, outcome = :outcome, version = version + 1,
            claimed_by = null, claimed_until = null, first_read_at = coalesce(first_read_at, :now)
         where kind = 'strategy' and strategy_id = :rowId and state = 'open' returning id`,
        { rowId: row.id, now, outcome },
      );
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'case.decided',
        caseId: closed[0]?.id,
        reason: form.reason,
        detail: { action: outcome, strategyId: row.id },
      });
      if (row.member_id !== null)
        await this.outbox.append(tx, strategyReviewed({ strategyId: row.id }));
    });
  }
}
