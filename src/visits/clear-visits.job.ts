import { Injectable } from '@nestjs/common';
import { Visits } from '../communities/visits.service.js';
import { Handles, type Job } from '../queue/job.js';

@Injectable()
@Handles('clear-visits', 'bulk')
export class ClearVisitsJob implements Job {
  constructor(private readonly visits: Visits) {}

  run(): Promise<void> {
    return this.visits.clearEnded();
  }
}
