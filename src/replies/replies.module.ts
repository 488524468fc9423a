import { Module } from '@nestjs/common';
import { PostingModule } from '../posting/posting.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { ThreadsModule } from '../threads/threads.module.js';
import { RepliesController } from './replies.controller.js';
import { Replying } from './replying.service.js';

@Module({
  imports: [PostingModule, PostsModule, ThreadsModule],
  providers: [Replying],
  exports: [Replying],
})
export class RepliesModule {}

@Module({ imports: [RepliesModule, ThreadsModule], controllers: [RepliesController] })
export class RepliesWebModule {}
