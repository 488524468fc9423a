import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { OldWordings } from './old-wordings.service.js';

@Injectable()
@Handles('clear-old-wordings', 'bulk')
export class ClearOldWordingsJob implements Job {
  constructor(private readonly wordings: OldWordings) {}

  async run(): Promise<void> {
    await this.wordings.clear();
  }
}
