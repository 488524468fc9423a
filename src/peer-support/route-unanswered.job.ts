import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { UnansweredThreads } from './unanswered.service.js';

@Injectable()
@Handles('pass-on-waiting', 'default')
export class RouteUnansweredJob implements Job {
  constructor(private readonly waiting: UnansweredThreads) {}

  run(): Promise<void> {
    return this.waiting.passOnDue();
  }
}

@Injectable()
@Handles('offer-rest', 'bulk')
export class OfferBreakJob implements Job<{ postId: string }> {
  constructor(private readonly waiting: UnansweredThreads) {}

  run({ postId }: { postId: string }): Promise<void> {
    return this.waiting.offerRest(postId);
  }
}
