import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ReviewCase } from './review-case.entity.js';
import { SafetyPlans } from '../safety-plans/safety-plans.js';
import { AuditLog } from './audit-log.js';
import { PassOnHeldJob } from './pass-on-held.job.js';
import { ReviewCases } from './review-cases.js';
import { Screening } from '../triage/screening.js';

@Module({
  imports: [TypeOrmModule.forFeature([ReviewCase])],
  providers: [AuditLog, SafetyPlans, PassOnHeldJob, ReviewCases, Screening],
  exports: [AuditLog, SafetyPlans, ReviewCases, Screening],
})
export class ReviewModule {}
