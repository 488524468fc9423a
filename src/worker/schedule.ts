import { CloseAccountsJob } from '../account-data/close-accounts.job.js';
import { ClearAccountsJob } from '../accounts/clear-accounts.job.js';
import { SendDigestsJob } from '../digests/send-digests.job.js';
import { ComputeFitJob } from '../discovery/compute-fit.job.js';
import { DAY, HOUR, MINUTE, SECOND } from '../kernel/clock.js';
import { ForgetPageChangesJob } from '../http/forget-page-changes.job.js';
import { RaiseAlarmsJob } from '../moderation/on-call/alarms.job.js';
import { ForgetSignalsJob } from '../moderation/transparency/forget-signals.job.js';
import { RemindAfterCrisisJob } from '../moderation/wellbeing/remind-after-crisis.job.js';
import { MailWaitingNoticesJob } from '../notifications/email/mail-notice.job.js';
import { PushJob } from '../notifications/push/push.job.js';
import { HelplinesDueJob } from '../notifications/notify/helplines-due.job.js';
import { FirstWeeksJob } from '../notifications/notify/first-weeks.job.js';
import { HowItIsJob } from '../notifications/notify/how-it-is.job.js';
import { RouteUnansweredJob } from '../peer-support/route-unanswered.job.js';
import { ClearPostVersionsJob } from '../posts/clear-post-versions.job.js';
import { PostPromptsJob } from '../prompts/post-prompts.job.js';
import { recurring, type Recurring } from '../queue/recurring-jobs.js';
import { PassOnHeldJob } from '../review/pass-on-held.job.js';
import { CollectVocabularyJob } from '../search/collect-vocabulary.job.js';
import { ReindexPostsJob } from '../search/reindex-posts.job.js';
import { RemindOfSiteClosureJob } from '../site-closure/site-closure.jobs.js';
import { ReopenThreadsJob } from '../threads/reopen-threads.job.js';
import { RemindOfToolkitJob, WriteLookBacksJob } from '../toolkit/pages/toolkit-rounds.job.js';
import { ClearVisitsJob } from '../visits/clear-visits.job.js';

/** Every recurring job with its interval. The job's class defines its queue. */
export const schedule: readonly Recurring[] = [
  recurring(PassOnHeldJob, MINUTE),
  recurring(RaiseAlarmsJob, MINUTE),
  recurring(ReopenThreadsJob, MINUTE),
  recurring(MailWaitingNoticesJob, MINUTE),
  recurring(PushJob, MINUTE),
  recurring(RouteUnansweredJob, 15 * MINUTE),
  recurring(RemindAfterCrisisJob, HOUR),
  recurring(PostPromptsJob, 15 * MINUTE),
  recurring(ComputeFitJob, DAY),
  recurring(ForgetSignalsJob, DAY),
  recurring(ClearAccountsJob, DAY),
  recurring(ClearPostVersionsJob, DAY),
  recurring(CloseAccountsJob, HOUR),
  recurring(ClearVisitsJob, HOUR),
  recurring(WriteLookBacksJob, HOUR),
  recurring(RemindOfToolkitJob, HOUR),
  recurring(FirstWeeksJob, HOUR),
  recurring(HowItIsJob, DAY),
  recurring(HelplinesDueJob, DAY),
  recurring(RemindOfSiteClosureJob, HOUR),
  // Short, so that a second worker soon takes its share of a long run.
  recurring(SendDigestsJob, 10 * SECOND),
  recurring(CollectVocabularyJob, 6 * HOUR),
  recurring(ReindexPostsJob, MINUTE),
  recurring(ForgetPageChangesJob, HOUR / 2),
];
