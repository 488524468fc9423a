import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database, isDuplicate, type Tx } from '../kernel/database.js';
import { FieldError } from '../kernel/errors.js';
import { newToken } from '../kernel/ids.js';
import { Suppressions } from '../mail/suppressions.js';
import { Outbox } from '../outbox/outbox.js';
import type { SignUp } from './accounts.dto.js';
import { memberSignedUp, signUpRepeated, verificationAsked } from './accounts.events.js';
import { isReserved, suggestHandle, tellsAddress } from './handles.js';
import { hashPassword } from './password.js';
import type { Viewer } from '../http/viewer.js';
import { OneTimeTokens } from './one-time-tokens.js';

/** Becoming a member. */
@Injectable()
export class SigningUp {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly tokens: OneTimeTokens,
    private readonly suppressions: Suppressions,
  ) {}

  /**
   * The answer is the same whether the address is new or not: the page says that a mail is on its way, and the mail says the rest.
   * @throws FieldError for a handle that is taken or gives the address away
   */
  async signUp(form: SignUp): Promise<void> {
    if (isReserved(form.handle)) throw new FieldError('handle', 'accounts.error.handle-reserved');
    if (tellsAddress(form.handle, form.email)) throw new FieldError('handle', 'accounts.error.handle-address');
    const passwordHash = await hashPassword(form.password);
    try {
      await this.database.inTransaction((tx) => this.insert(tx, form, passwordHash));
    } catch (error) {
      if (isDuplicate(error, 'members_handle_key')) throw new FieldError('handle', 'accounts.error.handle-taken', { other: suggestHandle() });
      if (!isDuplicate(error, 'members_email_key')) throw error;
      await this.database.inTransaction((tx) => this.tellOwner(tx, form.email));
    }
  }

  /** @returns false where the link was used or is too old */
  async verify(token: string): Promise<boolean> {
    return this.database.inTransaction(async (tx) => {
      const owner = (await this.tokens.spend(tx, 'verify-email', token)) ?? null;
      if (owner === null) return false;
      const [, changed] = (await tx.query('update members set email_verified_at = coalesce(email_verified_at, $2) where id = $1 and email = $3::citext', [owner.memberId, this.clock.now(), owner.email])) as [unknown, number];
      if (changed > 0) await this.suppressions.lift(tx, owner.memberId);
      return true;
    });
  }

  async sendAgain(viewer: Viewer): Promise<void> {
    await this.database.inTransaction((tx) => this.outbox.append(tx, verificationAsked({ memberId: viewer.memberId, asked: this.clock.ms() })));
  }

  private async insert(tx: Tx, form: SignUp, passwordHash: string): Promise<void> {
    const now = this.clock.now();
    // The handle first, so that a taken handle is told before a known address could be.
    const taken = (await tx.query('select 1 from members where handle = $1::citext', [form.handle])) as unknown[];
    if (taken.length > 0) throw new FieldError('handle', 'accounts.error.handle-taken', { other: suggestHandle() });
    const [row] = (await tx.query(
      `insert into members (handle, email, password_hash, avatar_seed, age_confirmed_at, guidelines_accepted_at, created_at, mail_safe, mail_safe_at)
       values ($1, $2, $3, $4, $5, $5, $5, nullif($6, ''), case when $6 <> '' then $5::timestamptz end) returning id`,
      [form.handle, form.email, passwordHash, newToken(9), now, form.mailSafe],
    )) as [{ id: string }];
    await this.outbox.append(tx, memberSignedUp({ memberId: row.id, asked: now.getTime() }));
  }

  private async tellOwner(tx: Tx, email: string): Promise<void> {
    const [owner] = (await tx.query('select id from members where email = $1::citext', [email])) as { id: string }[];
    if (owner !== undefined) await this.outbox.append(tx, signUpRepeated({ memberId: owner.id, asked: this.clock.ms() }));
  }
}
