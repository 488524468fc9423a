import { Injectable } from '@nestjs/common';
import { MembersAdmin, OperatorFault } from '../accounts/members-admin.service.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Database, isDuplicate, type Tx } from '../kernel/database.js';
import { executeIn, findIn, rowsIn, Sql } from '../kernel/sql.js';
import { Outbox } from '../outbox/outbox.js';
import { AuditLog } from '../review/audit-log.js';
import { siteClosureAnnounced } from './site-closure.events.js';
import { openClosure, type ClosureRow } from './site-closure.queries.js';

/** Minimum number of days between announcement and wipe, so that members can export their data. */
export const NOTICE_DAYS = 30;
/** Days before the wipe at which members are reminded. */
export const REMINDER_DAYS = 7;

export interface SecondPerson {
  handle: string;
  /** The code of their second factor. */
  code: string;
}

/**
 * Closes down the whole site: planned by two people, announced to members, cancellable until the
 * wipe.
 */
@Injectable()
export class SiteClosures {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly auditLog: AuditLog,
    private readonly members: MembersAdmin,
  ) {}

  /** The current plan; null if there is none. */
  current(): Promise<ClosureRow | null> {
    return this.sql.first(openClosure);
  }

  /**
   * Plans the closure, and announces it to the members.
   * @param readOnly the day, as `2026-01-31`, from which the site is read-only
   * @param wipe the day from which the site may be wiped
   * @throws OperatorFault if the notice is too short, the reason or the second person is missing,
   *   or there is already a plan
   */
  async plan(
    days: { readOnly: string; wipe: string },
    reason: string,
    second: SecondPerson,
  ): Promise<ClosureRow> {
    const now = this.clock.now();
    const readOnlyAt = dayOf('--read-only', days.readOnly);
    const wipeAt = dayOf('--wipe', days.wipe);
    if (readOnlyAt <= now) throw new OperatorFault('--read-only has to be a day in the future.');
    if (wipeAt <= readOnlyAt) throw new OperatorFault('--wipe has to be a day after --read-only.');
    if (wipeAt < later(now, NOTICE_DAYS * DAY))
      throw new OperatorFault(
        `--wipe has to be at least ${NOTICE_DAYS} days from now: members need time to take a copy.`,
      );
    needReason(reason);
    const secondId = await this.members.secondPerson(second);
    try {
      return await this.database.inTransaction(async (tx) => {
        await executeIn(
          tx,
          `
            insert into site_closures (planned_at, read_only_at, wipe_at, told_at)
            values (:now, :readOnlyAt, :wipeAt, :now)
          `,
          { now, readOnlyAt, wipeAt },
        );
        const detail = { readOnly: days.readOnly, wipe: days.wipe };
        const entry = { action: 'operator.site-closure-planned', reason, detail } as const;
        await this.auditLog.write(tx, secondId, entry);
        const plan = await this.openIn(tx);
        await this.announce(tx, plan.id, now);
        return plan;
      });
    } catch (error) {
      if (isDuplicate(error))
        throw new OperatorFault('The site is already about to close: see close-site status.');
      throw error;
    }
  }

  /**
   * Cancels the plan, and announces that the site stays. @throws OperatorFault if there is no plan
   */
  async cancel(reason: string): Promise<void> {
    needReason(reason);
    const now = this.clock.now();
    await this.database.inTransaction(async (tx) => {
      const plan = await this.openIn(tx);
      await executeIn(
        tx,
        'update site_closures set cancelled_at = :now, told_at = :now where id = :id',
        { id: plan.id, now },
      );
      await this.auditLog.write(tx, null, { action: 'operator.site-closure-cancelled', reason });
      await this.announce(tx, plan.id, now);
    });
  }

  /** Announces the closure once more, a week before the wipe. Idempotent. */
  async remindDue(): Promise<void> {
    const now = this.clock.now();
    await this.database.inTransaction(async (tx) => {
      const due = await findIn<{ id: string }>(
        tx,
        `
          update site_closures
          set reminded_at = :now, told_at = :now
          where cancelled_at is null
            and reminded_at is null
            and wipe_at > :now
            and wipe_at <= :until
          returning id
        `,
        { now, until: later(now, REMINDER_DAYS * DAY) },
      );
      if (due !== null) await this.announce(tx, due.id, now);
    });
  }

  /**
   * Checks that two people agree to the wipe, and that it is due.
   * @param site the operator's confirmation of the site's name: the host of its public URL
   * @param host of its public URL
   * @throws OperatorFault if anything is missing or it is too early
   */
  async agreeToWipe(
    site: string,
    host: string,
    reason: string,
    second: SecondPerson,
  ): Promise<ClosureRow> {
    needReason(reason);
    const plan = await this.current();
    if (plan === null)
      throw new OperatorFault('Nothing is planned: tell members first, with close-site plan.');
    if (plan.wipeAt > this.clock.now())
      throw new OperatorFault(
        `Members were told ${dayText(plan.wipeAt)}: run this on that day or later.`,
      );
    if (site !== host)
      throw new OperatorFault(
        '--site has to be the host of BASE_URL, typed in full, with its port if it has one ' +
          `(host:port). This site is not called ${site}.`,
      );
    await this.members.secondPerson(second);
    return plan;
  }

  private async openIn(tx: Tx): Promise<ClosureRow> {
    const [plan] = await rowsIn(tx, openClosure);
    if (plan === undefined) throw new OperatorFault('The site is not about to close.');
    return plan;
  }

  private async announce(tx: Tx, closureId: string, at: Date): Promise<void> {
    await this.outbox.append(tx, siteClosureAnnounced({ closureId, asked: at.getTime() }));
  }
}

/** @returns the day in the format that operators enter */
export function dayText(day: Date): string {
  return day.toISOString().slice(0, 10);
}

function dayOf(option: string, text: string): Date {
  const day = new Date(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : Number.NaN);
  if (Number.isNaN(day.getTime()) || dayText(day) !== text)
    throw new OperatorFault(`${option} has to be a day such as 2026-01-31.`);
  return day;
}

function needReason(reason: string): void {
  if (reason.trim() === '') throw new OperatorFault('--reason says why, for the audit log.');
}
