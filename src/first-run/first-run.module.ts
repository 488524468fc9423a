import { Module } from '@nestjs/common';
import { OutboxModule } from '../outbox/outbox.module.js';
import { FirstRunController } from './first-run.controller.js';
import { FirstRun } from './first-run.service.js';
import { NameServers } from './name-servers.js';
import { TestMailJob } from './test-mail.job.js';

@Module({
  imports: [OutboxModule],
  providers: [FirstRun, NameServers, TestMailJob],
  exports: [FirstRun],
})
export class FirstRunModule {}

@Module({ imports: [FirstRunModule], controllers: [FirstRunController] })
export class FirstRunWebModule {}
