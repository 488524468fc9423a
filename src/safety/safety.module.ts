import { Module } from '@nestjs/common';
import { OwnPlans } from './own-plans.js';
import { PassOnHeldJob } from './pass-on-held.job.js';
import { ReviewCases } from './review-cases.js';
import { Screening } from './screening.js';

@Module({
  providers: [OwnPlans, PassOnHeldJob, ReviewCases, Screening],
  exports: [OwnPlans, ReviewCases, Screening],
})
export class SafetyModule {}
