import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Digest } from './digest.entity.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { DigestContent } from './digest-content.js';
import { DigestPages } from './digest-pages.service.js';
import { DigestPlanning } from './digest-planning.service.js';
import { DigestComposer } from './digest-composer.service.js';
import { Digests } from './digests.service.js';
import { DigestsController } from './digests.controller.js';
import { SendDigestsJob } from './send-digests.job.js';

@Module({
  imports: [TypeOrmModule.forFeature([Digest]), NotificationsModule],
  providers: [DigestComposer, DigestContent, DigestPlanning, Digests, SendDigestsJob],
  exports: [DigestContent, Digests],
})
export class DigestsModule {}

@Module({
  imports: [DigestsModule, NotificationsModule],
  providers: [DigestPages],
  controllers: [DigestsController],
})
export class DigestsWebModule {}
