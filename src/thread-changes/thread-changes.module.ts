import { Module } from '@nestjs/common';
import { OutboxModule } from '../outbox/outbox.module.js';
import { ReviewModule } from '../review/review.module.js';
import { ThreadsModule } from '../threads/threads.module.js';
import { MergeController } from './merge.controller.js';
import { Merging } from './merging.service.js';
import { SplitController } from './split.controller.js';
import { Splitting } from './splitting.service.js';

@Module({
  imports: [OutboxModule, ReviewModule, ThreadsModule],
  providers: [Merging, Splitting],
  controllers: [MergeController, SplitController],
})
export class ThreadChangesWebModule {}
