import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database, isDuplicate } from '../kernel/database.js';
import { FieldError, refuseFaults } from '../kernel/errors.js';
import type { Viewer } from '../http/viewer.js';
import { Suppressions } from '../mail/suppressions.js';
import { Outbox } from '../outbox/outbox.js';
import { NewPassword } from './accounts.dto.js';
import { addressChangeAsked, resetAsked } from './accounts.events.js';
import { Credentials } from './credentials.js';
import { CredentialChanges } from './credential-changes.js';
import { Member } from './member.entity.js';
import { OneTimeToken } from './one-time-token.entity.js';
import { OneTimeTokens, type TokenOwner } from './one-time-tokens.js';
import { PasswordCheck } from './password-check.service.js';
import { hashPassword } from './password.js';
import { RecoveryCodes } from './recovery-codes.js';
import { executeIn, findIn, Sql, statement } from '../kernel/sql.js';

/** No member has this id. */
const NOBODY = '0';

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

/** Resetting a forgotten password, and changing the password or the address. */
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
   * Nobody learns from it whether the address is known: the statements are the same, and the job
   * of an address that nobody has finds nobody.
   */
  async askReset(email: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const owner = await findIn<{ id: string }>(
        tx,
        'select id from members where email = :email::citext and closed_at is null',
        { email },
      );
      const asked = { memberId: owner?.id ?? NOBODY, asked: this.clock.ms() };
      await this.outbox.append(tx, resetAsked(asked));
    });
  }

  /**
   * Whether an account has still to confirm the age and the guidelines: it was brought in from
   * another forum, and nobody signed up for it.
   */
  async needsConsent(memberId: string): Promise<boolean> {
    return (await this.sql.first(withoutConsent, { memberId })) !== null;
  }

  /**
   * @throws FieldError for a password that would be guessed, and where the age or the guidelines
   *   have still to be confirmed; the link stays open
   * @returns whose password it is now, or null for a link that is used, too old, or was sent to
   *   an address that is not the account's any more
   */
  async reset(token: string, form: NewPassword): Promise<TokenOwner | null> {
    const { password } = form;
    const asked = await this.tokens.peek('reset-password', token);
    if (asked === null) return null;
    const consents = await this.needsConsent(asked.memberId);
    if (consents) refuseFaults(NewPassword.missing(form));
    await this.passwords.checkFor('password', password, asked.memberId);
    const passwordHash = await hashPassword(password);
    return this.database.inTransaction(async (tx) => {
      const owner = await this.tokens.spend(tx, 'reset-password', token);
      if (owner === null) return null;
      const now = this.clock.now();
      // Whoever reads the mail owns the address.
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
   * By a recovery code, where the account has no address that a link could be sent to.
   * @throws FieldError for a wrong code, also where nobody has the handle, and for a password that
   *   would be guessed
   */
  async resetByCode(handle: string, code: string, password: string): Promise<void> {
    this.passwords.check('password', password, { handle, email: null });
    const passwordHash = await hashPassword(password);
    const owner = await this.sql.first(withoutAddress, { handle });
    // The code is compared also where there is nobody: it takes as long.
    const memberId = owner?.id ?? NOBODY;
    const digest = await this.codes.digestOf(memberId, code);
    await this.database.inTransaction(async (tx) => {
      if (!(await this.codes.spendDigest(tx, memberId, digest)))
        throw new FieldError('code', 'accounts.error.code-reset');
      await tx.getRepository(Member).update({ id: memberId }, { passwordHash });
      await this.changes.follow(tx, { memberId, kind: 'password', oldEmail: null });
    });
  }

  /**
   * Ends every session, the viewer's too: the caller begins a new one.
   * @throws TooMany as `Credentials.checkOwn`
   */
  async changePassword(viewer: Viewer, current: string, next: string): Promise<void> {
    await this.mustKnow(viewer, current);
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
   * The new address counts once its owner has opened the mail; the old one is told meanwhile.
   * @throws TooMany as `Credentials.checkOwn`
   */
  async askAddressChange(viewer: Viewer, current: string, email: string): Promise<void> {
    await this.mustKnow(viewer, current);
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
        addressChangeAsked({ memberId: viewer.memberId, asked: this.clock.ms() }),
      );
    });
  }

  /**
   * Ends every session of the account. @returns whose address it is now, or null for a link that is
   *   used or too old, or an address that somebody has meanwhile
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

  private async mustKnow(viewer: Viewer, password: string): Promise<void> {
    if (await this.credentials.checkOwn(viewer.memberId, password)) return;
    throw new FieldError('currentPassword', 'accounts.error.wrong-password');
  }
}
