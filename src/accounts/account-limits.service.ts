import { Injectable } from '@nestjs/common';
import type { Tx } from '../kernel/database.js';
import { queryIn } from '../kernel/sql.js';
import { Member } from './member.entity.js';

/** Until when a member may not write, or is away from all that members have. */
interface AccountLimit {
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
    const { readOnlyUntil, suspendedUntil } = { ...(await this.of(tx, memberId)), ...limit };
    await tx.getRepository(Member).update({ id: memberId }, { readOnlyUntil, suspendedUntil });
  }
}
