import { Module } from '@nestjs/common';
import { CommunitiesModule } from '../communities/communities.module.js';
import { AnswerRequestsController } from './answer-requests.controller.js';
import { CardController } from './card.controller.js';
import { ComputeFitJob } from './compute-fit.job.js';
import { FeedController } from './feed.controller.js';
import { FinderController } from './finder.controller.js';
import { Fit } from './fit.service.js';
import { GroupRequestsController } from './group-requests.controller.js';
import { GroupRequests } from './group-requests.service.js';
import { HealthOfGroupController } from './health.controller.js';

@Module({ providers: [ComputeFitJob, Fit, GroupRequests], exports: [GroupRequests] })
export class FindingModule {}

@Module({
  imports: [FindingModule, CommunitiesModule],
  controllers: [
    AnswerRequestsController,
    CardController,
    FeedController,
    FinderController,
    GroupRequestsController,
    HealthOfGroupController,
  ],
})
export class FindingWebModule {}
