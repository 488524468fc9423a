import { Module } from '@nestjs/common';
import { MailNoticeJob } from './mail-notice.job.js';
import { NotificationsController } from './notifications.controller.js';
import { TellOfDecisionJob, TellOfTeamMessageJob } from './tell-of-decision.job.js';
import { TellOfLockJob } from './tell-of-lock.job.js';
import { TellOfReplyJob } from './tell-of-reply.job.js';
import { Telling } from './telling.service.js';

@Module({ providers: [Telling, TellOfDecisionJob, TellOfLockJob, TellOfReplyJob, TellOfTeamMessageJob, MailNoticeJob], exports: [Telling] })
export class NotificationsModule {}

@Module({ imports: [NotificationsModule], controllers: [NotificationsController] })
export class NotificationsWebModule {}
