import { Global, Module } from '@nestjs/common';
import { QueueModule } from '../queue/queue.module.js';
import { Outbox } from './outbox.js';
import { Relay } from './relay.js';

@Global()
@Module({ imports: [QueueModule], providers: [Outbox, Relay], exports: [Outbox, Relay] })
export class OutboxModule {}
