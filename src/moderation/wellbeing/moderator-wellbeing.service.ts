import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { NotFound } from '../../kernel/errors.js';
import { Sql, executeIn } from '../../kernel/sql.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import type { AccessibleCase } from '../core/case-access.js';
import type { Exposure } from '../core/exposure.js';
import { Exposures } from '../core/exposure.service.js';
import {
  isMutedTopic,
  ownDebrief,
  wellbeing,
  type DebriefRow,
  type WellbeingRow,
} from '../core/wellbeing.queries.js';
import { isColleagueSql } from '../on-call/shifts.queries.js';
import { Shifts } from '../on-call/shifts.service.js';

/** Moderators' own limits. They forbid nothing: a hard text only asks for confirmation first. */
@Injectable()
export class ModeratorWellbeing {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly exposures: Exposures,
    private readonly shifts: Shifts,
  ) {}

  async of(viewer: Viewer): Promise<{ settings: WellbeingRow; exposure: Exposure }> {
    const [settings, exposure] = await Promise.all([
      this.sql.first(wellbeing, { memberId: viewer.memberId }),
      this.exposures.of(viewer.memberId, this.clock.now()),
    ]);
    return { settings: settings ?? { topics: [], mail: true }, exposure };
  }

  /** The viewer's own debrief answers for a case; null if they requested none. */
  debrief(viewer: Viewer, caseId: string): Promise<DebriefRow | null> {
    return this.sql.first(ownDebrief, { id: caseId, memberId: viewer.memberId });
  }

  /** @param topics muted ones, as `source.reason` @param mail whether to send alarms by email */
  async choose(viewer: Viewer, topics: readonly string[], mail: boolean): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      await executeIn(
        tx,
        'delete from topic_opt_outs where member_id = :viewerId and topic <> all(:topics::text[])',
        { viewerId: viewer.memberId, topics },
      );
      await executeIn(
        tx,
        `
          insert into topic_opt_outs (member_id, topic)
          select :viewerId, unnest(:topics::text[])
          on conflict
          do nothing
        `,
        { viewerId: viewer.memberId, topics },
      );
      await executeIn(
        tx,
        `
          insert into alarm_settings (member_id, mail)
          values (:viewerId, :mail)
          on conflict (member_id)
          do update set mail = excluded.mail
        `,
        { viewerId: viewer.memberId, mail },
      );
    });
  }

  /**
   * Why a text needs confirmation before it opens: the viewer muted the topic, or has read too much
   * in this shift. Null if it opens at once.
   */
  async confirmBefore(viewer: Viewer, access: AccessibleCase): Promise<'spared' | 'stop' | null> {
    const muted = await this.sql.first(isMutedTopic, {
      memberId: viewer.memberId,
      caseId: access.id,
    });
    if (muted?.spared === true) return 'spared';
    if (access.tier !== 'crisis') return null;
    const { limit } = await this.exposures.of(viewer.memberId, this.clock.now());
    return limit === 'stop' ? 'stop' : null;
  }

  /**
   * Requests a debrief. A second request replaces the answers, and reopens a debrief that was held.
   */
  async requestDebrief(viewer: Viewer, caseId: string, lines: string[]): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      await executeIn(
        tx,
        `
          insert into debriefs (case_id, member_id, lines, asked_at)
          values (:caseId, :viewerId, :lines, :now)
         on conflict (case_id, member_id)
         do update set lines = excluded.lines, asked_at = excluded.asked_at, done_at = null,
           done_by = null`,
        { caseId, viewerId: viewer.memberId, lines, now: this.clock.now() },
      );
    });
  }

  /**
   * Marks a colleague's debrief as held.
   * @throws NotFound unless the viewer is staff or the current shift lead
   */
  async closeDebrief(viewer: Viewer, id: string): Promise<void> {
    if (!isStaff(viewer) && !(await this.shifts.leads(viewer))) throw new NotFound();
    await this.database.inTransaction(async (tx) => {
      const closed = await executeIn(
        tx,
        `
          update debriefs d
          set done_by = :viewerId, done_at = coalesce(d.done_at, :now)
          from members m
          where d.id = :id
            and m.id = d.member_id
            and d.member_id <> :viewerId
            and ${isColleagueSql('m', ':viewerId', ':isStaff')}
        `,
        { id, viewerId: viewer.memberId, isStaff: isStaff(viewer), now: this.clock.now() },
      );
      if (closed === 0) throw new NotFound();
    });
  }
}
