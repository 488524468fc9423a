import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { CredentialChanges } from './credential-changes.js';
import { HandleClaims } from './handle-claims.js';
import { KnownDevices } from './known-devices.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { PasskeyChallenges } from './passkey-challenges.js';
import { Sessions } from './sessions.service.js';

/** Deletes what sign-ups, devices and changes leave behind once its time is over. */
@Injectable()
@Handles('clear-accounts', 'bulk')
export class ClearAccountsJob implements Job {
  constructor(
    private readonly claims: HandleClaims,
    private readonly devices: KnownDevices,
    private readonly changes: CredentialChanges,
    private readonly challenges: PasskeyChallenges,
    private readonly sessions: Sessions,
    private readonly tokens: OneTimeTokens,
  ) {}

  async run(): Promise<void> {
    await this.claims.clear();
    await this.devices.clear();
    await this.changes.clear();
    await this.challenges.clear();
    await this.sessions.clear();
    await this.tokens.clear();
  }
}
