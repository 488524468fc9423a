import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { ThreadCooling } from './thread-lock.service.js';

@Injectable()
@Handles('reopen-threads', 'bulk')
export class ReopenThreadsJob implements Job {
  constructor(private readonly cooling: ThreadCooling) {}

  run(): Promise<void> {
    return this.cooling.reopenDue();
  }
}
