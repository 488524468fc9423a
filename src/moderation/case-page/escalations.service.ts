import { Injectable } from '@nestjs/common';
import { Matches, MaxLength } from 'class-validator';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { Forbidden, NotFound } from '../../kernel/errors.js';
import { runIdempotent } from '../../kernel/sent-once.js';
import { Sql, statement, executeIn, queryIn } from '../../kernel/sql.js';
import type { Viewer } from '../../http/viewer.js';
import { Outbox } from '../../outbox/outbox.js';
import { caseRaised } from '../../review/cases.events.js';
import { CaseAccess } from '../core/case-access.js';
import { AuditLog } from '../../review/audit-log.js';

export class EscalationForm {
  /** The organisation or person that was contacted. */
  @Matches(/\S/, { message: 'moderation.error.told' })
  @MaxLength(200, { message: 'moderation.error.told' })
  told = '';

  @Matches(/\S/, { message: 'moderation.error.said' })
  @MaxLength(4_000, { message: 'moderation.error.note-long' })
  said = '';

  @Matches(/\S/, { message: 'moderation.error.shared' })
  @MaxLength(2_000, { message: 'moderation.error.note-long' })
  shared = '';

  @MaxLength(4_000, { message: 'moderation.error.note-long' })
  outcome = '';
}

export interface EscalationRow {
  id: string;
  told: string;
  said: string;
  shared: string;
  outcome: string;
  who: string | null;
  second: string | null;
  mine: boolean;
  at: Date;
}

export const escalationsOf = statement<{ caseId: string; viewerId: string }, EscalationRow>(
  'moderation.escalations',
  `
    select e.id, e.told, e.said, e.shared, e.outcome, m.handle::text as who,
      s.handle::text as second, coalesce(e.recorded_by = :viewerId, false) as mine,
      e.created_at as at
   from escalations e
   left join members m on m.id = e.recorded_by
   left join members s on s.id = e.second_id
   where e.case_id = :caseId
   order by e.id`,
);

/**
 * Records of contact with outside services: who was contacted, what was said, which data was
 * shared, and the outcome. A second person confirms each record.
 */
@Injectable()
export class Escalations {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly caseAccess: CaseAccess,
    private readonly auditLog: AuditLog,
  ) {}

  of(viewer: Viewer, caseId: string): Promise<EscalationRow[]> {
    return this.sql.rows(escalationsOf, { caseId, viewerId: viewer.memberId });
  }

  /** Sent twice within ten minutes, it is one. @throws NotFound for a case the viewer may not see */
  async record(viewer: Viewer, caseId: string, form: EscalationForm): Promise<void> {
    const access = await this.caseAccess.load(viewer, caseId);
    const { told, said, shared, outcome } = form;
    const record = { caseId, told, said, shared, outcome };
    const sent = { memberId: viewer.memberId, what: 'escalation', words: Object.values(record) };
    const now = this.clock.now();
    await this.database.inTransaction((tx) =>
      runIdempotent(tx, sent, now, async () => {
        await executeIn(
          tx,
          `
            insert into escalations (case_id, recorded_by, told, said, shared, outcome, happened_at,
              created_at)
            values (:caseId, :viewerId, :told, :said, :shared, :outcome, :now, :now)
          `,
          { ...record, viewerId: viewer.memberId, now },
        );
        await this.auditLog.write(tx, viewer.memberId, {
          action: 'escalation.recorded',
          caseId,
          communityId: access.communityId,
        });
        await this.outbox.append(tx, caseRaised({ caseId }));
      }),
    );
  }

  /** @throws Forbidden for the member who made the record */
  async second(viewer: Viewer, caseId: string, id: string): Promise<void> {
    const access = await this.caseAccess.load(viewer, caseId);
    await this.database.inTransaction(async (tx) => {
      const [row] = await queryIn<{ recordedBy: string | null; secondId: string | null }>(
        tx,
        `
          select recorded_by as "recordedBy", second_id as "secondId"
          from escalations
          where id = :id and case_id = :caseId
          for update
        `,
        { id, caseId },
      );
      if (row === undefined) throw new NotFound();
      if (row.recordedBy === viewer.memberId) throw new Forbidden('moderation.error.same-person');
      if (row.secondId !== null) return;
      await executeIn(
        tx,
        'update escalations set second_id = :viewerId, second_at = :now where id = :id',
        { id, viewerId: viewer.memberId, now: this.clock.now() },
      );
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'escalation.seconded',
        caseId,
        communityId: access.communityId,
      });
    });
  }
}
