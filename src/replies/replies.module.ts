import { Module } from '@nestjs/common';
import { CommunitiesModule } from '../communities/communities.module.js';
import { CopingStrategiesModule } from '../coping-strategies/coping-strategies.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { ThreadsModule } from '../threads/threads.module.js';
import { RepliesController } from './replies.controller.js';
import { Replying } from './replying.service.js';

@Module({
  imports: [CommunitiesModule, CopingStrategiesModule, PostsModule, ThreadsModule],
  providers: [Replying],
  exports: [Replying],
})
export class RepliesModule {}

@Module({ imports: [RepliesModule, ThreadsModule], controllers: [RepliesController] })
export class RepliesWebModule {}
