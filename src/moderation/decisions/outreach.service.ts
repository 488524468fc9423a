import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { NotFound } from '../../kernel/errors.js';
import type { Viewer } from '../../http/viewer.js';
import { Outbox } from '../../outbox/outbox.js';
import { ReviewCases } from '../../review/review-cases.js';
import { CaseAccess } from '../core/case-access.js';
import { teamMessageSent } from '../core/moderation.events.js';
import { AuditLog } from '../../review/audit-log.js';
import type { StatementRow } from './statement.queries.js';
import { runIdempotent } from '../../kernel/sent-once.js';
import { executeIn, queryIn, getIn } from '../../kernel/sql.js';

/**
 * Messages between a member and the team under a decision, on the site only. The team signs as the
 * team, never as a person.
 */
@Injectable()
export class Outreach {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly cases: ReviewCases,
    private readonly caseAccess: CaseAccess,
    private readonly auditLog: AuditLog,
  ) {}

  /** Puts the case back into the queue, as the member is waiting for an answer. */
  async fromMember(viewer: Viewer, decision: StatementRow, body: string): Promise<void> {
    const sent = { memberId: viewer.memberId, what: 'message', words: [decision.id, body] };
    await this.database.inTransaction((tx) =>
      runIdempotent(tx, sent, this.clock.now(), async () => {
        await executeIn(
          tx,
          `
          insert into decision_messages (decision_id, author_id, from_team, body, created_at)
          values (:decisionId, :viewerId, false, :body, :now)
        `,
          { decisionId: decision.id, viewerId: viewer.memberId, body, now: this.clock.now() },
        );
        const [row] = await queryIn<{ kind: string; state: string }>(
          tx,
          'select kind, state from review_cases where id = :caseId',
          { caseId: decision.caseId },
        );
        if (row?.state === 'open') {
          await executeIn(
            tx,
            `
            insert into case_reasons (case_id, source, reason, created_at)
            values (:caseId, 'author', 'message', :now)
            on conflict
            do nothing
          `,
            { caseId: decision.caseId, now: this.clock.now() },
          );
          await executeIn(tx, 'update review_cases set version = version + 1 where id = :caseId', {
            caseId: decision.caseId,
          });
        } else if (decision.postId !== null) {
          await this.cases.open(tx, {
            subject: { kind: 'post', postId: decision.postId },
            communityId: decision.communityId,
            tier: 'watch',
            reasons: [{ source: 'author', reason: 'message' }],
          });
        } else {
          await this.cases.open(tx, {
            subject: { kind: 'member', memberId: viewer.memberId },
            communityId: decision.communityId,
            tier: 'watch',
            reasons: [{ source: 'author', reason: 'message' }],
          });
        }
      }),
    );
  }

  /** @throws NotFound if the decision does not belong to the case */
  async fromTeam(viewer: Viewer, caseId: string, decisionId: string, body: string): Promise<void> {
    const access = await this.caseAccess.load(viewer, caseId);
    await this.database.inTransaction(async (tx) => {
      // The decision must be of this case, be appealed by it, or concern the same post.
      const [known] = await queryIn<{ id: string }>(
        tx,
        `
          select d.id
          from decisions d
          where d.id = :decisionId
            and (d.case_id = :caseId or d.id = :appealedId or d.post_id = :postId)
            and d.member_id is not null
        `,
        { decisionId, caseId, appealedId: access.decisionId, postId: access.postId },
      );
      if (known === undefined) throw new NotFound();
      const sent = { memberId: viewer.memberId, what: 'message', words: [decisionId, body] };
      await runIdempotent(tx, sent, this.clock.now(), async () => {
        const row = await getIn<{ id: string }>(
          tx,
          `
          insert into decision_messages (decision_id, author_id, from_team, body, created_at)
          values (:decisionId, :viewerId, true, :body, :now)
          returning id
        `,
          { decisionId, viewerId: viewer.memberId, body, now: this.clock.now() },
        );
        await this.auditLog.write(tx, viewer.memberId, {
          action: 'team.wrote',
          caseId,
          postId: access.postId,
          communityId: access.communityId,
        });
        await this.outbox.append(tx, teamMessageSent({ decisionId, messageId: row.id }));
      });
    });
  }
}
