import { Injectable } from '@nestjs/common';
import type { Tx } from '../kernel/database.js';

/**
 * Whether and when a member can be written to; asked when they join, again each year, and theirs to
 * change.
 */
@Injectable()
export class ContactPreferences {
  async mailIsSafe(tx: Tx, memberId: string, safe: 'yes' | 'no', now: Date): Promise<void> {
    await tx.query('update members set mail_safe = $2, mail_safe_at = $3 where id = $1', [
      memberId,
      safe,
      now,
    ]);
  }

  /** @param timeZone a name that `Intl` knows */
  async liveIn(tx: Tx, memberId: string, timeZone: string): Promise<void> {
    await tx.query('update members set time_zone = $2 where id = $1', [memberId, timeZone]);
  }
}
