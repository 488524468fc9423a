import { Injectable } from '@nestjs/common';
import { Clock, later } from '../../kernel/clock.js';
import { Config } from '../../kernel/config.js';
import { Database, type Tx } from '../../kernel/database.js';
import { Sql, queryIn } from '../../kernel/sql.js';
import { Outbox } from '../../outbox/outbox.js';
import {
  callNow,
  LADDERS,
  NOBODY_CAME_AFTER,
  whom,
  type EscalationStep,
} from './escalation-policy.js';
import {
  callable,
  unattendedCases,
  waitingForSecond,
  type UnattendedRow,
} from './alarms.queries.js';
import { alarmCalled, alarmRaised } from '../core/moderation.events.js';

const AT_A_TIME = 500;

interface Due {
  step: EscalationStep;
  round: number;
  people: string[];
}

/**
 * Calls people to cases that nobody has in hand, and to what waits for a second person: again and
 * again, ever higher, until a claim, an answer or a decision ends it.
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

  /** @param caseId null for every case */
  async raise(caseId: string | null): Promise<void> {
    const now = this.clock.now();
    const rows = [
      ...(await this.sql.rows(unattendedCases, { now, caseId, limit: AT_A_TIME })),
      ...(await this.sql.rows(waitingForSecond, { now, caseId, limit: AT_A_TIME })),
    ];
    if (rows.length === 0) return;
    await this.database.inTransaction(async (tx) => {
      // One letter a person and one call a tier, however many cases: the first row of each stands
      // for all of the same moment.
      const letters = new Map<string, string>();
      const calls = new Map<string, string>();
      for (const row of rows) {
        const due = await this.due(tx, row, now);
        if (due === null) continue;
        for (const id of due.people) {
          const alarm = await this.insert(tx, row, due, id, now);
          if (alarm !== null && !letters.has(id)) letters.set(id, alarm);
        }
        const call =
          this.config.ALERT_WEBHOOK_URL === undefined
            ? null
            : await this.insert(tx, row, due, null, now);
        const tier = row.chain === 'crisis' ? 'crisis' : row.tier;
        if (call !== null && !calls.has(tier)) calls.set(tier, call);
      }
      for (const alarmId of letters.values())
        await this.outbox.append(tx, alarmRaised({ alarmId }));
      for (const alarmId of calls.values()) await this.outbox.append(tx, alarmCalled({ alarmId }));
    });
  }

  private async due(tx: Tx, row: UnattendedRow, now: Date): Promise<Due | null> {
    const made = (row.calls ?? []).map((call) => ({ ...call, at: new Date(call.at) }));
    const call = callNow({ ...row, calls: made }, now);
    if (call === null) return null;
    const everybody = await this.sql.rowsIn(tx, callable, {
      now,
      communityId: row.communityId,
      notThese: row.not,
      rowId: row.id,
    });
    const told = new Set(made.flatMap(({ member }) => member ?? []));
    const people = whom(row.chain, call.step, everybody, told);
    if (people.length > 0 || LADDERS[row.chain].anyHour) return { ...call, people };
    // What is no crisis waits until somebody is on shift, but not for ever.
    if (later(row.dueAt, NOBODY_CAME_AFTER) > now) return null;
    return { step: 'admins', round: 0, people: whom(row.chain, 'admins', everybody, told) };
  }

  private async insert(
    tx: Tx,
    row: UnattendedRow,
    { step, round }: Due,
    memberId: string | null,
    now: Date,
  ): Promise<string | null> {
    const [made] = await queryIn<{ id: string }>(
      tx,
      `insert into case_alarms (case_id, chain, since, step, round, member_id, raised_at)
       values (:rowId, :chain, :since, :step, :round, :memberId, :now)
       on conflict do nothing returning id`,
      { rowId: row.id, chain: row.chain, since: row.since, step, round, memberId, now },
    );
    return made?.id ?? null;
  }
}
