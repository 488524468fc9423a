import { Module } from '@nestjs/common';
import { PassOnHeldJob } from './pass-on-held.job.js';
import { ReviewCases } from './review-cases.js';
import { Screening } from './screening.js';

@Module({ providers: [PassOnHeldJob, ReviewCases, Screening], exports: [ReviewCases, Screening] })
export class SafetyModule {}
