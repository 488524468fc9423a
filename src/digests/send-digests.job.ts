import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { DigestPlanning } from './digest-planning.service.js';
import { DigestSending } from './digest-sending.service.js';

/** All that is due. Other workers take other batches; within a process one run is enough. */
@Injectable()
@Handles('send-digests', 'bulk')
export class SendDigestsJob implements Job {
  private running = false;

  constructor(
    private readonly planning: DigestPlanning,
    private readonly sending: DigestSending,
  ) {}

  async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      await this.planning.welcomeBack();
      for (let work = 1; work > 0;)
        work = (await this.planning.planDue()) + (await this.sending.sendBatch());
    } finally {
      this.running = false;
    }
  }
}
