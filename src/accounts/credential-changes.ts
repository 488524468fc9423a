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
  /** The confirmed address of before, where another one took its place. */
  oldEmail: string | null;
}

/** What follows whenever the way into an account changes. */
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
   * In the transaction of the change: every link that is still open is spent, every session ends,
   * every browser is a stranger again, every private feed is off, and the owner is notified by
   * mail. Who may stay signed in begins a new session afterwards.
   */
  async follow(tx: Tx, { memberId, kind, oldEmail }: CredentialChange): Promise<void> {
    await this.tokens.spendAll(tx, memberId);
    await this.sessions.endIn(tx, memberId);
    await this.devices.forgetAll(tx, memberId);
    await this.endFeeds(tx, memberId);
    await this.notify(tx, { memberId, kind, oldEmail });
  }

  // Whoever was in the account may have made or copied an address that needs no log-in.
  private async endFeeds(tx: Tx, memberId: string): Promise<void> {
    await executeIn(
      tx,
      'update private_feeds set revoked_at = :now where member_id = :memberId and revoked_at is null',
      { memberId, now: this.clock.now() },
    );
  }

  /** Sends the owner a mail and ends nothing. */
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

  /** As `notify`, where nothing else changes. */
  notifyNow(change: Pick<CredentialChange, 'memberId' | 'kind'>): Promise<void> {
    return this.database.inTransaction((tx) => this.notify(tx, change));
  }
}
