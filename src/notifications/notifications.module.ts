import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { FirstWeeksJob } from './notify/first-weeks.job.js';
import { ForgetVisitJob } from './notify/forget-visit.job.js';
import { UnsubscribeTokens } from './preferences/unsubscribe-tokens.js';
import { UnsubscribeController } from './preferences/unsubscribe.controller.js';
import { MailNoticeJob, MailWaitingNoticesJob } from './email/mail-notice.job.js';
import { MailSettingsController } from './preferences/mail-settings.controller.js';
import { MailSettings } from './preferences/mail-settings.service.js';
import { NoticeMails } from './email/notice-mails.service.js';
import { NotificationsController } from './inbox/notifications.controller.js';
import { PlanMailsJob } from './preferences/plan-mails.job.js';
import { NotifyAlarmJob } from './notify/notify-alarm.job.js';
import { NotifyJoinAnswerJob } from './notify/notify-join-answer.job.js';
import {
  NotifySupportRequestJob,
  NotifyBreakOfferJob,
} from './notify/notify-supporter-request.job.js';
import {
  NotifyAftercareJob,
  NotifyPairRequestJob,
  NotifyReminderJob,
} from './notify/notify-moderator-care.job.js';
import {
  NotifyDecisionJob,
  NotifyTeamMessageJob,
  NotifyUnmaskingJob,
} from './notify/notify-decision.job.js';
import { NotifyGroupRequestJob } from './notify/notify-group-request.job.js';
import { NotifyLockJob } from './notify/notify-lock.job.js';
import { NotifyReplyJob } from './notify/notify-reply.job.js';
import {
  NotifyStrategyProposalJob,
  NotifyStrategyReviewJob,
  NotifyStrategyRequestJob,
} from './notify/notify-strategies.job.js';
import { NotifyThreadJob } from './notify/notify-thread.job.js';
import {
  NotifyLookBackJob,
  NotifyFollowUpJob,
  NotifyPracticeJob,
} from './notify/notify-toolkit.job.js';
import { ReplyAddresses } from './email/reply-addresses.js';
import { Notifier } from './notify/notifier.service.js';
import { UnreadController } from './inbox/unread.controller.js';
import { UnreadStreams } from './inbox/unread-streams.js';

@Module({
  imports: [AccountsModule],
  providers: [
    NotifyAftercareJob,
    NotifyPairRequestJob,
    NotifyReminderJob,
    UnsubscribeTokens,
    MailSettings,
    NoticeMails,
    ReplyAddresses,
    Notifier,
    FirstWeeksJob,
    ForgetVisitJob,
    MailNoticeJob,
    MailWaitingNoticesJob,
    PlanMailsJob,
    NotifyAlarmJob,
    NotifyJoinAnswerJob,
    NotifySupportRequestJob,
    NotifyDecisionJob,
    NotifyGroupRequestJob,
    NotifyLockJob,
    NotifyLookBackJob,
    NotifyFollowUpJob,
    NotifyPracticeJob,
    NotifyReplyJob,
    NotifyBreakOfferJob,
    NotifyTeamMessageJob,
    NotifyThreadJob,
    NotifyUnmaskingJob,
    NotifyStrategyProposalJob,
    NotifyStrategyReviewJob,
    NotifyStrategyRequestJob,
  ],
  exports: [UnsubscribeTokens, ReplyAddresses, MailSettings, Notifier],
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
  ],
})
export class NotificationsWebModule {}
