import { answerGiven } from '../../communities/communities.events.js';
import {
  strategyProposedForPost,
  strategyRequested,
  strategyReviewed,
} from '../../coping-strategies/core/strategies.events.js';
import { groupRequestAnswered } from '../../group-requests/group-requests.events.js';
import {
  aftercareGiven,
  alarmRaised,
  aliasUnmasked,
  decisionMade,
  pairInvited,
  reminderDue,
  teamMessageSent,
} from '../../moderation/core/moderation.events.js';
import { breakOffered, supporterAsked } from '../../peer-support/peer-support.events.js';
import { threadMerged, threadSplit } from '../../thread-changes/thread-changes.events.js';
import { threadLocked } from '../../threads/threads.events.js';
import { followUpDue, lookBackComposed, practiceDue } from '../../toolkit/core/toolkit.events.js';
import * as moderation from './moderation-recipients.queries.js';
import { notice, type NoticeRow } from './notice-row.js';
import * as recipients from './recipients.queries.js';

/**
 * All notices, one row per event and job. A new notice is a row here, a query for its recipients,
 * and its kind in `notice-kinds.ts`. Replies and new threads are not listed, because they notify
 * many members with one statement.
 */
export const NOTICES: readonly NoticeRow[] = [
  notice({
    event: threadLocked,
    job: 'tell-of-lock',
    kind: 'thread-locked',
    recipients: recipients.authorOfLockedThread,
  }),
  notice({
    event: threadSplit,
    job: 'tell-of-split',
    kind: 'thread-split',
    recipients: recipients.authorsOfSplitPosts,
  }),
  notice({
    event: threadMerged,
    job: 'tell-of-merge',
    kind: 'thread-merged',
    recipients: recipients.concernedByMerge,
  }),
  notice({
    event: decisionMade,
    job: 'tell-of-decision',
    recipients: moderation.concernedByDecision,
  }),
  notice({
    event: teamMessageSent,
    job: 'tell-of-team-message',
    kind: 'reach-out',
    recipients: moderation.addresseeOfTeamMessage,
    supersedes: moderation.readNoticeOfTeamMessages,
  }),
  notice({
    event: aliasUnmasked,
    job: 'tell-of-unmasking',
    queue: 'urgent',
    kind: 'alias-unmasked',
    recipients: moderation.administrators,
  }),
  notice({
    event: alarmRaised,
    job: 'tell-of-alarm',
    queue: 'urgent',
    kind: 'on-call',
    recipients: moderation.alertedModerator,
    supersedes: moderation.earlierAlarmNotices,
  }),
  notice({
    event: pairInvited,
    job: 'tell-of-pair',
    queue: 'urgent',
    kind: 'paired',
    recipients: moderation.pairedModerator,
  }),
  notice({
    event: reminderDue,
    job: 'tell-of-reminder',
    recipients: moderation.remindedModerator,
    supersedes: moderation.earlierReminderNotices,
  }),
  notice({
    event: aftercareGiven,
    job: 'tell-of-aftercare',
    kind: 'aftercare',
    recipients: moderation.moderatorInAftercare,
  }),
  notice({
    event: answerGiven,
    job: 'tell-of-answer',
    kind: 'answered',
    recipients: recipients.answeredApplicant,
  }),
  notice({
    event: groupRequestAnswered,
    job: 'tell-of-group-request',
    kind: 'group-request',
    recipients: recipients.answeredGroupRequester,
  }),
  notice({
    event: supporterAsked,
    job: 'tell-of-asking',
    kind: 'asked-to-answer',
    recipients: recipients.askedSupporter,
  }),
  notice({
    event: breakOffered,
    job: 'tell-of-rest',
    kind: 'rest-offered',
    recipients: recipients.supporterOfferedBreak,
  }),
  notice({
    event: lookBackComposed,
    job: 'tell-of-look-back',
    kind: 'look-back',
    recipients: recipients.ownerOfLookBack,
  }),
  notice({
    event: practiceDue,
    job: 'tell-of-practice',
    kind: 'practice',
    recipients: recipients.memberToRemind,
  }),
  notice({
    event: followUpDue,
    job: 'tell-of-nearer',
    kind: 'nearer',
    recipients: recipients.ownerOfSheet,
  }),
  notice({
    event: strategyReviewed,
    job: 'tell-of-review',
    recipients: recipients.authorOfReviewedStrategy,
  }),
  notice({
    event: strategyProposedForPost,
    job: 'tell-of-proposal',
    kind: 'strategy-for-post',
    recipients: recipients.authorOfProposal,
  }),
  notice({
    event: strategyRequested,
    job: 'tell-of-wish',
    kind: 'strategy-wished',
    recipients: recipients.authorOfRequestedStrategy,
  }),
];
