import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { Sql, statement, executeIn, queryIn } from '../kernel/sql.js';

/** Days within which a new account must be confirmed. A reservation lasts as long. */
export const DAYS_TO_CONFIRM = 14;

/**
 * The deadline for confirming has passed, and nothing refers to the account. `:now` is the current
 * time.
 */
const EXPIRED = `m.confirm_by <= :now
     and m.email_verified_at is null
     and m.closed_at is null
     and m.memorial_at is null
     and m.role = 'member'
     and not exists (select 1 from memberships s where s.member_id = m.id)`;

const clearAccounts = statement<{ now: Date }, object>(
  'accounts.clear-lapsed',
  `delete from members m
   where ${EXPIRED}`,
);
const clearReservations = statement<{ now: Date }, object>(
  'accounts.clear-handle-reservations',
  'delete from handle_reservations where expires_at <= :now',
);

/**
 * Assigns handles. A sign-up with a known address reserves the requested handle exactly like one
 * with a new address, for the same time, so that a handle never reveals whether an address is
 * known.
 */
@Injectable()
export class HandleClaims {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** Deadline for confirming a sign-up made now. */
  end(): Date {
    return later(this.clock.now(), DAYS_TO_CONFIRM * DAY);
  }

  /**
   * Whether neither the handle nor a confusable one (`handle_skeleton`) is taken. Serialises
   * competing claims with a lock until `tx` ends.
   */
  async isFree(tx: Tx, handle: string): Promise<boolean> {
    await executeIn(
      tx,
      `select pg_advisory_xact_lock(hashtextextended('handle:' || handle_skeleton(:handle), 0))`,
      { handle },
    );
    const now = this.clock.now();
    // Uses the exact time at which a reservation ends, not the time at which the job runs.
    await executeIn(
      tx,
      `delete from members m
       where m.handle_skeleton = handle_skeleton(:handle) and ${EXPIRED}`,
      { now, handle },
    );
    const taken = await queryIn<object>(
      tx,
      `select 1
       from members
       where handle_skeleton = handle_skeleton(:handle)
       union all
       select 1
       from handle_reservations
       where handle_skeleton(handle::text) = handle_skeleton(:handle) and expires_at > :now`,
      { handle, now },
    );
    return taken.length === 0;
  }

  /** Call only after `isFree` in the same transaction. */
  async reserve(tx: Tx, handle: string): Promise<void> {
    await executeIn(
      tx,
      `insert into handle_reservations (handle, expires_at) values (:handle, :expiresAt)
       on conflict (handle) do update set expires_at = excluded.expires_at`,
      { handle, expiresAt: this.end() },
    );
  }

  /** Deletes expired unconfirmed accounts and reservations. */
  async clear(): Promise<void> {
    const now = this.clock.now();
    await this.sql.rows(clearReservations, { now });
    await this.sql.rows(clearAccounts, { now });
  }
}
