import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { CredentialChanges } from './credential-changes.js';
import { HandleClaims } from './handle-claims.js';
import { KnownDevices } from './known-devices.js';

/** What of sign-ups, devices and changes has had its day. */
@Injectable()
@Handles('clear-accounts', 'bulk')
export class ClearAccountsJob implements Job {
  constructor(
    private readonly claims: HandleClaims,
    private readonly devices: KnownDevices,
    private readonly changes: CredentialChanges,
  ) {}

  async run(): Promise<void> {
    await this.claims.clear();
    await this.devices.clear();
    await this.changes.clear();
  }
}
