import { Module } from '@nestjs/common';
import { CommunitiesModule } from '../communities/communities.module.js';
import { PollsModule } from '../polls/polls.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { ComposeController } from './compose.controller.js';
import { PostWriter } from './post-writer.js';
import { Posting } from './posting.service.js';
import { TeamThreads } from './team-threads.service.js';

@Module({
  imports: [CommunitiesModule, PollsModule, PostsModule],
  providers: [Posting, PostWriter, TeamThreads],
  exports: [Posting, PostWriter, TeamThreads],
})
export class PostingModule {}

@Module({
  imports: [CommunitiesModule, PostingModule, PostsModule],
  controllers: [ComposeController],
})
export class PostingWebModule {}
