import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { FieldError, NotFound, throwIfInvalid } from '../../kernel/errors.js';
import { runIdempotent } from '../../kernel/sent-once.js';
import { Sql, executeIn, queryIn } from '../../kernel/sql.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import type { Exposure } from '../core/exposure.js';
import { Exposures } from '../core/exposure.service.js';
import { spanOf, weekOf, type Week } from './shift-times.js';
import type { ShiftForm } from './shifts.dto.js';
import {
  moderatedCommunities,
  debriefRequests,
  handovers,
  moderatorNamed,
  shiftsBetween,
  type ModeratedCommunity,
  type DebriefRequestRow,
  type HandoverRow,
  type ShiftRow,
} from './shifts.queries.js';

const PLACES = 40;

export interface ShiftCalendar {
  now: Date;
  week: Week;
  /** The shifts of the week and of the two days before it. */
  shifts: ShiftRow[];
  places: ModeratedCommunity[];
  /** Shifts that are running now. */
  current: ShiftRow[];
  /** Null unless the viewer is staff or currently leads. */
  team: TeamCare | null;
}

/**
 * The state of the others on shift: whether a limit is reached, never a figure, and who would like
 * to talk.
 */
export interface TeamCare {
  people: { handle: string; limit: Exposure['limit'] }[];
  debriefs: DebriefRequestRow[];
}

/** The on-call calendar. Moderators enter their own shifts, staff anybody's. */
@Injectable()
export class Shifts {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly exposures: Exposures,
  ) {}

  /**
   * @param day any day of the week, `2026-11-25`; anything else means this week
   * @param zone IANA name of the zone in which the week begins
   */
  async calendar(viewer: Viewer, day: string | undefined, zone: string): Promise<ShiftCalendar> {
    const now = this.clock.now();
    const week = weekOf(day, now, zone);
    const reader = { viewerId: viewer.memberId, isStaff: isStaff(viewer) };
    const [shifts, places, current] = await Promise.all([
      this.sql.rows(shiftsBetween, { ...reader, from: later(week.from, -2 * DAY), to: week.to }),
      this.sql.rows(moderatedCommunities, { ...reader, limit: PLACES }),
      this.current(viewer),
    ]);
    const team =
      isStaff(viewer) || current.some(isOwnLead) ? await this.teamCare(viewer, current) : null;
    return { now, week, shifts, places, current, team };
  }

  /** Whether the viewer currently leads the shift. */
  async leads(viewer: Viewer): Promise<boolean> {
    return (await this.current(viewer)).some(isOwnLead);
  }

  /** Colleagues' handover notes of the last day, newest first. */
  handovers(viewer: Viewer): Promise<HandoverRow[]> {
    return this.sql.rows(handovers, {
      viewerId: viewer.memberId,
      isStaff: isStaff(viewer),
      since: later(this.clock.now(), -DAY),
    });
  }

  /**
   * Enters a shift. Idempotent: submitting twice creates one shift.
   * @param zone IANA name of the zone in which the form's times are read
   * @throws FieldError if the time is past, overlaps another shift, or the handle is unknown
   */
  async enter(viewer: Viewer, form: ShiftForm, zone: string): Promise<void> {
    const span = spanOf(form.day, form.from, form.to, zone);
    const member = await this.memberOf(viewer, form.member.replace(/^@/, ''));
    const faults = 'fault' in member ? [{ field: 'member', key: member.fault }] : [];
    if (span === null) faults.push({ field: 'day', key: 'moderation.error.shift-day' });
    // Read as "until the next day", a typing error would put somebody on call for 24 hours.
    else if (form.from === form.to)
      faults.push({ field: 'to', key: 'moderation.error.shift-empty' });
    else if (span.to <= this.clock.now())
      faults.push({ field: 'day', key: 'moderation.error.shift-over' });
    throwIfInvalid(faults);
    if (span === null || 'fault' in member) return;
    const { memberId } = member;
    await this.database.inTransaction(async (tx) => {
      await executeIn(tx, 'select 1 from members where id = :memberId for update', { memberId });
      const others = await queryIn<{ duty: string; from: Date; to: Date }>(
        tx,
        `
          select duty, starts_at as "from", ends_at as "to"
          from shifts
          where member_id = :memberId and starts_at < :endsAt and ends_at > :startsAt
        `,
        { memberId, startsAt: span.from, endsAt: span.to },
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

  /** Removes one's own shift, or anybody's for staff. @throws NotFound for any other */
  async remove(viewer: Viewer, id: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const removed = await executeIn(
        tx,
        'delete from shifts where id = :id and (:isStaff or member_id = :viewerId)',
        { id, viewerId: viewer.memberId, isStaff: isStaff(viewer) },
      );
      if (removed === 0) throw new NotFound();
    });
  }

  /** Leaves a note for the next shift. Submitting it twice within ten minutes stores it once. */
  async handOver(viewer: Viewer, body: string): Promise<void> {
    const { memberId } = viewer;
    const now = this.clock.now();
    await this.database.inTransaction((tx) =>
      runIdempotent(tx, { memberId, what: 'hand-over', words: [body] }, now, () =>
        executeIn(
          tx,
          `
            insert into handovers (author_id, body, created_at)
            values (:memberId, :body, :now)
          `,
          { memberId, body, now },
        ),
      ),
    );
  }

  private current(viewer: Viewer): Promise<ShiftRow[]> {
    const now = this.clock.now();
    return this.sql.rows(shiftsBetween, {
      viewerId: viewer.memberId,
      isStaff: isStaff(viewer),
      from: now,
      to: now,
    });
  }

  private async teamCare(viewer: Viewer, current: readonly ShiftRow[]): Promise<TeamCare> {
    const others = current.filter(({ mine }) => !mine);
    const [exposures, debriefs] = await Promise.all([
      this.exposures.ofEach(
        others.map(({ memberId }) => memberId),
        this.clock.now(),
      ),
      this.sql.rows(debriefRequests, { viewerId: viewer.memberId, isStaff: isStaff(viewer) }),
    ]);
    return {
      people: others.map(({ handle }, at) => ({ handle, limit: exposures[at]?.limit ?? 'none' })),
      debriefs,
    };
  }

  private async memberOf(
    viewer: Viewer,
    handle: string,
  ): Promise<{ memberId: string } | { fault: string }> {
    if (handle === '' || handle.toLowerCase() === viewer.handle.toLowerCase())
      return { memberId: viewer.memberId };
    if (!isStaff(viewer)) return { fault: 'moderation.error.shift-others' };
    const found = await this.sql.first(moderatorNamed, { handle });
    return found === null ? { fault: 'moderation.error.shift-nobody' } : { memberId: found.id };
  }
}

function isOwnLead({ mine, duty }: ShiftRow): boolean {
  return mine && duty === 'lead';
}
