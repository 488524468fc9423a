import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database, insertOne, type Tx } from '../kernel/database.js';
import { executeIn } from '../kernel/sql.js';
import { Outbox } from '../outbox/outbox.js';
import { credentialsChanged } from './accounts.events.js';
import { CredentialChangeRow, type CredentialChangeKind } from './credential-change.entity.js';
import { KnownDevices } from './known-devices.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { Sessions } from './sessions.service.js';

interface CredentialChange {
  memberId: string;
  kind: CredentialChangeKind;
  /** The previous confirmed address, if it was replaced. */
  oldEmail: string | null;
}

/** Performs everything that must follow a change of credentials. */
@Injectable()
export class CredentialChanges {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly tokens: OneTimeTokens,
    private readonly devices: KnownDevices,
    private readonly sessions: Sessions,
  ) {}

  /**
   * Runs in the transaction of the change: invalidates all pending links, ends all sessions,
   * forgets all known browsers, turns off private feeds, and notifies the owner by email. A caller
   * whose member stays signed in starts a new session afterwards.
   */
  async follow(tx: Tx, { memberId, kind, oldEmail }: CredentialChange): Promise<void> {
    await this.tokens.spendAll(tx, memberId);
    await this.sessions.endIn(tx, memberId);
    await this.devices.forgetAll(tx, memberId);
    await this.endFeeds(tx, memberId);
    await this.notify(tx, { memberId, kind, oldEmail });
  }

  // An intruder may have created or copied a feed URL, which needs no log-in.
  private async endFeeds(tx: Tx, memberId: string): Promise<void> {
    await executeIn(
      tx,
      'update private_feeds set revoked_at = :now where member_id = :memberId and revoked_at is null',
      { memberId, now: this.clock.now() },
    );
  }

  /** Notifies the owner by email, without ending anything. */
  async notify(
    tx: Tx,
    {
      memberId,
      kind,
      oldEmail,
    }: Partial<CredentialChange> & Pick<CredentialChange, 'memberId' | 'kind'>,
  ): Promise<void> {
    const changedAt = this.clock.now();
    const changeId = await insertOne(tx, CredentialChangeRow, {
      memberId,
      kind,
      oldEmail: oldEmail ?? null,
      changedAt,
    });
    await this.outbox.append(tx, credentialsChanged({ changeId }));
  }

  /** Like `notify`, in its own transaction. */
  notifyNow(change: Pick<CredentialChange, 'memberId' | 'kind'>): Promise<void> {
    return this.database.inTransaction((tx) => this.notify(tx, change));
  }
}
