import { Module } from '@nestjs/common';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { RepliesModule } from '../replies/replies.module.js';
import { ReviewModule } from '../review/review.module.js';
import { BouncesController } from './bounces.controller.js';
import { AnswerMails, MailHoldJob, MailRefusalJob } from './answer-mails.job.js';
import { RepliesByMailController } from './replies-by-mail.controller.js';
import { RefusedMailsController } from './refused-mails.controller.js';
import { RefusedMails } from './refused-mails.service.js';
import { ReplyByMail } from './reply-by-mail.service.js';

@Module({
  imports: [NotificationsModule, RepliesModule, ReviewModule],
  providers: [AnswerMails, MailHoldJob, MailRefusalJob, RefusedMails, ReplyByMail],
  exports: [RefusedMails, ReplyByMail],
})
export class ReplyByMailModule {}

@Module({
  imports: [ReplyByMailModule],
  controllers: [BouncesController, RefusedMailsController, RepliesByMailController],
})
export class ReplyByMailWebModule {}
