import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { Forbidden, NotFound } from '../../kernel/errors.js';
import type { Viewer } from '../../http/viewer.js';
import { CaseAccess } from '../core/case-access.js';
import type { DecideForm } from './decide.dto.js';
import { Deciding } from './deciding.service.js';
import { AuditLog } from '../../review/audit-log.js';
import { queryIn, executeIn } from '../../kernel/sql.js';

/**
 * Four-eyes principle: a second person answers a proposal, or reviews a crisis that one person
 * closed.
 */
@Injectable()
export class DualControl {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly caseAccess: CaseAccess,
    private readonly deciding: Deciding,
    private readonly auditLog: AuditLog,
  ) {}

  /** @param answer `agree` carries out the proposed decision, `decline` discards it */
  async answerProposal(
    viewer: Viewer,
    caseId: string,
    answer: 'agree' | 'decline',
    note: string,
  ): Promise<void> {
    const access = await this.caseAccess.load(viewer, caseId);
    if (access.involved) throw new Forbidden('moderation.error.involved');
    await this.database.inTransaction(async (tx) => {
      const [row] = await queryIn<{ id: string; askedBy: string; form: DecideForm }>(
        tx,
        `
          select id, asked_by as "askedBy", form
          from proposals
          where case_id = :caseId and settled_at is null
          for update
        `,
        { caseId },
      );
      if (row === undefined) throw new NotFound();
      if (row.askedBy === viewer.memberId) throw new Forbidden('moderation.error.same-person');
      await executeIn(
        tx,
        `
          update proposals
          set settled_by = :viewerId, settled_at = :now, agreed = :agreed
          where id = :rowId
        `,
        {
          rowId: row.id,
          viewerId: viewer.memberId,
          now: this.clock.now(),
          agreed: answer === 'agree',
        },
      );
      await this.auditLog.write(tx, viewer.memberId, {
        action: answer === 'agree' ? 'case.seconded' : 'case.declined',
        caseId,
        communityId: access.communityId,
        reason: note,
      });
      if (answer === 'agree') await this.deciding.second(viewer, access, tx, row);
    });
  }

  /** @param answer `decline` reopens the case */
  async review(
    viewer: Viewer,
    caseId: string,
    answer: 'agree' | 'decline',
    note: string,
  ): Promise<void> {
    const access = await this.caseAccess.load(viewer, caseId);
    await this.database.inTransaction(async (tx) => {
      const [row] = await queryIn<{ id: string; actorId: string | null }>(
        tx,
        `
          select f.id, d.actor_id as "actorId"
          from follow_ups f
          join decisions d on d.id = f.decision_id
          where f.case_id = :caseId and f.done_at is null
          order by f.id
          limit 1
          for update of f
        `,
        { caseId },
      );
      if (row === undefined) throw new NotFound();
      if (row.actorId === viewer.memberId) throw new Forbidden('moderation.error.same-person');
      const now = this.clock.now();
      await executeIn(
        tx,
        `
          update follow_ups
          set done_by = :viewerId, done_at = :now, agreed = :agreed, note = :note
          where id = :rowId
        `,
        { rowId: row.id, viewerId: viewer.memberId, now, agreed: answer === 'agree', note },
      );
      if (answer === 'agree')
        await executeIn(
          tx,
          `
            update decisions
            set second_id = :viewerId
            where id = (select decision_id from follow_ups where id = :rowId)
          `,
          { rowId: row.id, viewerId: viewer.memberId },
        );
      else {
        // If the post already has another open case, no second one is opened.
        await executeIn(
          tx,
          `
            update review_cases rc
            set state = 'open', closed_at = null, outcome = null, version = version + 1
           where rc.id = :caseId
             and rc.state = 'closed'
             and not exists (select 1
               from review_cases o
               where o.state = 'open'
                 and o.kind = rc.kind
                 and o.id <> rc.id
                 and (o.post_id = rc.post_id
                   or o.member_id = rc.member_id
                   or o.strategy_id = rc.strategy_id))`,
          { caseId },
        );
      }
      await this.auditLog.write(tx, viewer.memberId, {
        action: answer === 'agree' ? 'case.second-look' : 'case.reopened',
        caseId,
        communityId: access.communityId,
        reason: note,
      });
    });
  }
}
