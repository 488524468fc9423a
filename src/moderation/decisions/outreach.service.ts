import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { NotFound } from '../../kernel/errors.js';
import type { Viewer } from '../../http/viewer.js';
import { Outbox } from '../../outbox/outbox.js';
import { ReviewCases } from '../../review/review-cases.js';
import { CaseAccess } from '../core/case-access.js';
import { teamWrote } from '../core/moderation.events.js';
import { AuditLog } from '../../review/audit-log.js';
import type { StatementRow } from './statement.queries.js';

/**
 * Messages between a member and the team, under a decision, inside the site alone. The team writes
 * as the team.
 */
@Injectable()
export class Outreach {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly cases: ReviewCases,
    private readonly door: CaseAccess,
    private readonly log: AuditLog,
  ) {}

  /** It comes back into the queue: somebody waits for an answer. */
  async fromMember(viewer: Viewer, decision: StatementRow, body: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      await tx.query(
        `
          insert into decision_messages (decision_id, author_id, from_team, body, created_at)
          values ($1, $2, false, $3, $4)
        `,
        [decision.id, viewer.memberId, body, this.clock.now()],
      );
      const [row] = (await tx.query('select kind, state from review_cases where id = $1', [
        decision.caseId,
      ])) as { kind: string; state: string }[];
      if (row?.state === 'open') {
        await tx.query(
          `
            insert into case_reasons (case_id, source, reason, created_at)
            values ($1, 'author', 'message', $2)
            on conflict
            do nothing
          `,
          [decision.caseId, this.clock.now()],
        );
        await tx.query('update review_cases set version = version + 1 where id = $1', [
          decision.caseId,
        ]);
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
    });
  }

  async fromTeam(viewer: Viewer, caseId: string, decisionId: string, body: string): Promise<void> {
    const access = await this.door.load(viewer, caseId);
    await this.database.inTransaction(async (tx) => {
      // Under this case's decision, one that it appeals, or one about the same post.
      const [known] = (await tx.query(
        `
          select d.id
          from decisions d
          where d.id = $1
            and (d.case_id = $2 or d.id = $3 or d.post_id = $4)
            and d.member_id is not null
        `,
        [decisionId, caseId, access.decisionId, access.postId],
      )) as { id: string }[];
      if (known === undefined) throw new NotFound();
      const [row] = (await tx.query(
        `
          insert into decision_messages (decision_id, author_id, from_team, body, created_at)
          values ($1, $2, true, $3, $4)
          returning id
        `,
        [decisionId, viewer.memberId, body, this.clock.now()],
      )) as [{ id: string }];
      await this.log.write(tx, viewer.memberId, {
        deed: 'team.wrote',
        caseId,
        postId: access.postId,
        communityId: access.communityId,
      });
      await this.outbox.append(tx, teamWrote({ decisionId, messageId: row.id }));
    });
  }
}
