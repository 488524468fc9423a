import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { CredentialChanges } from './credential-changes.js';
import { HandleClaims } from './handle-claims.js';
import { KnownDevices } from './known-devices.js';
import { PasskeyChallenges } from './passkey-challenges.js';

/** Deletes what sign-ups, devices and changes leave behind once its time is over. */
@Injectable()
@Handles('clear-accounts', 'bulk')
export class ClearAccountsJob implements Job {
  constructor(
    private readonly claims: HandleClaims,
    private readonly devices: KnownDevices,
    private readonly changes: CredentialChanges,
    private readonly challenges: PasskeyChallenges,
  ) {}

  async run(): Promise<void> {
    await this.claims.clear();
    await this.devices.clear();
    await this.changes.clear();
    await this.challenges.clear();
  }
}
