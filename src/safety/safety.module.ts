import { Module } from '@nestjs/common';
import { ReviewCases } from './review-cases.js';
import { Screening } from './screening.js';

@Module({ providers: [ReviewCases, Screening], exports: [ReviewCases, Screening] })
export class SafetyModule {}
