import { Injectable } from '@nestjs/common';
import { Database } from '../../kernel/database.js';
import { Sql, statement, type NoParams } from '../../kernel/sql.js';
import { Handles, type Job } from '../../queue/job.js';
import type { NoticeKindName } from '../preferences/notice-kinds.js';
import { Notifier } from './notifier.service.js';

interface Told {
  memberId: string;
  kind: NoticeKindName;
  subjectId: string;
}

/**
 * Who hears of a decision: the member it is about, whoever reported, and whoever appealed; each by
 * a line that leads to what they may read.
 */
const told = statement<{ decisionId: string }, Told>(
  'notifications.told-of-decision',
  `
    select d.member_id as "memberId", case d.action
      when 'publish' then 'post-published'
      when 'return' then 'post-returned'
      when 'reach-out' then 'reach-out'
      else 'decision' end as kind, d.id as "subjectId"
   from decisions d
   where d.id = :decisionId
     and d.member_id is not null
     and coalesce((d.detail->>'told')::boolean, false)
   union
   select r.reporter_id, 'report-answered', d.id
   from decisions d
   join reports r on r.case_id = d.case_id
     and r.reporter_id is not null
     and r.answered_at is not null
     and r.created_at <= d.created_at
   where d.id = :decisionId
     and d.action not in ('reach-out', 'escalate')
     and d.member_id is distinct from r.reporter_id
   union
   select a.appellant_id, 'appeal-answered', a.decision_id
   from decisions d
   join appeals a on a.case_id = d.case_id and a.appellant_id is not null and a.outcome is not null
   where d.id = :decisionId
   order by 1, 2`,
);

@Injectable()
@Handles('tell-of-decision', 'default')
export class NotifyDecisionJob implements Job<{ decisionId: string }> {
  constructor(
    private readonly sql: Sql,
    private readonly database: Database,
    private readonly telling: Notifier,
  ) {}

  async run(ids: { decisionId: string }): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      for (const { memberId, kind, subjectId } of await this.sql.rowsIn(tx, told, {
        decisionId: ids.decisionId,
      }))
        await this.telling.notify(tx, kind, { memberId, subjectId });
    });
  }
}

const concerned = statement<{ decisionId: string; messageId: string }, { memberId: string }>(
  'notifications.written-to',
  `
    select d.member_id as "memberId"
    from decisions d
    join decision_messages x on x.decision_id = d.id
    where d.id = :decisionId and x.id = :messageId and x.from_team and d.member_id is not null
  `,
);
// An earlier line that was read makes way, so that the member hears of the new one.
const again = statement<{ viewerId: string; decisionId: string; messageId: string }, object>(
  'notifications.written-again',
  `
    delete
    from notices n using decision_messages x
    where x.id = :messageId
      and n.member_id = :viewerId
      and n.subject_id = :decisionId
      and n.kind = 'reach-out'
      and n.read_at is not null
      and n.created_at < x.created_at
  `,
);

@Injectable()
@Handles('tell-of-team-message', 'default')
export class NotifyTeamMessageJob implements Job<{ decisionId: string; messageId: string }> {
  constructor(
    private readonly sql: Sql,
    private readonly database: Database,
    private readonly telling: Notifier,
  ) {}

  async run(ids: { decisionId: string; messageId: string }): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const [member] = await this.sql.rowsIn(tx, concerned, {
        decisionId: ids.decisionId,
        messageId: ids.messageId,
      });
      if (member === undefined) return;
      await this.sql.rowsIn(tx, again, {
        viewerId: member.memberId,
        decisionId: ids.decisionId,
        messageId: ids.messageId,
      });
      await this.telling.notify(tx, 'reach-out', {
        memberId: member.memberId,
        subjectId: ids.decisionId,
      });
    });
  }
}

const administrators = statement<NoParams, { memberId: string }>(
  'notifications.administrators',
  `select id as "memberId" from members where role = 'admin' and closed_at is null order by id`,
);

@Injectable()
@Handles('tell-of-unmasking', 'urgent')
export class NotifyUnmaskingJob implements Job<{ unmaskingId: string }> {
  constructor(
    private readonly sql: Sql,
    private readonly database: Database,
    private readonly telling: Notifier,
  ) {}

  async run(ids: { unmaskingId: string }): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      for (const { memberId } of await this.sql.rowsIn(tx, administrators))
        await this.telling.notify(tx, 'alias-unmasked', { memberId, subjectId: ids.unmaskingId });
    });
  }
}
