import { Module } from '@nestjs/common';
import { CommunitiesModule } from '../communities/communities.module.js';
import { ThreadsModule } from '../threads/threads.module.js';
import { AnswerController } from './answer.controller.js';
import { ClearVisitsJob } from './clear-visits.job.js';
import { PostPromptsJob } from './post-prompts.job.js';
import { PromptsController } from './prompts.controller.js';
import { Prompts } from './prompts.service.js';
import { SupportingController } from './supporting.controller.js';
import { Supporting } from './supporting.service.js';
import { VisitController } from './visit.controller.js';

@Module({ imports: [CommunitiesModule, ThreadsModule], providers: [ClearVisitsJob, PostPromptsJob, Prompts, Supporting], exports: [Prompts, Supporting] })
export class BelongingModule {}

@Module({ imports: [BelongingModule, CommunitiesModule], controllers: [AnswerController, PromptsController, SupportingController, VisitController] })
export class BelongingWebModule {}
