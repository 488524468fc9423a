import { Global, Module } from '@nestjs/common';
import { Outbox } from './outbox.js';
import { Relay } from './relay.js';
import { RelaySignal } from './relay-signal.js';

@Global()
@Module({ providers: [Outbox, Relay, RelaySignal], exports: [Outbox, Relay, RelaySignal] })
export class OutboxModule {}
