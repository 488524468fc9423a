import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { Database, isDuplicate, type Tx } from '../kernel/database.js';
import { FieldError, throwIfInvalid } from '../kernel/errors.js';
import { newToken } from '../kernel/ids.js';
import { Suppressions } from '../mail/suppressions.js';
import { Outbox } from '../outbox/outbox.js';
import { SignUp } from './sign-up.dto.js';
import { memberSignedUp, signUpRepeated, verificationRequested } from './accounts.events.js';
import { suggestHandle } from './handles.js';
import { HandleClaims } from './handle-claims.js';
import { PasswordCheck } from './password-check.service.js';
import { hashPassword } from './password.js';
import type { Viewer } from '../http/viewer.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { newCodes, RecoveryCodes } from './recovery-codes.js';
import { queryIn, getIn } from '../kernel/sql.js';

/** The result of confirming an address. */
export interface VerifiedAccount {
  readonly memberId: string;
  readonly handle: string;
  /** Whether this is the first confirmation: before it, nobody could log in. */
  readonly first: boolean;
}

/** Signs up new members. */
@Injectable()
export class SigningUp {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly tokens: OneTimeTokens,
    private readonly suppressions: Suppressions,
    private readonly claims: HandleClaims,
    private readonly passwords: PasswordCheck,
    private readonly codes: RecoveryCodes,
    private readonly config: Config,
  ) {}

  /**
   * Signs somebody up. The response is the same whether or not the address is known: the page says
   * that an email has been sent, and the email says the rest. In both cases the handle is taken and
   * the number of statements is equal.
   * @param locale language of emails to the new member; null for the default
   * @returns recovery codes of an account without an address; null if an email is sent
   * @throws FieldError for a handle that is taken, confusable with a taken one or with the team, or
   *   reveals the address, and for a password that is easy to guess
   */
  async signUp(form: SignUp, locale: string | null): Promise<string[] | null> {
    throwIfInvalid(SignUp.check(form));
    if (form.withoutEmail && this.config.ACCOUNTS_WITHOUT_MAIL === 'off')
      throw new FieldError('email', 'accounts.error.email');
    this.passwords.check('password', form.password, form);
    const passwordHash = await hashPassword(form.password);
    if (form.withoutEmail) return this.createWithoutEmail(form, locale, passwordHash);
    try {
      await this.database.inTransaction((tx) => this.createPending(tx, form, locale, passwordHash));
    } catch (error) {
      // Somebody used the same address concurrently: now it is known.
      if (!isDuplicate(error, 'members_email_key')) throw error;
      await this.database.inTransaction((tx) => this.createPending(tx, form, locale, passwordHash));
    }
    return null;
  }

  /** @returns the owner of the address; null if the link was used or has expired */
  async verify(token: string): Promise<VerifiedAccount | null> {
    return this.database.inTransaction(async (tx) => {
      const owner = (await this.tokens.spend(tx, 'verify-email', token)) ?? null;
      if (owner === null) return null;
      const [changed] = await queryIn<{ handle: string; first: boolean }>(
        tx,
        `
          with before as (
            select id, email_verified_at from members where id = :memberId for update
          )
          update members m
          set email_verified_at = coalesce(m.email_verified_at, :now), confirm_by = null
          from before b
          where m.id = b.id and m.email = :email::citext
          returning m.handle, b.email_verified_at is null as first
        `,
        { memberId: owner.memberId, now: this.clock.now(), email: owner.email },
      );
      if (changed !== undefined) await this.suppressions.lift(tx, owner.memberId);
      return {
        memberId: owner.memberId,
        handle: changed?.handle ?? '',
        first: changed?.first ?? false,
      };
    });
  }

  async sendAgain({ memberId }: Pick<Viewer, 'memberId'>): Promise<void> {
    await this.database.inTransaction((tx) =>
      this.outbox.append(tx, verificationRequested({ memberId, asked: this.clock.ms() })),
    );
  }

  /** @throws FieldError if the handle is taken, before the address is looked up */
  private async createPending(
    tx: Tx,
    form: SignUp,
    locale: string | null,
    passwordHash: string,
  ): Promise<void> {
    await this.requireFreeHandle(tx, form.handle);
    const [owner] = await queryIn<{ id: string }>(
      tx,
      'select id from members where email = :email::citext',
      { email: form.email },
    );
    const requestedAt = this.clock.ms();
    if (owner === undefined) {
      const memberId = await this.insert(tx, form, locale, passwordHash);
      await this.outbox.append(tx, memberSignedUp({ memberId, asked: requestedAt }));
    } else {
      await this.claims.reserve(tx, form.handle);
      await this.outbox.append(tx, signUpRepeated({ memberId: owner.id, asked: requestedAt }));
    }
  }

  /** Nothing has to be confirmed: the account can be used immediately. */
  private async createWithoutEmail(
    form: SignUp,
    locale: string | null,
    passwordHash: string,
  ): Promise<string[]> {
    const codes = await newCodes();
    return this.database.inTransaction(async (tx) => {
      await this.requireFreeHandle(tx, form.handle);
      const memberId = await this.insert(tx, form, locale, passwordHash);
      return this.codes.replace(tx, memberId, codes);
    });
  }

  private async requireFreeHandle(tx: Tx, handle: string): Promise<void> {
    if (await this.claims.isFree(tx, handle)) return;
    throw new FieldError('handle', 'accounts.error.handle-taken', { other: suggestHandle() });
  }

  private async insert(
    tx: Tx,
    form: SignUp,
    locale: string | null,
    passwordHash: string,
  ): Promise<string> {
    const row = await getIn<{ id: string }>(
      tx,
      `insert into members (handle, email, password_hash, avatar_seed, age_confirmed_at,
         guidelines_accepted_at, created_at, mail_safe, mail_safe_at, confirm_by,
         email_verified_at, locale)
       values (:handle, :email, :passwordHash, :avatarSeed, :now, :now, :now, nullif(:mailSafe, ''),
         case when :mailSafe <> '' then :now::timestamptz end, :confirmBy, :verifiedAt, :locale)
       returning id`,
      {
        handle: form.handle,
        email: form.withoutEmail ? null : form.email,
        passwordHash,
        avatarSeed: newToken(9),
        now: this.clock.now(),
        mailSafe: form.withoutEmail ? '' : form.mailSafe,
        confirmBy: form.withoutEmail ? null : this.claims.end(),
        locale,
        verifiedAt: form.withoutEmail ? this.clock.now() : null,
      },
    );
    return row.id;
  }
}
