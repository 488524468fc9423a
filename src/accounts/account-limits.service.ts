import { Injectable } from '@nestjs/common';
import type { Tx } from '../kernel/database.js';
import { queryIn } from '../kernel/sql.js';
import { Member } from './member.entity.js';

/** Until when a member is read-only or suspended. */
interface AccountLimit {
  readonly readOnlyUntil: Date | null;
  readonly suspendedUntil: Date | null;
}

/**
 * Graduated limits with an end. Help pages, own posts, export, appeals and contact with the team
 * always remain available.
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
