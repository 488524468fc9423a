import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { Conflict, FieldError, Forbidden, NotFound } from '../../kernel/errors.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { Outbox } from '../../outbox/outbox.js';
import type { Review } from './review.dto.js';
import { strategyReviewed } from '../core/strategies.events.js';

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
  ) {}

  /** @throws Conflict where it has changed, or a colleague was faster */
  async review(viewer: Viewer, slug: string, form: Review): Promise<void> {
    if (!isStaff(viewer)) throw new NotFound();
    if (form.action !== 'publish' && form.reason === '')
      throw new FieldError('reason', 'strategies.error.reason');
    const { status, outcome } = OUTCOMES[form.action];
    await this.database.inTransaction(async (tx) => {
      const [row] = (await tx.query(
        'select id, version, status, member_id from coping_strategies where slug = $1 for update',
        [slug],
      )) as { id: string; version: number; status: string; member_id: string | null }[];
      if (row === undefined) throw new NotFound();
      if (row.status !== 'proposed' || row.version !== form.version)
        throw new Conflict('strategies.error.moved-on');
      if (row.member_id === viewer.memberId) throw new Forbidden('strategies.error.own');
      const now = this.clock.now();
      await tx.query(
        `
          update coping_strategies
          set status = $2, moderator_note = $3, updated_at = $4, published_at = case
            when $2 = 'published' then $4
            else published_at end,
           reviewed_on = case when $2 = 'published' then $4::date else reviewed_on end where id = $1`,
        [row.id, status, form.reason, now],
      );
      const [closed] = (await tx.query(
        `
          update review_cases
          set state = 'closed', closed_at = $2, outcome = $3, version = version + 1,
            claimed_by = null, claimed_until = null, first_read_at = coalesce(first_read_at, $2)
         where kind = 'strategy' and strategy_id = $1 and state = 'open' returning id`,
        [row.id, now, outcome],
      )) as [{ id: string }[], number];
      await tx.query(
        `
          insert into moderation_log (actor_id, deed, case_id, reason, detail, created_at)
          values ($1, 'case.decided', $2, $3, $4, $5)
        `,
        [
          viewer.memberId,
          closed[0]?.id ?? null,
          form.reason,
          JSON.stringify({ action: outcome, strategyId: row.id }),
          now,
        ],
      );
      if (row.member_id !== null)
        await this.outbox.append(tx, strategyReviewed({ strategyId: row.id }));
    });
  }
}
