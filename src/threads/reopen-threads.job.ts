import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { ThreadLocks } from './thread-lock.service.js';

@Injectable()
@Handles('reopen-threads', 'bulk')
export class ReopenThreadsJob implements Job {
  constructor(private readonly locks: ThreadLocks) {}

  run(): Promise<void> {
    return this.locks.reopenDue();
  }
}
