import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { queryIn, executeIn } from '../kernel/sql.js';
import { KnownDevice } from './known-device.entity.js';
import { OneTimeToken } from './one-time-token.entity.js';
import { Sessions } from './sessions.service.js';

/**
 * Memorial accounts of people who have died: their posts stay under their name, log-in is disabled,
 * and no emails are sent.
 */
@Injectable()
export class Memorials {
  constructor(
    private readonly clock: Clock,
    private readonly sessions: Sessions,
  ) {}

  /** @returns the member's id; null if nobody has the handle, or it already is a memorial */
  async make(tx: Tx, handle: string): Promise<string | null> {
    const rows = await queryIn<{ id: string }>(
      tx,
      `
        update members
        set memorial_at = :now, password_hash = null, email = null, email_verified_at = null,
          role = 'member'
        where handle = :handle::citext and closed_at is null and memorial_at is null
        returning id
      `,
      { handle, now: this.clock.now() },
    );
    const id = rows[0]?.id;
    if (id === undefined) return null;
    await this.sessions.endIn(tx, id);
    await tx.getRepository(KnownDevice).delete({ memberId: id });
    await tx.getRepository(OneTimeToken).delete({ memberId: id });
    for (const table of ['passkeys', 'totp_secrets', 'recovery_codes', 'organisation_identities'])
      await executeIn(tx, `delete from ${table} where member_id = :id`, { id });
    await executeIn(
      tx,
      `update memberships set role = 'member' where member_id = :id and role <> 'member'`,
      { id },
    );
    return id;
  }
}
