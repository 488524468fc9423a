import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { UnansweredThreads } from './unanswered.service.js';

@Injectable()
@Handles('pass-on-waiting', 'default')
export class RouteUnansweredJob implements Job {
  constructor(private readonly threads: UnansweredThreads) {}

  run(): Promise<void> {
    return this.threads.passOnDue();
  }
}

@Injectable()
@Handles('offer-rest', 'bulk')
export class OfferBreakJob implements Job<{ postId: string }> {
  constructor(private readonly threads: UnansweredThreads) {}

  run({ postId }: { postId: string }): Promise<void> {
    return this.threads.offerRest(postId);
  }
}
