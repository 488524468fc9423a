import { Module } from '@nestjs/common';
import { CommunitiesModule } from '../communities/communities.module.js';
import { SafetyModule } from '../safety/safety.module.js';
import { ThreadsModule } from '../threads/threads.module.js';
import { AnswerController } from './answer.controller.js';
import { AskedController } from './asked.controller.js';
import { ClearVisitsJob } from './clear-visits.job.js';
import { OfferRestJob, PassOnWaitingJob } from './pass-on-waiting.job.js';
import { PostPromptsJob } from './post-prompts.job.js';
import { PromptsController } from './prompts.controller.js';
import { Prompts } from './prompts.service.js';
import { SupportingController } from './supporting.controller.js';
import { Supporting } from './supporting.service.js';
import { VisitController } from './visit.controller.js';
import { Waiting } from './waiting.service.js';

@Module({
  imports: [CommunitiesModule, SafetyModule, ThreadsModule],
  providers: [
    ClearVisitsJob,
    OfferRestJob,
    PassOnWaitingJob,
    PostPromptsJob,
    Prompts,
    Supporting,
    Waiting,
  ],
  exports: [Prompts, Supporting, Waiting],
})
export class BelongingModule {}

@Module({
  imports: [BelongingModule, CommunitiesModule],
  controllers: [
    AnswerController,
    AskedController,
    PromptsController,
    SupportingController,
    VisitController,
  ],
})
export class BelongingWebModule {}
