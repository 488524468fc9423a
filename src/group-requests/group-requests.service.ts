import { Injectable } from '@nestjs/common';
import { SiteSettings } from '../http/site-settings.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { FieldError, NotFound } from '../kernel/errors.js';
import { Outbox } from '../outbox/outbox.js';
import { groupRequestAnswered } from './group-requests.events.js';
import type { GroupAnswer, GroupRequestForm } from './group-requests.dto.js';

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
  ) {}

  /** The same wish, sent twice while it waits, is one. @returns its id */
  async ask(viewer: Viewer, form: GroupRequestForm): Promise<string> {
    if (!this.settings.current.groupRequestsOpen)
      throw new FieldError('wish', 'finding.error.closed');
    return this.database.inTransaction(async (tx) => {
      await tx.query('select 1 from members where id = $1 for update', [viewer.memberId]);
      const open = (await tx.query(
        'select id, wish, why from group_requests where member_id = $1 and answered_at is null',
        [viewer.memberId],
      )) as { id: string; wish: string; why: string }[];
      const same = open.find(({ wish, why }) => wish === form.wish && why === form.why);
      if (same !== undefined) return same.id;
      if (open.length >= MOST_OPEN) throw new FieldError('wish', 'finding.error.many');
      const [row] = (await tx.query(
        `
          insert into group_requests (member_id, wish, why, created_at)
          values ($1, $2, $3, $4)
          returning id
        `,
        [viewer.memberId, form.wish, form.why, this.clock.now()],
      )) as [{ id: string }];
      return row.id;
    });
  }

  /** The first answer stands. @returns false where somebody answered before */
  async answer(viewer: Viewer, id: string, form: GroupAnswer): Promise<boolean> {
    if (viewer.role !== 'admin') throw new NotFound();
    return this.database.inTransaction(async (tx) => {
      const [, changed] = (await tx.query(
        `
          update group_requests
          set outcome = $2, answer = $3, answered_by = $4, answered_at = $5
          where id = $1 and answered_at is null
        `,
        [id, form.outcome, form.answer, viewer.memberId, this.clock.now()],
      )) as [unknown, number];
      if (changed === 0) {
        const [known] = (await tx.query('select 1 from group_requests where id = $1', [
          id,
        ])) as object[];
        if (known === undefined) throw new NotFound();
        return false;
      }
      await tx.query(
        `
          insert into moderation_log (actor_id, deed, detail, created_at)
          values ($1, 'group-request.answered', $2, $3)
        `,
        [
          viewer.memberId,
          JSON.stringify({ requestId: id, outcome: form.outcome }),
          this.clock.now(),
        ],
      );
      await this.outbox.append(tx, groupRequestAnswered({ requestId: id }));
      return true;
    });
  }
}
