import { Module } from '@nestjs/common';
import { CommunitiesModule } from '../communities/communities.module.js';
import { ClearVisitsJob } from './clear-visits.job.js';
import { VisitController } from './visit.controller.js';
import { VisitWeek } from './visit-week.service.js';

@Module({ imports: [CommunitiesModule], providers: [ClearVisitsJob] })
export class VisitsModule {}

@Module({ imports: [CommunitiesModule], providers: [VisitWeek], controllers: [VisitController] })
export class VisitsWebModule {}
