import {
  MailAddressChangeJob,
  MailAlreadyAMemberJob,
  MailResetJob,
  MailVerificationJob,
} from '../accounts/account-mails.job.js';
import {
  addressChangeRequested,
  credentialsChanged,
  memberSignedUp,
  resetRequested,
  signUpRepeated,
  verificationRequested,
} from '../accounts/accounts.events.js';
import { MailCredentialChangeJob } from '../accounts/credential-mails.job.js';
import { joinRequested, visitEnded } from '../communities/communities.events.js';
import { testMailRequested } from '../first-run/first-run.events.js';
import { TestMailJob } from '../first-run/test-mail.job.js';
import {
  alertWebhookDue,
  alarmRaised,
  decisionMade,
} from '../moderation/core/moderation.events.js';
import { MailAlarmJob, RaiseAlarmsJob, SendAlertJob } from '../moderation/on-call/alarms.job.js';
import { GiveAftercareJob } from '../moderation/wellbeing/aftercare.job.js';
import { MailNoticeJob } from '../notifications/email/mail-notice.job.js';
import { ForgetVisitJob } from '../notifications/notify/forget-visit.job.js';
import { NOTICES } from '../notifications/notify/notice-table.js';
import { noticeCreated } from '../notifications/notify/notices.events.js';
import { NotifyMemberRequestJob } from '../notifications/notify/notify-member-request.job.js';
import { NotifyReplyJob } from '../notifications/notify/notify-reply.job.js';
import { NotifyThreadJob } from '../notifications/notify/notify-thread.job.js';
import { PlanMailsJob } from '../notifications/preferences/plan-mails.job.js';
import { route, routesByEvent } from '../outbox/event-route.js';
import { supportOffered } from '../peer-support/peer-support.events.js';
import { OfferBreakJob } from '../peer-support/route-unanswered.job.js';
import { postEdited, postWithdrawn, replyPosted, threadPosted } from '../posts/posts.events.js';
import { MailHoldJob, MailRefusalJob } from '../reply-by-mail/answer-mails.job.js';
import { mailHeld, mailRefused } from '../reply-by-mail/reply-by-mail.events.js';
import { reportReceived } from '../reporting/reporting.events.js';
import { caseOpened, caseRaised } from '../review/cases.events.js';
import { siteClosureAnnounced } from '../site-closure/site-closure.events.js';
import { MailSiteClosureJob } from '../site-closure/site-closure.jobs.js';
import {
  QueueAlarmWebhooksJob,
  QueueDecisionWebhooksJob,
  QueueReportWebhooksJob,
  SendWebhookJob,
} from '../webhooks/webhook.jobs.js';
import { webhookDue } from '../webhooks/webhooks.events.js';

/**
 * The jobs that each event starts. The queue of a job is defined with the job. Notifications that
 * differ only in recipients and kind are rows of the notify table.
 */
export const eventRoutes = routesByEvent([
  route(memberSignedUp, [MailVerificationJob, PlanMailsJob]),
  route(verificationRequested, [MailVerificationJob]),
  route(signUpRepeated, [MailAlreadyAMemberJob]),
  route(resetRequested, [MailResetJob]),
  route(credentialsChanged, [MailCredentialChangeJob]),
  route(addressChangeRequested, [MailAddressChangeJob]),
  route(testMailRequested, [TestMailJob]),
  route(threadPosted, [NotifyThreadJob]),
  route(replyPosted, [NotifyReplyJob, OfferBreakJob]),
  // Recorded in the outbox, but without jobs so far.
  route(postEdited, []),
  route(postWithdrawn, []),
  route(caseOpened, [RaiseAlarmsJob]),
  route(caseRaised, [RaiseAlarmsJob]),
  route(alarmRaised, [MailAlarmJob, QueueAlarmWebhooksJob]),
  route(alertWebhookDue, [SendAlertJob]),
  route(decisionMade, [GiveAftercareJob, QueueDecisionWebhooksJob]),
  route(reportReceived, [QueueReportWebhooksJob]),
  route(webhookDue, [SendWebhookJob]),
  route(joinRequested, [NotifyMemberRequestJob]),
  route(supportOffered, [NotifyMemberRequestJob]),
  route(visitEnded, [ForgetVisitJob]),
  route(mailHeld, [MailHoldJob]),
  route(mailRefused, [MailRefusalJob]),
  route(siteClosureAnnounced, [MailSiteClosureJob]),
  route(noticeCreated, [MailNoticeJob]),
  ...NOTICES.map((notice) => notice.route),
]);
