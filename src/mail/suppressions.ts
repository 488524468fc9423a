import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { Logger } from '../kernel/logger.js';
import { Sql, statement } from '../kernel/sql.js';

export const BOUNCES = ['hard', 'soft', 'complaint'] as const;
export type Bounce = (typeof BOUNCES)[number];

/**
 * So many mails that could not be delivered within so long are as good as an address that is not
 * there.
 */
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
const hear = statement<
  { key: string; kind: string; memberId: string; code: string | null; now: Date },
  { kind: string }
>(
  'mail.hear-bounce',
  `
    insert into mail_bounces (delivery_key, kind, member_id, code, heard_at)
    values (:key, :kind, :memberId, :code, :now)
    on conflict
    do nothing
    returning kind
  `,
);
/** Since the address was last confirmed. */
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
 * Members to whom no mail goes but what keeps their account safe: their address does not take it,
 * or they told their mail program that they do not want it. By member, never by address.
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
   * A mail came back, or was complained about. Heard twice, it counts once. @returns whether its
   * mail is known here
   */
  async heard(
    what: { mark: string } | { key: string },
    kind: Bounce,
    code: string | null,
  ): Promise<boolean> {
    const about = { mark: null, key: null, ...what };
    return this.database.inTransaction(async (tx) => {
      const [known] = await this.sql.rowsIn(tx, delivery, about);
      if (known === undefined) return false;
      const now = this.clock.now();
      const fresh = await this.sql.rowsIn(tx, hear, {
        key: known.key,
        kind,
        memberId: known.memberId,
        code,
        now,
      });
      if (fresh.length > 0 && (kind !== 'soft' || (await this.manySoft(tx, known.memberId, now)))) {
        const stopped = await this.sql.rowsIn(tx, suppress, {
          member: known.memberId,
          reason: kind,
          now,
          sentAt: known.sentAt,
        });
        if (stopped.length > 0) this.logger.info('mails to a member are stopped', { reason: kind });
      }
      return true;
    });
  }

  /** The address was confirmed, or is another one now: what came back before counts for nothing. */
  async lift(tx: Tx, memberId: string): Promise<void> {
    await this.sql.rowsIn(tx, lift, { memberId, now: this.clock.now() });
  }

  private async manySoft(tx: Tx, memberId: string, now: Date): Promise<boolean> {
    const [found] = await this.sql.rowsIn(tx, softBounces, {
      memberId,
      since: later(now, -SOFT_WITHIN),
    });
    return (found?.count ?? 0) >= SOFT_BOUNCES;
  }
}
