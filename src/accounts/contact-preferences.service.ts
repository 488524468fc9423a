import { Injectable } from '@nestjs/common';
import type { Tx } from '../kernel/database.js';
import { Member } from './member.entity.js';

/**
 * Whether and when a member can be written to; asked when they join, again each year, and theirs to
 * change.
 */
@Injectable()
export class ContactPreferences {
  async mailIsSafe(tx: Tx, memberId: string, safe: 'yes' | 'no', now: Date): Promise<void> {
    await tx.getRepository(Member).update({ id: memberId }, { mailSafe: safe, mailSafeAt: now });
  }

  /** @param timeZone a name that `Intl` knows */
  async liveIn(tx: Tx, memberId: string, timeZone: string): Promise<void> {
    await tx.getRepository(Member).update({ id: memberId }, { timeZone });
  }
}
