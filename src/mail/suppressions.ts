import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { Logger } from '../kernel/logger.js';
import { Sql, statement } from '../kernel/sql.js';

export const BOUNCES = ['hard', 'soft', 'complaint'] as const;
export type Bounce = (typeof BOUNCES)[number];

/** This many soft bounces within this time count as a hard one. */
const SOFT_BOUNCES = 5;
const SOFT_WITHIN = 14 * DAY;

const delivery = statement<
  { mark: string | null; key: string | null },
  { key: string; memberId: string; sentAt: Date }
>(
  'mail.delivery',
  `
    select key, member_id as "memberId", created_at as "sentAt"
    from mail_deliveries
    where (mark = :mark or key = :key) and member_id is not null
  `,
);
const recordBounce = statement<
  { key: string; kind: string; memberId: string; code: string | null; now: Date },
  { kind: string }
>(
  'mail.record-bounce',
  `
    insert into mail_bounces (delivery_key, kind, member_id, code, heard_at)
    values (:key, :kind, :memberId, :code, :now)
    on conflict
    do nothing
    returning kind
  `,
);
/** Soft bounces since a time, of emails sent after the address was last confirmed. */
const softBounces = statement<{ memberId: string; since: Date }, { count: number }>(
  'mail.soft-bounces',
  `
    select count(*)::int as count
    from mail_bounces b
    join mail_deliveries d on d.key = b.delivery_key
   where b.member_id = :memberId
     and b.kind = 'soft'
     and b.heard_at > :since
     and d.created_at > coalesce((select x.lifted_at
       from mail_suppressions x
       where x.member_id = :memberId),
       '-infinity')`,
);
const suppress = statement<
  { member: string; reason: string; now: Date; sentAt: Date },
  { memberId: string }
>(
  'mail.suppress',
  `insert into mail_suppressions as s (member_id, reason, since) values (:member, :reason, :now)
   on conflict (member_id)
   do update set reason = excluded.reason, since = excluded.since, lifted_at = null
   where s.lifted_at is not null and s.lifted_at < :sentAt
   returning member_id as "memberId"`,
);
const lift = statement<{ memberId: string; now: Date }, object>(
  'mail.lift',
  `
    insert into mail_suppressions (member_id, reason, since, lifted_at)
    values (:memberId, 'none', :now, :now)
    on conflict (member_id)
    do update set lifted_at = excluded.lifted_at
  `,
);

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
      const [known] = await this.sql.rowsIn(tx, delivery, about);
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
        const suppressed = await this.sql.rowsIn(tx, suppress, {
          member: known.memberId,
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

  /** Ends a suppression, as the address was confirmed or changed; earlier bounces no longer count. */
  async lift(tx: Tx, memberId: string): Promise<void> {
    await this.sql.rowsIn(tx, lift, { memberId, now: this.clock.now() });
  }

  private async hasManySoft(tx: Tx, memberId: string, now: Date): Promise<boolean> {
    const [found] = await this.sql.rowsIn(tx, softBounces, {
      memberId,
      since: later(now, -SOFT_WITHIN),
    });
    return (found?.count ?? 0) >= SOFT_BOUNCES;
  }
}
