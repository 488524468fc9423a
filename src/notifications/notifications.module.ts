import { Module } from '@nestjs/common';
import { MailNoticeJob } from './mail-notice.job.js';
import { NotificationsController } from './notifications.controller.js';
import { TellOfLockJob } from './tell-of-lock.job.js';
import { TellOfReplyJob } from './tell-of-reply.job.js';
import { Telling } from './telling.service.js';

@Module({ providers: [Telling, TellOfLockJob, TellOfReplyJob, MailNoticeJob], exports: [Telling] })
export class NotificationsModule {}

@Module({ imports: [NotificationsModule], controllers: [NotificationsController] })
export class NotificationsWebModule {}
