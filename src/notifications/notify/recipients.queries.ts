import { statement } from '../../kernel/sql.js';
import type { Recipient, RecipientOfKind } from './recipient.js';

/** The member who opened a thread that is locked. */
export const openerOfLockedThread = statement<{ threadId: string }, Recipient>(
  'notifications.opener-of-locked-thread',
  `
    select p.author_id as "memberId", p.id as "postId"
    from threads t
    join posts p on p.thread_id = t.id and p.number = 1
    where t.id = :threadId
      and t.locked_at is not null
      and p.author_id is not null
  `,
);

/** The member who asked to join a community, or to support others in it. */
export const answeredApplicant = statement<{ answerId: string }, Recipient>(
  'notifications.answered-applicant',
  'select member_id as "memberId", id as "subjectId" from member_answers where id = :answerId',
);

/** The member who asked for a group, once the request is answered. */
export const answeredGroupRequester = statement<{ requestId: string }, Recipient>(
  'notifications.answered-group-requester',
  `
    select member_id as "memberId", id as "subjectId"
    from group_requests
    where id = :requestId and answered_at is not null
  `,
);

/** The supporter who was asked to answer a thread, unless somebody has answered meanwhile. */
export const askedSupporter = statement<{ askingId: string }, Recipient>(
  'notifications.asked-supporter',
  `
    select k.member_id as "memberId", k.id as "subjectId"
    from askings k
    join threads t on t.id = k.thread_id
      and t.status = 'published'
      and t.reply_count = 0
      and t.locked_at is null
    where k.id = :askingId and k.answer is null
  `,
);

/** The supporter to whom a break is offered. */
export const supporterOfferedBreak = statement<{ restId: string }, Recipient>(
  'notifications.supporter-offered-break',
  'select member_id as "memberId", id as "subjectId" from rests_offered where id = :restId',
);

/** The member to whom a look back belongs. What it says stays where it is. */
export const ownerOfLookBack = statement<{ letterId: string }, Recipient>(
  'notifications.owner-of-look-back',
  'select member_id as "memberId", id as "subjectId" from toolkit_letters where id = :letterId',
);

/** The member to be reminded to practise, if they still want to be. */
export const memberToRemind = statement<{ memberId: string; reminderId: string }, Recipient>(
  'notifications.member-to-remind',
  `
    select member_id as "memberId", :reminderId::bigint as "subjectId"
    from toolkit_settings
    where member_id = :memberId and remind_every is not null
  `,
);

/** The owner of an appointment sheet that has no follow-up yet. */
export const ownerOfSheet = statement<{ sheetId: string }, Recipient>(
  'notifications.owner-of-sheet',
  `
    select member_id as "memberId", id as "subjectId"
    from toolkit_sheets
    where id = :sheetId and nearer is null
  `,
);

/** The writer of a strategy that was reviewed; nobody where it has moved on meanwhile. */
export const writerOfReviewedStrategy = statement<{ strategyId: string }, RecipientOfKind>(
  'notifications.writer-of-reviewed-strategy',
  `
    select member_id as "memberId", id as "subjectId", case status
      when 'published' then 'strategy-published'
      when 'declined' then 'strategy-declined'
      else 'strategy-returned' end as kind
    from coping_strategies
    where id = :strategyId
      and member_id is not null
      and status in ('published', 'declined', 'draft')
  `,
);

/** The writer of a post for which a reader proposes a strategy. They never learn which reader. */
export const writerOfProposal = statement<{ postId: string }, Recipient>(
  'notifications.writer-of-proposal',
  `
    select p.author_id as "memberId", p.id as "postId"
    from posts p
    where p.id = :postId
      and p.author_id is not null
      and p.status in ('published', 'held')
      and exists (select 1
        from post_strategies s
        where s.post_id = p.id and s.state = 'proposed')
  `,
);

/** The writer of a post whose strategy a reader asks to see. They never learn which reader. */
export const writerOfRequestedStrategy = statement<{ postId: string }, Recipient>(
  'notifications.writer-of-requested-strategy',
  `
    select p.author_id as "memberId", p.id as "postId"
    from posts p
    where p.id = :postId
      and p.author_id is not null
      and p.status in ('published', 'held')
      and exists (select 1
        from strategy_wishes w
        where w.post_id = p.id and w.state = 'asked')
  `,
);
