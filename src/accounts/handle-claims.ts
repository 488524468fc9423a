import { Injectable } from '@nestjs/common';
import { Clock, DAY, later } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { Sql, statement } from '../kernel/sql.js';

/** Days in which a new account can be confirmed. A reservation lasts as long. */
export const DAYS_TO_CONFIRM = 14;

/** Nobody confirmed the account, nobody will, and nothing leans on it. $1 now */
const LAPSED = `m.confirm_by <= $1
     and m.email_verified_at is null
     and m.closed_at is null
     and m.memorial_at is null
     and m.role = 'member'
     and not exists (select 1 from memberships s where s.member_id = m.id)`;

const clearAccounts = statement(
  'accounts.clear-lapsed',
  `delete from members m
   where ${LAPSED}`,
);
const clearReservations = statement(
  'accounts.clear-handle-reservations',
  'delete from handle_reservations where expires_at <= $1',
);

/**
 * Who has which handle. A sign-up with a known address takes the wished handle just as one with a
 * new address does, for as long, so that nobody learns from a handle whether an address is known.
 */
@Injectable()
export class HandleClaims {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** Until when a sign-up of now can be confirmed. */
  end(): Date {
    return later(this.clock.now(), DAYS_TO_CONFIRM * DAY);
  }

  /** Waits for whoever claims the same handle; until `tx` ends nobody else takes it. */
  async isFree(tx: Tx, handle: string): Promise<boolean> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('handle:' || lower($1), 0))`, [
      handle,
    ]);
    const now = this.clock.now();
    // At the moment a reservation would end, not when the job happens to run.
    await tx.query(`delete from members m where m.handle = $2::citext and ${LAPSED}`, [
      now,
      handle,
    ]);
    const taken = (await tx.query(
      `select 1 from members where handle = $1::citext
       union all
       select 1 from handle_reservations where handle = $1::citext and expires_at > $2`,
      [handle, now],
    )) as unknown[];
    return taken.length === 0;
  }

  /** Only after `isFree` in the same transaction. */
  async reserve(tx: Tx, handle: string): Promise<void> {
    await tx.query(
      `insert into handle_reservations (handle, expires_at) values ($1, $2)
       on conflict (handle) do update set expires_at = excluded.expires_at`,
      [handle, this.end()],
    );
  }

  /** Accounts that nobody confirmed go when reservations of their day do; nobody could use them. */
  async clear(): Promise<void> {
    const now = this.clock.now();
    await this.sql.rows(clearReservations, [now]);
    await this.sql.rows(clearAccounts, [now]);
  }
}
