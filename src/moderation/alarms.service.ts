import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { Database, type Tx } from '../kernel/database.js';
import { Sql } from '../kernel/sql.js';
import { Outbox } from '../outbox/outbox.js';
import { stepNow, whom, type Step } from './alarm-chain.js';
import { callable, unattendedCases, type UnattendedRow } from './alarms.queries.js';
import { alarmCalled, alarmRaised } from './moderation.events.js';

const AT_A_TIME = 200;

/** Calls people to cases that nobody has in hand. A claim or a decision ends it; each is called once for each step. */
@Injectable()
export class Alarms {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly outbox: Outbox,
  ) {}

  /** @param caseId null for every open case */
  async raise(caseId: string | null): Promise<void> {
    const now = this.clock.now();
    const rows = await this.sql.rows(unattendedCases, [now, caseId, AT_A_TIME]);
    if (rows.length === 0) return;
    await this.database.inTransaction(async (tx) => {
      // One letter a person and one call a tier, however many cases: the first row of each stands for all of the same moment.
      const letters = new Map<string, string>();
      const calls = new Map<string, string>();
      for (const row of rows) {
        const step = stepNow({ ...row, taken: taken(row) }, now);
        if (step === null) continue;
        const people = await this.people(tx, row, step, now);
        // What is no crisis waits until somebody is on shift, as if its time had not come.
        if (people.length === 0 && (step === 'unclaimed' || step === 'due')) continue;
        for (const id of people) {
          const alarm = await this.insert(tx, row.id, step, id, now);
          if (alarm !== null && !letters.has(id)) letters.set(id, alarm);
        }
        const call = this.config.ALERT_WEBHOOK_URL === undefined ? null : await this.insert(tx, row.id, step, null, now);
        if (call !== null && !calls.has(row.tier)) calls.set(row.tier, call);
      }
      for (const alarmId of letters.values()) await this.outbox.append(tx, alarmRaised({ alarmId }));
      for (const alarmId of calls.values()) await this.outbox.append(tx, alarmCalled({ alarmId }));
    });
  }

  private async people(tx: Tx, row: UnattendedRow, step: Step, now: Date): Promise<string[]> {
    const people = await this.sql.rowsIn(tx, callable, [now, row.communityId, row.not, row.id]);
    return whom(step, people, new Set((row.alarms ?? []).flatMap(({ member }) => member ?? [])));
  }

  private async insert(tx: Tx, caseId: string, step: Step, memberId: string | null, now: Date): Promise<string | null> {
    const [made] = (await tx.query('insert into case_alarms (case_id, step, member_id, raised_at) values ($1, $2, $3, $4) on conflict do nothing returning id', [caseId, step, memberId, now])) as { id: string }[];
    return made?.id ?? null;
  }
}

function taken(row: UnattendedRow): Partial<Record<Step, Date>> {
  const times: Partial<Record<Step, Date>> = {};
  for (const { step, at } of row.alarms ?? []) {
    const when = new Date(at);
    if (times[step] === undefined || when < times[step]) times[step] = when;
  }
  return times;
}
