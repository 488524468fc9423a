import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CommunityPrompt } from './community-prompt.entity.js';
import { PromptThread } from './prompt-thread.entity.js';
import { CommunitiesModule } from '../communities/communities.module.js';
import { PostingModule } from '../posting/posting.module.js';
import { ReviewModule } from '../review/review.module.js';
import { PostPromptsJob } from './post-prompts.job.js';
import { PromptsController } from './prompts.controller.js';
import { Prompts } from './prompts.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([CommunityPrompt, PromptThread]),
    CommunitiesModule,
    PostingModule,
    ReviewModule,
  ],
  providers: [PostPromptsJob, Prompts],
  exports: [Prompts],
})
export class PromptsModule {}

@Module({ imports: [CommunitiesModule, PromptsModule], controllers: [PromptsController] })
export class PromptsWebModule {}
