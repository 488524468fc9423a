import { Module } from '@nestjs/common';
import { CommunitiesModule } from '../communities/communities.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { ComposeController } from './compose.controller.js';
import { Posting } from './posting.service.js';
import { TeamThreads } from './team-threads.service.js';

@Module({
  imports: [CommunitiesModule, PostsModule],
  providers: [Posting, TeamThreads],
  exports: [Posting, TeamThreads],
})
export class PostingModule {}

@Module({
  imports: [CommunitiesModule, PostingModule, PostsModule],
  controllers: [ComposeController],
})
export class PostingWebModule {}
