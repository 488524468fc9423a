import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { AccountClosure } from './account-closure.service.js';

@Injectable()
@Handles('close-accounts', 'bulk')
export class CloseAccountsJob implements Job {
  constructor(private readonly closure: AccountClosure) {}

  run(): Promise<void> {
    return this.closure.closeDue();
  }
}
