import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { HandleClaims } from './handle-claims.js';
import { RetentionClearing } from './retention.js';

/** Deletes accounts that were not confirmed in time, and data past its retention. */
@Injectable()
@Handles('clear-accounts', 'bulk')
export class ClearAccountsJob implements Job {
  constructor(
    private readonly claims: HandleClaims,
    private readonly retention: RetentionClearing,
  ) {}

  async run(): Promise<void> {
    await this.claims.clear();
    await this.retention.clear();
  }
}
