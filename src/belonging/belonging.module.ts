import { Module } from '@nestjs/common';
import { CommunitiesModule } from '../communities/communities.module.js';
import { AnswerController } from './answer.controller.js';
import { ClearVisitsJob } from './clear-visits.job.js';
import { VisitController } from './visit.controller.js';

@Module({ imports: [CommunitiesModule], providers: [ClearVisitsJob] })
export class BelongingModule {}

@Module({ imports: [BelongingModule, CommunitiesModule], controllers: [AnswerController, VisitController] })
export class BelongingWebModule {}
