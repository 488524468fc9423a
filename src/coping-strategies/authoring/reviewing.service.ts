import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { Conflict, FieldError, Forbidden, NotFound } from '../../kernel/errors.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { Outbox } from '../../outbox/outbox.js';
import { AuditLog } from '../../review/audit-log.js';
import type { Review } from './review.dto.js';
import { strategyReviewed } from '../core/strategies.events.js';
import { queryIn, executeIn } from '../../kernel/sql.js';

/** What a review makes of a strategy, and what the closed case says. */
const OUTCOMES = {
  publish: { status: 'published', outcome: 'publish' },
  return: { status: 'draft', outcome: 'return' },
  decline: { status: 'declined', outcome: 'dismiss' },
} as const;

/**
 * Moderators answer what members suggest: one transaction with the log, the case and the notice.
 */
@Injectable()
export class Reviewing {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly auditLog: AuditLog,
  ) {}

  /** @throws Conflict where it has changed, or a colleague was faster */
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
