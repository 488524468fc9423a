import { Injectable } from '@nestjs/common';
import { Clock, later } from '../../kernel/clock.js';
import { Config } from '../../kernel/config.js';
import { Database, type Tx } from '../../kernel/database.js';
import { Sql, queryIn } from '../../kernel/sql.js';
import { Outbox } from '../../outbox/outbox.js';
import {
  dueAlert,
  ESCALATION_POLICY,
  OVERDUE_ESCALATION_DELAY,
  selectResponders,
  type EscalationStep,
} from './escalation-policy.js';
import {
  candidateResponders,
  unattendedCases,
  waitingForSecond,
  type UnattendedRow,
} from './alarms.queries.js';
import { alertWebhookDue, alarmRaised } from '../core/moderation.events.js';

const BATCH_SIZE = 500;

interface Due {
  step: EscalationStep;
  round: number;
  people: string[];
}

/**
 * Calls people to unclaimed cases and to requests for a second person, step by step up the
 * escalation policy, until a claim, an answer or a decision ends the chain.
 */
@Injectable()
export class Alarms {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly outbox: Outbox,
  ) {}

  /** Raises the alarms that are due. @param caseId null for every case */
  async raise(caseId: string | null): Promise<void> {
    const now = this.clock.now();
    const rows = [
      ...(await this.sql.rows(unattendedCases, { now, caseId, limit: BATCH_SIZE })),
      ...(await this.sql.rows(waitingForSecond, { now, caseId, limit: BATCH_SIZE })),
    ];
    if (rows.length === 0) return;
    await this.database.inTransaction(async (tx) => {
      // Sends one email for each person and one webhook call for each tier, whatever the number of
      // cases: the first row represents all rows of the same run.
      const mails = new Map<string, string>();
      const calls = new Map<string, string>();
      for (const row of rows) {
        const due = await this.due(tx, row, now);
        if (due === null) continue;
        for (const id of due.people) {
          const alarm = await this.insert(tx, row, due, id, now);
          if (alarm !== null && !mails.has(id)) mails.set(id, alarm);
        }
        const call =
          this.config.ALERT_WEBHOOK_URL === undefined
            ? null
            : await this.insert(tx, row, due, null, now);
        const tier = row.chain === 'crisis' ? 'crisis' : row.tier;
        if (call !== null && !calls.has(tier)) calls.set(tier, call);
      }
      for (const alarmId of mails.values()) await this.outbox.append(tx, alarmRaised({ alarmId }));
      for (const alarmId of calls.values())
        await this.outbox.append(tx, alertWebhookDue({ alarmId }));
    });
  }

  private async due(tx: Tx, row: UnattendedRow, now: Date): Promise<Due | null> {
    const calls = (row.calls ?? []).map((call) => ({ ...call, at: new Date(call.at) }));
    const call = dueAlert({ ...row, calls }, now);
    if (call === null) return null;
    const everybody = await this.sql.rowsIn(tx, candidateResponders, {
      now,
      communityId: row.communityId,
      notThese: row.not,
      rowId: row.id,
    });
    const notified = new Set(calls.flatMap(({ member }) => member ?? []));
    const people = selectResponders(row.chain, call.step, everybody, notified);
    if (people.length > 0 || ESCALATION_POLICY[row.chain].anyHour) return { ...call, people };
    // A non-crisis case waits for somebody to come on shift, up to a limit.
    if (later(row.dueAt, OVERDUE_ESCALATION_DELAY) > now) return null;
    return {
      step: 'admins',
      round: 0,
      people: selectResponders(row.chain, 'admins', everybody, notified),
    };
  }

  private async insert(
    tx: Tx,
    row: UnattendedRow,
    { step, round }: Due,
    memberId: string | null,
    now: Date,
  ): Promise<string | null> {
    const [inserted] = await queryIn<{ id: string }>(
      tx,
      `insert into case_alarms (case_id, chain, since, step, round, member_id, raised_at)
       values (:rowId, :chain, :since, :step, :round, :memberId, :now)
       on conflict do nothing returning id`,
      { rowId: row.id, chain: row.chain, since: row.since, step, round, memberId, now },
    );
    return inserted?.id ?? null;
  }
}
