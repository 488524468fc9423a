import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Supporter } from './supporter.entity.js';
import { CommunitiesModule } from '../communities/communities.module.js';
import { ReviewModule } from '../review/review.module.js';
import { ThreadsModule } from '../threads/threads.module.js';
import { JoinAnswerController } from './join-answer.controller.js';
import { JoinAnswers } from './join-answer.service.js';
import { SupportRequestsController } from './support-requests.controller.js';
import { OfferBreakJob, RouteUnansweredJob } from './route-unanswered.job.js';
import { SupportersController } from './supporters.controller.js';
import { Supporters } from './supporters.service.js';
import { UnansweredThreads } from './unanswered.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Supporter]), CommunitiesModule, ReviewModule, ThreadsModule],
  providers: [JoinAnswers, OfferBreakJob, RouteUnansweredJob, Supporters, UnansweredThreads],
  exports: [JoinAnswers, Supporters, UnansweredThreads],
})
export class PeerSupportModule {}

@Module({
  imports: [PeerSupportModule, CommunitiesModule],
  controllers: [JoinAnswerController, SupportRequestsController, SupportersController],
})
export class PeerSupportWebModule {}
