import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../../queue/job.js';
import { Notifier } from './notifier.service.js';

@Injectable()
@Handles('tell-of-reply', 'default')
export class NotifyReplyJob implements Job<{ postId: string }> {
  constructor(private readonly notifier: Notifier) {}

  run(ids: { postId: string }): Promise<void> {
    return this.notifier.notifyReply(ids.postId);
  }
}
