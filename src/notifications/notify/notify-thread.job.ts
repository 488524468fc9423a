import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../../queue/job.js';
import { Notifier } from './notifier.service.js';

@Injectable()
@Handles('tell-of-thread', 'default')
export class NotifyThreadJob implements Job<{ threadId: string }> {
  constructor(private readonly notifier: Notifier) {}

  run(ids: { threadId: string }): Promise<void> {
    return this.notifier.notifyThread(ids.threadId);
  }
}
