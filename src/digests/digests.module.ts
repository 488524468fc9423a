import { Module } from '@nestjs/common';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { DigestContent } from './digest-content.js';
import { DigestPlanning } from './digest-planning.service.js';
import { DigestSending } from './digest-sending.service.js';
import { DigestsController } from './digests.controller.js';
import { SendDigestsJob } from './send-digests.job.js';

@Module({
  imports: [NotificationsModule],
  providers: [DigestContent, DigestPlanning, DigestSending, SendDigestsJob],
  exports: [DigestContent, DigestPlanning, DigestSending],
})
export class DigestsModule {}

@Module({ imports: [DigestsModule, NotificationsModule], controllers: [DigestsController] })
export class DigestsWebModule {}
