import { Injectable } from '@nestjs/common';
import type { Tx } from '../kernel/database.js';
import { Member } from './member.entity.js';

/**
 * Whether and when a member can be contacted; asked on joining and every year, and editable at any
 * time.
 */
@Injectable()
export class ContactPreferences {
  async mailIsSafe(tx: Tx, memberId: string, safe: 'yes' | 'no', now: Date): Promise<void> {
    await tx.getRepository(Member).update({ id: memberId }, { mailSafe: safe, mailSafeAt: now });
  }

  /** @param timeZone a name that `Intl` supports */
  async liveIn(tx: Tx, memberId: string, timeZone: string): Promise<void> {
    await tx.getRepository(Member).update({ id: memberId }, { timeZone });
  }
}
