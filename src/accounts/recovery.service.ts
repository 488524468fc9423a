import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database, isDuplicate } from '../kernel/database.js';
import { FieldError, throwIfInvalid } from '../kernel/errors.js';
import type { Viewer } from '../http/viewer.js';
import { Suppressions } from '../mail/suppressions.js';
import { Outbox } from '../outbox/outbox.js';
import { NewPassword } from './accounts.dto.js';
import { addressChangeRequested, resetRequested } from './accounts.events.js';
import { Credentials } from './credentials.js';
import { CredentialChanges } from './credential-changes.js';
import { Member } from './member.entity.js';
import { OneTimeToken } from './one-time-token.entity.js';
import { OneTimeTokens, type TokenOwner } from './one-time-tokens.js';
import { PasswordCheck } from './password-check.service.js';
import { hashPassword } from './password.js';
import { RecoveryCodes } from './recovery-codes.js';
import { executeIn, findIn, Sql, statement } from '../kernel/sql.js';

/** An id that no member has. */
const NO_MEMBER = '0';

const withoutAddress = statement<{ handle: string }, { id: string }>(
  'accounts.member-without-address',
  `
    select id
    from members
    where handle = :handle::citext
      and email is null
      and closed_at is null
      and memorial_at is null
  `,
);

const withoutConsent = statement<{ memberId: string }, { id: string }>(
  'accounts.member-without-consent',
  `
    select id
    from members
    where id = :memberId
      and (age_confirmed_at is null or guidelines_accepted_at is null)
  `,
);

