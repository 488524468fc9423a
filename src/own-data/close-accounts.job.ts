import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { Closing } from './closing.service.js';

@Injectable()
@Handles('close-accounts', 'bulk')
export class CloseAccountsJob implements Job {
  constructor(private readonly closing: Closing) {}

  run(): Promise<void> {
    return this.closing.closeDue();
  }
}
