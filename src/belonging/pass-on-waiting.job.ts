import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { Waiting } from './waiting.service.js';

@Injectable()
@Handles('pass-on-waiting', 'default')
export class PassOnWaitingJob implements Job {
  constructor(private readonly waiting: Waiting) {}

  run(): Promise<void> {
    return this.waiting.passOnDue();
  }
}

@Injectable()
@Handles('offer-rest', 'bulk')
export class OfferRestJob implements Job<{ postId: string }> {
  constructor(private readonly waiting: Waiting) {}

  run({ postId }: { postId: string }): Promise<void> {
    return this.waiting.offerRest(postId);
  }
}
