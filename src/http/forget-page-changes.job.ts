import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { PageChanges } from './page-changes.js';

@Injectable()
@Handles('forget-page-changes', 'bulk')
export class ForgetPageChangesJob implements Job {
  constructor(private readonly changes: PageChanges) {}

  run(): Promise<void> {
    return this.changes.forget();
  }
}
