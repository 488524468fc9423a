import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { requireAdmin } from '../http/guards.js';
import { SiteSettings } from '../http/site-settings.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Database, insertOne } from '../kernel/database.js';
import { Conflict, FieldError, NotFound } from '../kernel/errors.js';
import { Outbox } from '../outbox/outbox.js';
import { GroupRequest } from './group-request.entity.js';
import { AuditLog } from '../review/audit-log.js';
import { groupRequestAnswered } from './group-requests.events.js';
import type { GroupAnswer, GroupRequestForm } from './group-requests.dto.js';
import { executeIn, queryIn, Sql } from '../kernel/sql.js';
import {
  allRequests,
  oneRequest,
  ownRequest,
  ownRequests,
  type RequestRow,
} from './group-requests.queries.js';

/** Maximum number of pending requests for each member, as people have to answer them. */
const MAX_OPEN_REQUESTS = 5;

/** Members' requests for groups that do not exist yet. Staff answer each in writing. */
@Injectable()
export class GroupRequests {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly settings: SiteSettings,
    private readonly auditLog: AuditLog,
  ) {}

  /** The viewer's own, newest first. */
  own(viewer: Viewer): Promise<RequestRow[]> {
    return this.sql.rows(ownRequests, { memberId: viewer.memberId });
  }

  /** @throws NotFound for a request that is not the viewer's */
  async loadOwn(viewer: Viewer, id: string): Promise<RequestRow> {
    const request = await this.sql.first(ownRequest, { id, memberId: viewer.memberId });
    if (request === null) throw new NotFound();
    return request;
  }

  /** For staff: pending requests, longest waiting first, followed by recently answered ones. */
  all(viewer: Viewer): Promise<RequestRow[]> {
    requireAdmin(viewer);
    return this.sql.rows(allRequests);
  }

  /** For staff. @throws NotFound if there is no such request */
  async load(viewer: Viewer, id: string): Promise<RequestRow> {
    requireAdmin(viewer);
    const request = await this.sql.first(oneRequest, { id });
    if (request === null) throw new NotFound();
    return request;
  }

  /**
   * Creates a request. Idempotent while an identical one is pending.
   * @returns its id
   * @throws FieldError if requests are closed, or the member has too many pending
   */
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
      if (open.length >= MAX_OPEN_REQUESTS) throw new FieldError('wish', 'finding.error.many');
      const { wish, why } = form;
      return insertOne(tx, GroupRequest, {
        memberId: viewer.memberId,
        wish,
        why,
        createdAt: this.clock.now(),
      });
    });
  }

  /**
   * Stores the first answer only; the same answer sent twice is one.
   * @throws Conflict if somebody has already answered otherwise
   */
  async answer(viewer: Viewer, id: string, form: GroupAnswer): Promise<void> {
    requireAdmin(viewer);
    await this.database.inTransaction(async (tx) => {
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
        const answered = await requests.findOneBy({ id });
        if (answered === null) throw new NotFound();
        if (answered.outcome === form.outcome && answered.answer === form.answer) return;
        throw new Conflict('finding.error.answered-before');
      }
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'group-request.answered',
        detail: { requestId: id, outcome: form.outcome },
      });
      await this.outbox.append(tx, groupRequestAnswered({ requestId: id }));
    });
  }
}
