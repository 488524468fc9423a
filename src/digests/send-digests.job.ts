import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { Digests } from './digests.service.js';

/**
 * Sends the digests that are due. One run per process is enough, because it continues until all are
 * sent.
 */
@Injectable()
@Handles('send-digests', 'bulk')
export class SendDigestsJob implements Job {
  private running = false;

  constructor(private readonly digests: Digests) {}

  async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      await this.digests.sendDue();
    } finally {
      this.running = false;
    }
  }
}
