import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Queues } from './queues.js';
import { RECURRING, RecurringJobs, type Recurring } from './recurring-jobs.js';
import { Workers } from './workers.js';

@Module({})
export class QueueModule {
  /** @param schedule every recurring job */
  static with(schedule: readonly Recurring[]): DynamicModule {
    return {
      module: QueueModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [Queues, Workers, RecurringJobs, { provide: RECURRING, useValue: schedule }],
      exports: [Queues, Workers, RecurringJobs],
    };
  }
}
