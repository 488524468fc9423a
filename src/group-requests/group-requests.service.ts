import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { requireAdmin } from '../http/guards.js';
import { SiteSettings } from '../http/site-settings.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Database, insertOne } from '../kernel/database.js';
import { FieldError, NotFound } from '../kernel/errors.js';
import { Outbox } from '../outbox/outbox.js';
import { GroupRequest } from './group-request.entity.js';
import { AuditLog } from '../review/audit-log.js';
import { groupRequestAnswered } from './group-requests.events.js';
import type { GroupAnswer, GroupRequestForm } from './group-requests.dto.js';
import { executeIn, queryIn } from '../kernel/sql.js';

/** More than this one member cannot wait for at a time: whoever answers is a person. */
const MOST_OPEN = 5;

/** Asking for a group that is missing. Staff answer each in writing. */
@Injectable()
export class GroupRequests {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly settings: SiteSettings,
    private readonly auditLog: AuditLog,
  ) {}

  /** The same wish, sent twice while it waits, is one. @returns its id */
  async ask(viewer: Viewer, form: GroupRequestForm): Promise<string> {
    if (!this.settings.current.groupRequestsOpen)
      throw new FieldError('wish', 'finding.error.closed');
    return this.database.inTransaction(async (tx) => {
      await executeIn(tx, 'select 1 from members where id = :viewerId for update', {
        viewerId: viewer.memberId,
      });
      const open = await queryIn<{ id: string; wish: string; why: string }>(
        tx,
        `
          select id, wish, why
          from group_requests
          where member_id = :viewerId and answered_at is null
        `,
        { viewerId: viewer.memberId },
      );
      const same = open.find(({ wish, why }) => wish === form.wish && why === form.why);
      if (same !== undefined) return same.id;
      if (open.length >= MOST_OPEN) throw new FieldError('wish', 'finding.error.many');
      const { wish, why } = form;
      return insertOne(tx, GroupRequest, {
        memberId: viewer.memberId,
        wish,
        why,
        createdAt: this.clock.now(),
      });
    });
  }

  /** The first answer stands. @returns false where somebody answered before */
  async answer(viewer: Viewer, id: string, form: GroupAnswer): Promise<boolean> {
    requireAdmin(viewer);
    return this.database.inTransaction(async (tx) => {
      const requests = tx.getRepository(GroupRequest);
      const { affected } = await requests.update(
        { id, answeredAt: IsNull() },
        {
          outcome: form.outcome,
          answer: form.answer,
          answeredBy: viewer.memberId,
          answeredAt: this.clock.now(),
        },
      );
      if (affected === 0) {
        if (!(await requests.existsBy({ id }))) throw new NotFound();
        return false;
      }
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'group-request.answered',
        detail: { requestId: id, outcome: form.outcome },
      });
      await this.outbox.append(tx, groupRequestAnswered({ requestId: id }));
      return true;
    });
  }
}
