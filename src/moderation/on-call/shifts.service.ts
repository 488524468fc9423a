import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { FieldError, NotFound } from '../../kernel/errors.js';
import { Sql, executeIn, queryIn } from '../../kernel/sql.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { spanOf } from './shift-times.js';
import type { ShiftForm } from './shifts.dto.js';
import { moderatorNamed } from './shifts.queries.js';

/** Who is on call when: entered by moderators for themselves, by staff for anybody. */
@Injectable()
export class Shifts {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** @param zone where the times are meant. Sent twice, it is one shift. @throws FieldError */
  async enter(viewer: Viewer, form: ShiftForm, zone: string): Promise<void> {
    const span = spanOf(form.day, form.from, form.to, zone);
    if (span === null) throw new FieldError('day', 'moderation.error.shift-day');
    if (span.to <= this.clock.now()) throw new FieldError('day', 'moderation.error.shift-over');
    const memberId = await this.whose(viewer, form.member.replace(/^@/, ''));
    await this.database.inTransaction(async (tx) => {
      await executeIn(tx, 'select 1 from members where id = :memberId for update', { memberId });
      const others = await queryIn<{ duty: string; from: Date; to: Date }>(
        tx,
        `
          select duty, starts_at as "from", ends_at as "to"
          from shifts
          where member_id = :memberId and starts_at < :value3 and ends_at > :value2
        `,
        { memberId, value2: span.from, value3: span.to },
      );
      if (
        others.some(
          (one) =>
            one.duty === form.duty &&
            one.from.getTime() === span.from.getTime() &&
            one.to.getTime() === span.to.getTime(),
        )
      )
        return;
      if (others.length > 0) throw new FieldError('from', 'moderation.error.shift-overlaps');
      await executeIn(
        tx,
        `
          insert into shifts (member_id, duty, starts_at, ends_at, entered_by, created_at)
          values (:memberId, :duty, :startsAt, :endsAt, :viewerId, :now)
        `,
        {
          memberId,
          duty: form.duty,
          startsAt: span.from,
          endsAt: span.to,
          viewerId: viewer.memberId,
          now: this.clock.now(),
        },
      );
    });
  }

  /** One's own; for staff anybody's. */
  async remove(viewer: Viewer, id: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const gone = await queryIn<object>(
        tx,
        'delete from shifts where id = :id and (:isStaff or member_id = :viewerId) returning id',
        { id, viewerId: viewer.memberId, isStaff: isStaff(viewer) },
      );
      if (gone.length === 0) throw new NotFound();
    });
  }

  async handOver(viewer: Viewer, body: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const now = this.clock.now();
      await executeIn(
        tx,
        `
          insert into handovers (author_id, body, created_at)
          select :viewerId, :body, :now::timestamptz
          where not exists (select 1
            from handovers h
            where h.author_id = :viewerId
              and h.body = :body
              and h.created_at > :now::timestamptz - interval '1 hour')
        `,
        { viewerId: viewer.memberId, body, now },
      );
    });
  }

  private async whose(viewer: Viewer, handle: string): Promise<string> {
    if (handle === '' || handle.toLowerCase() === viewer.handle.toLowerCase())
      return viewer.memberId;
    if (!isStaff(viewer)) throw new FieldError('member', 'moderation.error.shift-others');
    const found = await this.sql.first(moderatorNamed, { handle });
    if (found === null) throw new FieldError('member', 'moderation.error.shift-nobody');
    return found.id;
  }
}
