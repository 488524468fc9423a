import { Injectable } from '@nestjs/common';
import type { Viewer } from '../http/viewer.js';
import { RateLimits } from '../http/rate-limit.js';
import { Clock } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { Database, type Tx } from '../kernel/database.js';
import { FieldError } from '../kernel/errors.js';
import { runWithSecret } from '../kernel/secret-shown-once.js';
import { Sql, executeIn } from '../kernel/sql.js';
import { CredentialChanges } from './credential-changes.js';
import { codesOf, newCodes, RecoveryCodes, type NewCodes } from './recovery-codes.js';
import {
  updateSecondFactorSince,
  secondFactorState,
  type SecondFactorState,
} from './second-factor.queries.js';
import { Sessions } from './sessions.service.js';
import { TotpSecrets } from './totp-secrets.js';

/** Limits on guessing codes, counted per account: a six-digit code would not withstand more. */
const GUESSES = [
  ['second-step-300', 5, 300],
  ['second-step-3600', 20, 3_600],
  ['second-step-86400', 50, 86_400],
] as const;

type AddedFactor = 'second-factor' | 'passkey';
type RemovedFactor = 'second-factor-off' | 'passkey-off';

/** Second factors: an authenticator app, passkeys, and recovery codes. */
@Injectable()
export class SecondFactor {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly limits: RateLimits,
    private readonly totp: TotpSecrets,
    private readonly codes: RecoveryCodes,
    private readonly changes: CredentialChanges,
    private readonly sessions: Sessions,
    private readonly config: Config,
  ) {}

  async stateOf(memberId: string): Promise<SecondFactorState> {
    const state = await this.sql.first(secondFactorState, { memberId });
    return state ?? { app: false, pending: false, passkeys: 0, codes: 0, mailbox: true };
  }

  /**
   * Activates the app.
   * @param key idempotency key of the form: submitted twice, it shows the same codes
   * @returns new recovery codes, to be shown once; null if some already exist
   * @throws FieldError for a wrong code
   */
  async confirm(viewer: Viewer, code: string, key: string): Promise<string[] | null> {
    const { memberId } = viewer;
    await this.countGuess(memberId);
    const fresh = await this.codesOfForm(memberId, 'app', key);
    const codes = await this.codesFor(memberId, fresh);
    const done = await this.database.inTransaction(async (tx) =>
      (await this.totp.confirm(tx, memberId, code))
        ? { codes: await this.added(tx, viewer, 'second-factor', codes) }
        : null,
    );
    if (done !== null) return done.codes;
    if (!(await this.codes.include(memberId, fresh[0] ?? '')))
      throw new FieldError('code', 'accounts.error.code');
    return fresh;
  }

  /** Removes the app. An unconfirmed set-up is removed without a notification. */
  async removeApp(viewer: Viewer): Promise<void> {
    const { memberId } = viewer;
    await this.database.inTransaction(async (tx) => {
      if (await this.totp.remove(tx, memberId))
        await this.removed(tx, memberId, 'second-factor-off');
    });
  }

  /** @param key idempotency key of the form: submitted twice, it shows the same codes */
  async newCodes({ memberId }: Viewer, key: string): Promise<string[]> {
    const codes = await newCodes(await this.codesOfForm(memberId, 'codes', key));
    return this.database.inTransaction((tx) => this.codes.replace(tx, memberId, codes));
  }

  /**
   * Verifies a code of the app or a recovery code, and consumes it.
   * @throws TooManyRequests
   */
  async verify(memberId: string, code: string): Promise<boolean> {
    await this.countGuess(memberId);
    const fits =
      (await this.totp.spend(memberId, code)) || (await this.codes.spend(memberId, code));
    if (fits) for (const [action] of GUESSES) await this.limits.forget(action, memberId);
    return fits;
  }

  /** Removes every factor of a member, in the transaction of the approval. */
  async reset(tx: Tx, memberId: string): Promise<void> {
    await this.totp.remove(tx, memberId);
    await executeIn(tx, 'delete from passkeys where member_id = :memberId', { memberId });
    await this.sessions.endIn(tx, memberId);
    await this.removed(tx, memberId, 'second-factor-off');
  }

  /**
   * Generates recovery codes to add with a factor, before the transaction; null if the member has
   * some.
   */
  async codesFor(memberId: string, texts?: string[]): Promise<NewCodes | null> {
    return (await this.stateOf(memberId)).codes > 0 ? null : newCodes(texts);
  }

  /**
   * To be called after a factor was added: logs out every other device and notifies the owner by
   * email.
   * @param codes from `codesFor`
   * @returns the codes that were stored; null if the member already has unused ones
   */
  async added(
    tx: Tx,
    viewer: Viewer,
    kind: AddedFactor,
    codes: NewCodes | null,
  ): Promise<string[] | null> {
    const { memberId, sessionId } = viewer;
    await this.sql.rowsIn(tx, updateSecondFactorSince, { memberId, now: this.clock.now() });
    await this.sessions.endIn(tx, memberId, sessionId);
    await this.changes.notify(tx, { memberId, kind });
    if ((await this.codes.left(tx, memberId)) > 0) return null;
    // None were generated if the last one was used just now.
    return this.codes.replace(tx, memberId, codes ?? (await newCodes()));
  }

  /**
   * To be called after a factor was removed. Recovery codes stay while there is another factor, or
   * no mailbox to fall back on.
   */
  async removed(tx: Tx, memberId: string, kind: RemovedFactor): Promise<void> {
    const [row] = await this.sql.rowsIn(tx, updateSecondFactorSince, {
      memberId,
      now: this.clock.now(),
    });
    if (row?.since == null && row?.mailbox === true) await this.codes.remove(tx, memberId);
    await this.changes.notify(tx, { memberId, kind });
  }

  private async codesOfForm(memberId: string, form: string, key: string): Promise<string[]> {
    const secret = await this.database.inTransaction((tx) =>
      runWithSecret(
        tx,
        this.config.secret,
        { memberId, what: 'recovery-codes', key, words: [form] },
        this.clock.now(),
        () => Promise.resolve(),
      ),
    );
    return codesOf(secret);
  }

  private async countGuess(memberId: string): Promise<void> {
    for (const [action, most, seconds] of GUESSES)
      await this.limits.count(action, memberId, most, seconds);
  }
}
