import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { FirstWeeksJob } from './first-weeks.job.js';
import { ForgetVisitJob } from './forget-visit.job.js';
import { LeaveTokens } from './leave-tokens.js';
import { LeavingController } from './leaving.controller.js';
import { MailNoticeJob, MailWaitingNoticesJob } from './mail-notice.job.js';
import { MailSettingsController } from './mail-settings.controller.js';
import { MailSettings } from './mail-settings.service.js';
import { NoticeMails } from './notice-mails.service.js';
import { NotificationsController } from './notifications.controller.js';
import { PlanMailsJob } from './plan-mails.job.js';
import { TellOfAlarmJob } from './tell-of-alarm.job.js';
import { TellOfAnswerJob } from './tell-of-answer.job.js';
import { TellOfAskingJob, TellOfRestJob } from './tell-of-asking.job.js';
import { TellOfAftercareJob, TellOfPairJob, TellOfReminderJob } from './tell-of-care.job.js';
import {
  TellOfDecisionJob,
  TellOfTeamMessageJob,
  TellOfUnmaskingJob,
} from './tell-of-decision.job.js';
import { TellOfGroupRequestJob } from './tell-of-group-request.job.js';
import { TellOfLockJob } from './tell-of-lock.job.js';
import { TellOfReplyJob } from './tell-of-reply.job.js';
import { TellOfProposalJob, TellOfReviewJob, TellOfWishJob } from './tell-of-strategies.job.js';
import { TellOfThreadJob } from './tell-of-thread.job.js';
import { TellOfLookBackJob, TellOfNearerJob, TellOfPracticeJob } from './tell-of-toolkit.job.js';
import { ReplyAddresses } from './reply-addresses.js';
import { Telling } from './telling.service.js';
import { UnreadController } from './unread.controller.js';
import { UnreadStreams } from './unread-streams.js';

@Module({
  imports: [AccountsModule],
  providers: [
    TellOfAftercareJob,
    TellOfPairJob,
    TellOfReminderJob,
    LeaveTokens,
    MailSettings,
    NoticeMails,
    ReplyAddresses,
    Telling,
    FirstWeeksJob,
    ForgetVisitJob,
    MailNoticeJob,
    MailWaitingNoticesJob,
    PlanMailsJob,
    TellOfAlarmJob,
    TellOfAnswerJob,
    TellOfAskingJob,
    TellOfDecisionJob,
    TellOfGroupRequestJob,
    TellOfLockJob,
    TellOfLookBackJob,
    TellOfNearerJob,
    TellOfPracticeJob,
    TellOfReplyJob,
    TellOfRestJob,
    TellOfTeamMessageJob,
    TellOfThreadJob,
    TellOfUnmaskingJob,
    TellOfProposalJob,
    TellOfReviewJob,
    TellOfWishJob,
  ],
  exports: [LeaveTokens, ReplyAddresses, MailSettings, Telling],
})
export class NotificationsModule {}

@Module({
  imports: [NotificationsModule],
  providers: [UnreadStreams],
  controllers: [
    LeavingController,
    MailSettingsController,
    UnreadController,
    NotificationsController,
  ],
})
export class NotificationsWebModule {}
