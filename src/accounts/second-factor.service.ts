import { Injectable } from '@nestjs/common';
import type { Viewer } from '../http/viewer.js';
import { RateLimits } from '../http/rate-limit.js';
import { Clock } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { FieldError } from '../kernel/errors.js';
import { Sql, executeIn } from '../kernel/sql.js';
import { CredentialChanges } from './credential-changes.js';
import { RecoveryCodes } from './recovery-codes.js';
import {
  noteSecondFactor,
  secondFactorState,
  type SecondFactorState,
} from './second-factor.queries.js';
import { TotpSecrets } from './totp-secrets.js';

/** Guesses of a code, whoever has the password: a code of six digits would not outlast more. */
const GUESSES = [
  ['second-step-300', 5, 300],
  ['second-step-3600', 20, 3_600],
  ['second-step-86400', 50, 86_400],
] as const;

/** What a second factor adds to a password: an authenticator app, and recovery codes. */
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
  ) {}

  async stateOf(memberId: string): Promise<SecondFactorState> {
    const state = await this.sql.first(secondFactorState, { memberId });
    return state ?? { app: false, pending: false, passkeys: 0, codes: 0 };
  }

  /**
   * Turns the app on. Every other device is logged out, and the owner is told by mail.
   * @returns new recovery codes, to be shown now and never again
   * @throws FieldError for a wrong code
   */
  async confirm(viewer: Viewer, code: string): Promise<string[]> {
    const { memberId } = viewer;
    await this.countGuess(memberId);
    return this.database.inTransaction(async (tx) => {
      if (!(await this.totp.confirm(tx, memberId, code)))
        throw new FieldError('code', 'accounts.error.code');
      await this.added(tx, viewer);
      return this.codes.replace(tx, memberId);
    });
  }

  /** A set-up that was not confirmed goes without a word. */
  async removeApp(viewer: Viewer): Promise<void> {
    const { memberId } = viewer;
    await this.database.inTransaction(async (tx) => {
      if (await this.totp.remove(tx, memberId)) await this.removed(tx, memberId);
    });
  }

  newCodes(viewer: Viewer): Promise<string[]> {
    return this.database.inTransaction((tx) => this.codes.replace(tx, viewer.memberId));
  }

  /**
   * Whether a code is the app's present one or a recovery code; either is used up by it.
   * @throws TooMany
   */
  async verify(memberId: string, code: string): Promise<boolean> {
    await this.countGuess(memberId);
    const fits = (await this.totp.spend(memberId, code)) || (await this.spendCode(memberId, code));
    if (fits) for (const [action] of GUESSES) await this.limits.forget(action, memberId);
    return fits;
  }

  /** Takes every factor of a member away, in the transaction of whoever allowed it. */
  async reset(tx: Tx, memberId: string): Promise<void> {
    await this.totp.remove(tx, memberId);
    await executeIn(tx, 'delete from sessions where member_id = :memberId', { memberId });
    await this.removed(tx, memberId);
  }

  private async added(tx: Tx, { memberId, sessionId }: Viewer): Promise<void> {
    await this.sql.rowsIn(tx, noteSecondFactor, { memberId, now: this.clock.now() });
    await executeIn(tx, 'delete from sessions where member_id = :memberId and id <> :sessionId', {
      memberId,
      sessionId,
    });
    await this.changes.notify(tx, { memberId, kind: 'second-factor' });
  }

  private async removed(tx: Tx, memberId: string): Promise<void> {
    const [row] = await this.sql.rowsIn(tx, noteSecondFactor, { memberId, now: this.clock.now() });
    if (row?.since == null) await this.codes.remove(tx, memberId);
    await this.changes.notify(tx, { memberId, kind: 'second-factor-off' });
  }

  private spendCode(memberId: string, code: string): Promise<boolean> {
    return this.database.inTransaction((tx) => this.codes.spend(tx, memberId, code));
  }

  private async countGuess(memberId: string): Promise<void> {
    for (const [action, most, seconds] of GUESSES)
      await this.limits.count(action, memberId, most, seconds);
  }
}
