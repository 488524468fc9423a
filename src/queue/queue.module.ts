import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Queues } from './queues.js';
import { Workers } from './workers.js';

@Global()
@Module({ imports: [DiscoveryModule], providers: [Queues, Workers], exports: [Queues, Workers] })
export class QueueModule {}
