import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { NotFound } from '../../kernel/errors.js';
import { Sql, executeIn, queryIn } from '../../kernel/sql.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import type { AccessibleCase } from '../core/case-access.js';
import { actionsInShift, exposureOf } from '../core/exposure.js';
import { isMutedTopic } from '../core/wellbeing.queries.js';
import { colleague } from '../on-call/shifts.queries.js';

/** Moderators' own limits. Nothing here is forbidden to anybody; it asks once more. */
@Injectable()
export class ModeratorWellbeing {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

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
   * Why a text asks once more before it opens: a topic that its reader is spared, or a shift that
   * has been too much.
   */
  async asksOnceMore(viewer: Viewer, access: AccessibleCase): Promise<'spared' | 'stop' | null> {
    const [row] = await this.sql.rows(isMutedTopic, {
      member: viewer.memberId,
      accessId: access.id,
    });
    if (row?.spared === true) return 'spared';
    if (access.tier !== 'crisis') return null;
    const now = this.clock.now();
    return exposureOf(await this.sql.rows(actionsInShift, { whose: [viewer.memberId], now }), now)
      .limit === 'stop'
      ? 'stop'
      : null;
  }

  /** Asked again, the newest lines stand, and a talk that took place is asked for anew. */
  async askForTalk(viewer: Viewer, caseId: string, lines: string[]): Promise<void> {
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

  async talked(viewer: Viewer, id: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const gone = await queryIn<object>(
        tx,
        `
          update debriefs d
          set done_by = :viewerId, done_at = coalesce(d.done_at, :now)
          from members m
          where d.id = :id
            and m.id = d.member_id
            and d.member_id <> :viewerId
            and ${colleague('m', ':viewerId', ':isStaff')}
          returning d.id
        `,
        { id, viewerId: viewer.memberId, isStaff: isStaff(viewer), now: this.clock.now() },
      );
      if (gone.length === 0) throw new NotFound();
    });
  }
}
