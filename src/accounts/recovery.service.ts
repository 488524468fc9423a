import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database, isDuplicate } from '../kernel/database.js';
import { FieldError } from '../kernel/errors.js';
import type { Viewer } from '../http/viewer.js';
import { Suppressions } from '../mail/suppressions.js';
import { Outbox } from '../outbox/outbox.js';
import { addressChangeAsked, resetAsked } from './accounts.events.js';
import { Credentials } from './credentials.js';
import { GuessLimits } from './guess-limits.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { hashPassword } from './password.js';

/** Getting back in, and changing how one gets in. */
@Injectable()
export class Recovery {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly tokens: OneTimeTokens,
    private readonly credentials: Credentials,
    private readonly guesses: GuessLimits,
    private readonly suppressions: Suppressions,
  ) {}

  /** Nobody learns from it whether the address is known. */
  async askReset(email: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const [owner] = (await tx.query('select id from members where email = $1::citext and closed_at is null', [email])) as { id: string }[];
      if (owner !== undefined) await this.outbox.append(tx, resetAsked({ memberId: owner.id, asked: this.clock.ms() }));
    });
  }

  /** A new password ends every session: whoever had the old one is out. @returns false for a link that is used or too old */
  async reset(token: string, password: string): Promise<boolean> {
    const passwordHash = await hashPassword(password);
    const email = await this.database.inTransaction(async (tx) => {
      const owner = await this.tokens.spend(tx, 'reset-password', token);
      if (owner === null) return null;
      // Whoever reads the mail owns the address.
      await tx.query('update members set password_hash = $2, email_verified_at = coalesce(email_verified_at, $3) where id = $1', [owner.memberId, passwordHash, this.clock.now()]);
      await this.suppressions.lift(tx, owner.memberId);
      await tx.query('delete from sessions where member_id = $1', [owner.memberId]);
      await tx.query(`update one_time_tokens set used_at = $2 where member_id = $1 and purpose = 'reset-password' and used_at is null`, [owner.memberId, this.clock.now()]);
      return owner.email;
    });
    if (email !== null) await this.guesses.forget(email);
    return email !== null;
  }

  async changePassword(viewer: Viewer, current: string, next: string): Promise<void> {
    if (!(await this.credentials.checkOwn(viewer.memberId, current))) throw new FieldError('currentPassword', 'accounts.error.wrong-password');
    const passwordHash = await hashPassword(next);
    await this.database.inTransaction(async (tx) => {
      await tx.query('update members set password_hash = $2 where id = $1', [viewer.memberId, passwordHash]);
      await tx.query('delete from sessions where member_id = $1 and id <> $2', [viewer.memberId, viewer.sessionId]);
    });
  }

  /** The new address counts once its owner has opened the mail; the old one is told meanwhile. */
  async askAddressChange(viewer: Viewer, current: string, email: string): Promise<void> {
    if (!(await this.credentials.checkOwn(viewer.memberId, current))) throw new FieldError('currentPassword', 'accounts.error.wrong-password');
    await this.database.inTransaction(async (tx) => {
      await tx.query(`delete from one_time_tokens where member_id = $1 and purpose = 'change-email'`, [viewer.memberId]);
      await tx.query(
        `insert into one_time_tokens (token_hash, purpose, member_id, email, created_at, expires_at) values (sha256(gen_random_uuid()::text::bytea), 'change-email', $1, $2, $3, $3)`,
        [viewer.memberId, email, this.clock.now()],
      );
      await this.outbox.append(tx, addressChangeAsked({ memberId: viewer.memberId, asked: this.clock.ms() }));
    });
  }

  /** @returns false for a link that is used or too old, or an address that somebody has meanwhile */
  async changeAddress(token: string): Promise<boolean> {
    try {
      return await this.database.inTransaction(async (tx) => {
        const owner = await this.tokens.spend(tx, 'change-email', token);
        if (owner === null) return false;
        await tx.query('update members set email = $2, email_verified_at = $3 where id = $1', [owner.memberId, owner.email, this.clock.now()]);
        await this.suppressions.lift(tx, owner.memberId);
        return true;
      });
    } catch (error) {
      if (isDuplicate(error, 'members_email_key')) return false;
      throw error;
    }
  }
}
