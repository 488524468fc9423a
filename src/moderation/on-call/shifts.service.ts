import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { FieldError, NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
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
      await tx.query('select 1 from members where id = $1 for update', [memberId]);
      const others = (await tx.query(
        `
          select duty, starts_at as "from", ends_at as "to"
          from shifts
          where member_id = $1 and starts_at < $3 and ends_at > $2
        `,
        [memberId, span.from, span.to],
      )) as { duty: string; from: Date; to: Date }[];
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
      await tx.query(
        `
          insert into shifts (member_id, duty, starts_at, ends_at, entered_by, created_at)
          values ($1, $2, $3, $4, $5, $6)
        `,
        [memberId, form.duty, span.from, span.to, viewer.memberId, this.clock.now()],
      );
    });
  }

  /** One's own; for staff anybody's. */
  async remove(viewer: Viewer, id: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const [gone] = (await tx.query(
        'delete from shifts where id = $1 and ($3 or member_id = $2) returning id',
        [id, viewer.memberId, isStaff(viewer)],
      )) as [unknown[], number];
      if (gone.length === 0) throw new NotFound();
    });
  }

  async handOver(viewer: Viewer, body: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const now = this.clock.now();
      await tx.query(
        `
          insert into handovers (author_id, body, created_at)
          select $1, $2, $3::timestamptz
          where not exists (select 1
            from handovers h
            where h.author_id = $1
              and h.body = $2
              and h.created_at > $3::timestamptz - interval '1 hour')
        `,
        [viewer.memberId, body, now],
      );
    });
  }

  private async whose(viewer: Viewer, handle: string): Promise<string> {
    if (handle === '' || handle.toLowerCase() === viewer.handle.toLowerCase())
      return viewer.memberId;
    if (!isStaff(viewer)) throw new FieldError('member', 'moderation.error.shift-others');
    const found = await this.sql.first(moderatorNamed, [handle]);
    if (found === null) throw new FieldError('member', 'moderation.error.shift-nobody');
    return found.id;
  }
}
