import { Injectable } from '@nestjs/common';
import type { Tx } from '../kernel/database.js';
import { queryIn, executeIn } from '../kernel/sql.js';

/** Until when a member may not write, or is away from all that members have. */
export interface AccountLimit {
  readonly readOnlyUntil: Date | null;
  readonly suspendedUntil: Date | null;
}

/**
 * Staged and with an end: help pages, own posts, export, appeal and a line to the team stay open
 * throughout.
 */
@Injectable()
export class AccountLimits {
  async of(tx: Tx, memberId: string): Promise<AccountLimit> {
    const [row] = await queryIn<AccountLimit>(
      tx,
      `
        select read_only_until as "readOnlyUntil", suspended_until as "suspendedUntil"
        from members
        where id = :memberId
        for update
      `,
      { memberId },
    );
    return row ?? { readOnlyUntil: null, suspendedUntil: null };
  }

  async set(tx: Tx, memberId: string, limit: Partial<AccountLimit>): Promise<void> {
    const next = { ...(await this.of(tx, memberId)), ...limit };
    await executeIn(
      tx,
      `
        update members
        set read_only_until = :readOnlyUntil, suspended_until = :suspendedUntil
        where id = :memberId
      `,
      { memberId, readOnlyUntil: next.readOnlyUntil, suspendedUntil: next.suspendedUntil },
    );
  }
}
