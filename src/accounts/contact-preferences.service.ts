import { Injectable } from '@nestjs/common';
import type { Tx } from '../kernel/database.js';
import { executeIn } from '../kernel/sql.js';

/**
 * Whether and when a member can be written to; asked when they join, again each year, and theirs to
 * change.
 */
@Injectable()
export class ContactPreferences {
  async mailIsSafe(tx: Tx, memberId: string, safe: 'yes' | 'no', now: Date): Promise<void> {
    await executeIn(
      tx,
      'update members set mail_safe = :safe, mail_safe_at = :now where id = :memberId',
      { memberId, safe, now },
    );
  }

  /** @param timeZone a name that `Intl` knows */
  async liveIn(tx: Tx, memberId: string, timeZone: string): Promise<void> {
    await executeIn(tx, 'update members set time_zone = :timeZone where id = :memberId', {
      memberId,
      timeZone,
    });
  }
}
