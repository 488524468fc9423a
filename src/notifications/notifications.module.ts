import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Notice } from './inbox/notice.entity.js';
import { Inbox } from './inbox/inbox.service.js';
import { MailChoice } from './preferences/mail-choice.entity.js';
import { MailSettingsRow } from './preferences/mail-settings.entity.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { FirstWeeksJob } from './notify/first-weeks.job.js';
import { HowItIsJob } from './notify/how-it-is.job.js';
import { HelplinesModule } from '../helplines/helplines.module.js';
import { HelplinesDueJob } from './notify/helplines-due.job.js';
import { ForgetVisitJob } from './notify/forget-visit.job.js';
import { UnsubscribeTokens } from './preferences/unsubscribe-tokens.js';
import { UnsubscribeController } from './preferences/unsubscribe.controller.js';
import { MailNoticeJob, MailWaitingNoticesJob } from './email/mail-notice.job.js';
import { MailSettingsController } from './preferences/mail-settings.controller.js';
import { MailSettings } from './preferences/mail-settings.service.js';
import { NoticeMails } from './email/notice-mails.service.js';
import { NotificationsController } from './inbox/notifications.controller.js';
import { PlanMailsJob } from './preferences/plan-mails.job.js';
import { NoticeJobs } from './notify/notice-jobs.js';
import { NotifyMemberRequestJob } from './notify/notify-member-request.job.js';
import { NotifyReplyJob } from './notify/notify-reply.job.js';
import { NotifyThreadJob } from './notify/notify-thread.job.js';
import { PushController } from './push/push.controller.js';
import { PushDevices } from './push/push-devices.service.js';
import { PushJob } from './push/push.job.js';
import { PushNotifications } from './push/push-notifications.service.js';
import { PushSender } from './push/push-sender.js';
import { PushSubscription } from './push/push-subscription.entity.js';
import { ReplyAddresses } from './email/reply-addresses.js';
import { Notifier } from './notify/notifier.service.js';
import { UnreadController } from './inbox/unread.controller.js';
import { UnreadStreams } from './inbox/unread-streams.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Notice, MailChoice, MailSettingsRow, PushSubscription]),
    AccountsModule,
    HelplinesModule,
  ],
  providers: [
    FirstWeeksJob,
    HowItIsJob,
    HelplinesDueJob,
    ForgetVisitJob,
    Inbox,
    MailNoticeJob,
    MailSettings,
    MailWaitingNoticesJob,
    NoticeJobs,
    NoticeMails,
    Notifier,
    NotifyMemberRequestJob,
    NotifyReplyJob,
    NotifyThreadJob,
    PlanMailsJob,
    PushDevices,
    PushJob,
    PushNotifications,
    PushSender,
    ReplyAddresses,
    UnsubscribeTokens,
  ],
  exports: [Inbox, UnsubscribeTokens, PushDevices, ReplyAddresses, MailSettings, Notifier],
})
export class NotificationsModule {}

@Module({
  imports: [NotificationsModule],
  providers: [UnreadStreams],
  controllers: [
    UnsubscribeController,
    MailSettingsController,
    UnreadController,
    NotificationsController,
    PushController,
  ],
})
export class NotificationsWebModule {}
