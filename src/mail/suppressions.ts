import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { Logger } from '../kernel/logger.js';
import { Sql } from '../kernel/sql.js';
import {
  findDelivery,
  liftSuppression,
  recordBounce,
  softBounces,
  suppressMail,
} from './suppressions.queries.js';

export const BOUNCES = ['hard', 'soft', 'complaint'] as const;
export type Bounce = (typeof BOUNCES)[number];

/** This many soft bounces within this time count as a hard one. */
const SOFT_BOUNCES = 5;
const SOFT_WITHIN = 14 * DAY;

/**
 * The suppression list: members who get no email but those of account security, because their
 * address bounces or because they complained of spam. Kept by member, never by address.
 */
@Injectable()
export class Suppressions {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * Records a bounce or complaint, once for each email and kind, and suppresses the member's mail
   * where it is enough for that.
   * @param code the status code of the bounce, as `5.1.1`
   * @returns false for a mark or key of no known email
   */
  async record(
    email: { mark: string } | { key: string },
    kind: Bounce,
    code: string | null,
  ): Promise<boolean> {
    const about = { mark: null, key: null, ...email };
    return this.database.inTransaction(async (tx) => {
      const [known] = await this.sql.rowsIn(tx, findDelivery, about);
      if (known === undefined) return false;
      const now = this.clock.now();
      const recorded = await this.sql.rowsIn(tx, recordBounce, {
        key: known.key,
        kind,
        memberId: known.memberId,
        code,
        now,
      });
      if (
        recorded.length > 0 &&
        (kind !== 'soft' || (await this.hasManySoft(tx, known.memberId, now)))
      ) {
        const suppressed = await this.sql.rowsIn(tx, suppressMail, {
          memberId: known.memberId,
          reason: kind,
          now,
          sentAt: known.sentAt,
        });
        if (suppressed.length > 0)
          this.logger.info('mail to a member is suppressed', { reason: kind });
      }
      return true;
    });
  }

  /** Lifts a suppression: the address was confirmed or changed, and earlier bounces are void. */
  async lift(tx: Tx, memberId: string): Promise<void> {
    await this.sql.rowsIn(tx, liftSuppression, { memberId, now: this.clock.now() });
  }

  private async hasManySoft(tx: Tx, memberId: string, now: Date): Promise<boolean> {
    const [found] = await this.sql.rowsIn(tx, softBounces, {
      memberId,
      since: later(now, -SOFT_WITHIN),
    });
    return (found?.count ?? 0) >= SOFT_BOUNCES;
  }
}
