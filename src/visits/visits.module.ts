import { Module } from '@nestjs/common';
import { CommunitiesModule } from '../communities/communities.module.js';
import { ClearVisitsJob } from './clear-visits.job.js';
import { VisitController } from './visit.controller.js';

@Module({ imports: [CommunitiesModule], providers: [ClearVisitsJob] })
export class VisitsModule {}

@Module({ imports: [CommunitiesModule], controllers: [VisitController] })
export class VisitsWebModule {}