/** Resets forgotten passwords, and changes passwords and addresses. */
@Injectable()
export class Recovery {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly tokens: OneTimeTokens,
    private readonly credentials: Credentials,
    private readonly changes: CredentialChanges,
    private readonly suppressions: Suppressions,
    private readonly passwords: PasswordCheck,
    private readonly codes: RecoveryCodes,
  ) {}

  /**
   * Does not reveal whether the address is known: the statements are the same, and the job for an
   * unknown address finds nobody.
   */
  async askReset(email: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const owner = await findIn<{ id: string }>(
        tx,
        'select id from members where email = :email::citext and closed_at is null',
        { email },
      );
      const request = { memberId: owner?.id ?? NO_MEMBER, asked: this.clock.ms() };
      await this.outbox.append(tx, resetRequested(request));
    });
  }

  /**
   * Whether an account still has to confirm the age and the guidelines, because it was imported
   * from another forum and nobody signed up for it.
   */
  async needsConsent(memberId: string): Promise<boolean> {
    return (await this.sql.first(withoutConsent, { memberId })) !== null;
  }

  /**
   * @throws FieldError for a password that is easy to guess, or if the age or the guidelines still
   *   have to be confirmed; the link stays valid
   * @returns the owner; null if the link was used, has expired, or was sent to an address that is
   *   no longer the account's
   */
  async reset(token: string, form: NewPassword): Promise<TokenOwner | null> {
    const { password } = form;
    const owner = await this.tokens.peek('reset-password', token);
    if (owner === null) return null;
    const consents = await this.needsConsent(owner.memberId);
    if (consents) throwIfInvalid(NewPassword.missing(form));
    await this.passwords.checkFor('password', password, owner.memberId);
    const passwordHash = await hashPassword(password);
    return this.database.inTransaction(async (tx) => {
      const owner = await this.tokens.spend(tx, 'reset-password', token);
      if (owner === null) return null;
      const now = this.clock.now();
      // The person who opened the email owns the address.
      const changed = await executeIn(
        tx,
        `update members
         set password_hash = :passwordHash, email_verified_at = coalesce(email_verified_at, :now),
           confirm_by = null,
           age_confirmed_at = coalesce(age_confirmed_at, :consentedAt::timestamptz),
           guidelines_accepted_at = coalesce(guidelines_accepted_at, :consentedAt::timestamptz)
         where id = :memberId and email = :email::citext and closed_at is null`,
        {
          ...{ memberId: owner.memberId, passwordHash, now, email: owner.email },
          consentedAt: consents ? now : null,
        },
      );
      if (changed === 0) return null;
      await this.suppressions.lift(tx, owner.memberId);
      await this.changes.follow(tx, {
        memberId: owner.memberId,
        kind: 'password',
        oldEmail: null,
      });
      return owner;
    });
  }

  /**
   * Resets the password with a recovery code, for an account without an address to send a link to.
   * @throws FieldError for a wrong code, also if nobody has the handle, and for a password that is
   *   easy to guess
   */
  async resetByCode(handle: string, code: string, password: string): Promise<void> {
    this.passwords.check('password', password, { handle, email: null });
    const passwordHash = await hashPassword(password);
    const owner = await this.sql.first(withoutAddress, { handle });
    // The code is verified even if nobody has the handle, so that the time is the same.
    const memberId = owner?.id ?? NO_MEMBER;
    const digest = await this.codes.digestOf(memberId, code);
    await this.database.inTransaction(async (tx) => {
      if (!(await this.codes.spendDigest(tx, memberId, digest)))
        throw new FieldError('code', 'accounts.error.code-reset');
      await tx.getRepository(Member).update({ id: memberId }, { passwordHash });
      await this.changes.follow(tx, { memberId, kind: 'password', oldEmail: null });
    });
  }

  /**
   * Ends every session, including the viewer's: the caller starts a new one.
   * @throws TooManyRequests like `Credentials.checkOwn`
   */
  async changePassword(viewer: Viewer, current: string, next: string): Promise<void> {
    await this.requirePassword(viewer, current);
    await this.passwords.checkFor('newPassword', next, viewer.memberId);
    const passwordHash = await hashPassword(next);
    await this.database.inTransaction(async (tx) => {
      await tx.getRepository(Member).update({ id: viewer.memberId }, { passwordHash });
      await this.changes.follow(tx, {
        memberId: viewer.memberId,
        kind: 'password',
        oldEmail: null,
      });
    });
  }

  /**
   * Requests a change of address. The new address takes effect once its owner opens the link; the
   * old one is notified meanwhile.
   * @throws TooManyRequests like `Credentials.checkOwn`
   */
  async askAddressChange(viewer: Viewer, current: string, email: string): Promise<void> {
    await this.requirePassword(viewer, current);
    await this.database.inTransaction(async (tx) => {
      await tx
        .getRepository(OneTimeToken)
        .delete({ memberId: viewer.memberId, purpose: 'change-email' });
      await executeIn(
        tx,
        `
          insert into one_time_tokens (token_hash, purpose, member_id, email, created_at,
            expires_at)
          values (sha256(gen_random_uuid()::text::bytea), 'change-email', :viewerId, :email, :now,
            :now)
        `,
        { viewerId: viewer.memberId, email, now: this.clock.now() },
      );
      await this.outbox.append(
        tx,
        addressChangeRequested({ memberId: viewer.memberId, asked: this.clock.ms() }),
      );
    });
  }

  /**
   * Ends every session of the account.
   * @returns the owner; null if the link was used or has expired, or if somebody else has the
   *   address by now
   */
  async changeAddress(token: string): Promise<string | null> {
    try {
      return await this.database.inTransaction(async (tx) => {
        const owner = await this.tokens.spend(tx, 'change-email', token);
        if (owner === null) return null;
        const { memberId, email } = owner;
        const before = await findIn<{ email: string | null }>(
          tx,
          `select case when email_verified_at is not null then email::text end as email
           from members where id = :memberId for update`,
          { memberId },
        );
        await tx
          .getRepository(Member)
          .update({ id: memberId }, { email, emailVerifiedAt: this.clock.now(), confirmBy: null });
        await this.suppressions.lift(tx, memberId);
        const oldEmail = before?.email ?? null;
        await this.changes.follow(tx, { memberId, kind: 'address', oldEmail });
        return memberId;
      });
    } catch (error) {
      if (isDuplicate(error, 'members_email_key')) return null;
      throw error;
    }
  }

  private async requirePassword(viewer: Viewer, password: string): Promise<void> {
    if (await this.credentials.checkOwn(viewer.memberId, password)) return;
    throw new FieldError('currentPassword', 'accounts.error.wrong-password');
  }
}
