import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { Telling } from './telling.service.js';

@Injectable()
@Handles('tell-of-thread', 'default')
export class TellOfThreadJob implements Job<{ threadId: string }> {
  constructor(private readonly telling: Telling) {}

  run(ids: { threadId: string }): Promise<void> {
    return this.telling.tellOfThread(ids.threadId);
  }
}
