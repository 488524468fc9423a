import { Module } from '@nestjs/common';
import { OutboxModule } from '../outbox/outbox.module.js';
import { ReviewModule } from '../review/review.module.js';
import { ThreadsModule } from '../threads/threads.module.js';
import { SplitController } from './split.controller.js';
import { Splitting } from './splitting.service.js';

@Module({
  imports: [OutboxModule, ReviewModule, ThreadsModule],
  providers: [Splitting],
  controllers: [SplitController],
})
export class ThreadChangesWebModule {}
