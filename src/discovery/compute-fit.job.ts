import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { Fit } from './fit.service.js';

@Injectable()
@Handles('compute-fit', 'bulk')
export class ComputeFitJob implements Job {
  constructor(private readonly fit: Fit) {}

  run(): Promise<void> {
    return this.fit.compute();
  }
}
