import { Injectable } from '@nestjs/common';
import { Clock, DAY } from '../../kernel/clock.js';
import { Database, type Tx } from '../../kernel/database.js';
import { Forbidden } from '../../kernel/errors.js';
import { ReviewCases } from '../../review/review-cases.js';
import { AuditLog } from '../../review/audit-log.js';
import type { Viewer } from '../../http/viewer.js';
import { ownAppeal, type StatementRow } from './statement.queries.js';
import { executeIn, queryIn, Sql } from '../../kernel/sql.js';

/** The appeal period: six months, as Article 20 of the Digital Services Act requires. */
export const APPEAL_PERIOD = 183 * DAY;

/** Deadline for answering an appeal: a week, or a day if the account is paused. */
const ANSWER = { minutes: 7 * 24 * 60, staffed: false } as const;
const ANSWER_SOON = { minutes: 24 * 60, staffed: false } as const;

/** The reason why an appeal is not possible; null if it is. */
export function appealObstacle(
  decision: StatementRow,
  appealed: boolean,
  now: Date,
): 'late' | 'made' | 'nothing' | null {
  if (appealed) return 'made';
  const nothing =
    decision.as === 'author'
      ? decision.action === 'publish' ||
        decision.action === 'dismiss' ||
        decision.action === 'reach-out'
      : decision.reportOutcome !== 'no-action';
  if (nothing || decision.reversedAt !== null) return 'nothing';
  return now.getTime() - decision.createdAt.getTime() > APPEAL_PERIOD ? 'late' : null;
}

/**
 * Appeals are free, limited to one for each decision, and answered by somebody who had no part in
 * it.
 */
@Injectable()
export class Appeals {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly cases: ReviewCases,
    private readonly auditLog: AuditLog,
  ) {}

  /**
   * Files an appeal. Idempotent: submitting twice creates one appeal.
   * @throws Forbidden if the decision cannot be appealed, or an earlier appeal was answered
   */
  async make(viewer: Viewer, decision: StatementRow, statement: string): Promise<void> {
    const { memberId } = viewer;
    const existing = await this.sql.first(ownAppeal, {
      decisionId: decision.id,
      viewerId: memberId,
    });
    const obstacle = appealObstacle(decision, false, this.clock.now());
    if (existing === null && obstacle !== null)
      throw new Forbidden(`moderation.error.appeal-${obstacle}`);
    await this.database.inTransaction(async (tx) => {
      await executeIn(tx, 'select 1 from decisions where id = :decisionId for update', {
        decisionId: decision.id,
      });
      const [known] = await queryIn<{ id: string }>(
        tx,
        'select id from appeals where decision_id = :decisionId and appellant_id = :memberId',
        { decisionId: decision.id, memberId },
      );
      if (known !== undefined) return;
      const caseId = await this.caseFor(tx, decision);
      await executeIn(
        tx,
        `
          insert into appeals (decision_id, case_id, appellant_id, appellant, statement, created_at)
          values (:decisionId, :caseId, :memberId, :as, :statement, :now)
        `,
        {
          decisionId: decision.id,
          caseId,
          memberId,
          as: decision.as,
          statement,
          now: this.clock.now(),
        },
      );
      await this.auditLog.write(tx, null, {
        action: 'appeal.made',
        caseId,
        postId: decision.postId,
        communityId: decision.communityId,
      });
    });
  }

  private async caseFor(tx: Tx, decision: StatementRow): Promise<string> {
    const paused = decision.action === 'suspend';
    const opened = await this.cases.open(tx, {
      subject: { kind: 'appeal', decisionId: decision.id },
      communityId: decision.communityId,
      tier: 'none',
      reasons: [{ source: 'appeal', reason: decision.as }],
      target: paused ? ANSWER_SOON : ANSWER,
    });
    const [row] = await queryIn<{ state: string }>(
      tx,
      'select state from review_cases where id = :openedId',
      { openedId: opened.id },
    );
    if (row?.state === 'closed') throw new Forbidden('moderation.error.heard');
    return opened.id;
  }
}
