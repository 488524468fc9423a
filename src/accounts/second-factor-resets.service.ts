import { Injectable } from '@nestjs/common';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { FieldError, Forbidden, NotFound } from '../kernel/errors.js';
import { Sql, statement, executeIn, findIn, queryIn } from '../kernel/sql.js';
import { AuditLog } from '../review/audit-log.js';
import { SecondFactor } from './second-factor.service.js';

export interface ResetRequest {
  id: string;
  handle: string;
  who: string;
  reason: string;
  createdAt: Date;
  /** The viewer made the request, so somebody else must decide. */
  mine: boolean;
}

const open = statement<{ viewerId: string }, ResetRequest>(
  'accounts.second-factor-resets',
  `
    select r.id, m.handle::text, a.handle::text as who, r.reason, r.created_at as "createdAt",
      r.asked_by = :viewerId as mine
    from second_factor_resets r
    join members m on m.id = r.member_id
    join members a on a.id = r.asked_by
    where r.settled_at is null
    order by r.id
  `,
);

/**
 * Removes a lost second factor: an administrator requests it, a second moderator or administrator
 * approves, and both are in the audit log.
 */
@Injectable()
export class SecondFactorResets {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly auditLog: AuditLog,
    private readonly secondFactor: SecondFactor,
  ) {}

  open(viewer: Viewer): Promise<ResetRequest[]> {
    return this.sql.rows(open, { viewerId: viewer.memberId });
  }

  /**
   * Idempotent.
   * @throws FieldError if nobody has the handle, or no second factor is set up
   */
  async ask(viewer: Viewer, handle: string, reason: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const member = await findIn<{ id: string }>(
        tx,
        `
          select id
          from members
          where handle = :handle::citext
            and closed_at is null
            and second_factor_since is not null
        `,
        { handle },
      );
      if (member === null) throw new FieldError('handle', 'accounts.error.reset-handle');
      if (member.id === viewer.memberId) throw new FieldError('handle', 'accounts.error.reset-own');
      const asked = await queryIn<{ id: string }>(
        tx,
        `
          insert into second_factor_resets (member_id, asked_by, reason, created_at)
          values (:memberId, :viewerId, :reason, :now)
          on conflict do nothing
          returning id
        `,
        { memberId: member.id, viewerId: viewer.memberId, reason, now: this.clock.now() },
      );
      if (asked.length === 0) return;
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'member.second-factor-reset-asked',
        memberId: member.id,
        reason,
      });
    });
  }

  /** Must be called by a second person, who is not the owner of the second factor. */
  async settle(viewer: Viewer, id: string, allowed: boolean): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const request = await findIn<{ memberId: string; askedBy: string }>(
        tx,
        `
          select member_id as "memberId", asked_by as "askedBy"
          from second_factor_resets
          where id = :id and settled_at is null
          for update
        `,
        { id },
      );
      if (request === null) throw new NotFound();
      if ([request.askedBy, request.memberId].includes(viewer.memberId))
        throw new Forbidden('moderation.error.same-person');
      await executeIn(
        tx,
        `
          update second_factor_resets
          set settled_by = :viewerId, settled_at = :now, allowed = :allowed
          where id = :id
        `,
        { id, viewerId: viewer.memberId, now: this.clock.now(), allowed },
      );
      if (allowed) await this.secondFactor.reset(tx, request.memberId);
      await this.auditLog.write(tx, viewer.memberId, {
        action: allowed ? 'member.second-factor-reset' : 'member.second-factor-reset-refused',
        memberId: request.memberId,
      });
    });
  }
}
