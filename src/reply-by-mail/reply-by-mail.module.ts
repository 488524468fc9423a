import { Module } from '@nestjs/common';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { RepliesModule } from '../replies/replies.module.js';
import { ReviewModule } from '../review/review.module.js';
import { BouncesController } from './bounces.controller.js';
import { AnswerMails, MailHoldJob, MailRefusalJob } from './answer-mails.job.js';
import { RepliesByMailController } from './replies-by-mail.controller.js';
import { ReplyByMail } from './reply-by-mail.service.js';

@Module({
  imports: [NotificationsModule, RepliesModule, ReviewModule],
  providers: [AnswerMails, MailHoldJob, MailRefusalJob, ReplyByMail],
  exports: [ReplyByMail],
})
export class ReplyByMailModule {}

@Module({ imports: [ReplyByMailModule], controllers: [BouncesController, RepliesByMailController] })
export class ReplyByMailWebModule {}
