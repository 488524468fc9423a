import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
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
      await tx.query(
        'delete from topic_opt_outs where member_id = $1 and topic <> all($2::text[])',
        [viewer.memberId, topics],
      );
      await tx.query(
        `
          insert into topic_opt_outs (member_id, topic)
          select $1, unnest($2::text[])
          on conflict
          do nothing
        `,
        [viewer.memberId, topics],
      );
      await tx.query(
        `
          insert into alarm_settings (member_id, mail)
          values ($1, $2)
          on conflict (member_id)
          do update set mail = excluded.mail
        `,
        [viewer.memberId, mail],
      );
    });
  }

  /**
   * Why a text asks once more before it opens: a topic that its reader is spared, or a shift that
   * has been too much.
   */
  async asksOnceMore(viewer: Viewer, access: AccessibleCase): Promise<'spared' | 'stop' | null> {
    const [row] = await this.sql.rows(isMutedTopic, [viewer.memberId, access.id]);
    if (row?.spared === true) return 'spared';
    if (access.tier !== 'crisis') return null;
    const now = this.clock.now();
    return exposureOf(await this.sql.rows(actionsInShift, [[viewer.memberId], now]), now).limit ===
      'stop'
      ? 'stop'
      : null;
  }

  /** Asked again, the newest lines stand, and a talk that took place is asked for anew. */
  async askForTalk(viewer: Viewer, caseId: string, lines: string[]): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      await tx.query(
        `insert into debriefs (case_id, member_id, lines, asked_at) values ($1, $2, $3, $4)
         on conflict (case_id, member_id)
         do update set lines = excluded.lines, asked_at = excluded.asked_at, done_at = null,
           done_by = null`,
        [caseId, viewer.memberId, lines, this.clock.now()],
      );
    });
  }

  async talked(viewer: Viewer, id: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const [gone] = (await tx.query(
        `
          update debriefs d
          set done_by = $2, done_at = coalesce(d.done_at, $4)
          from members m
          where d.id = $1
            and m.id = d.member_id
            and d.member_id <> $2
            and ${colleague('m', '$2', '$3')}
          returning d.id
        `,
        [id, viewer.memberId, isStaff(viewer), this.clock.now()],
      )) as [unknown[], number];
      if (gone.length === 0) throw new NotFound();
    });
  }
}
