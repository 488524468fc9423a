import { statement } from '../../kernel/sql.js';
import type { Recipient, RecipientOfKind } from './recipient.js';

/** The member who opened a locked thread. */
export const authorOfLockedThread = statement<{ threadId: string }, Recipient>(
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

/** Those whose posts became a thread of their own, each with their first post in it. */
export const authorsOfSplitPosts = statement<{ threadId: string }, Recipient>(
  'notifications.authors-of-split-posts',
  `
    select distinct on (p.author_id) p.author_id as "memberId", p.id as "postId"
    from threads t
    join former_places f on f.thread_id = t.split_from
    join posts p on p.id = f.post_id and p.thread_id = t.id and p.author_id is not null
    where t.id = :threadId
    order by p.author_id, p.number
  `,
);

/**
 * Those who wrote in a thread that was merged, the author of the one that has its posts now, and the
 * followers of both, as long as they can read it. The subject is the merged thread, which leads to
 * its posts.
 */
export const concernedByMerge = statement<{ threadId: string; mergedId: string }, Recipient>(
  'notifications.concerned-by-merge',
  `
    select distinct r.member_id as "memberId", s.id as "subjectId"
    from threads s
    join threads t on t.id = :threadId and t.status = 'published'
    join communities c on c.id = t.community_id
    join posts o on o.thread_id = t.id and o.number = 1
    cross join lateral (select p.author_id as member_id
      from former_places f
      join posts p on p.id = f.post_id
      where f.thread_id = s.id
      union
      select o.author_id
      union
      select f.member_id
      from thread_follows f
      where f.thread_id = t.id and f.level = 'following') r
    where s.id = :mergedId
      and r.member_id is not null
      and (c.visibility = 'public'
        and not o.members_only
        or exists (select 1
          from memberships m
          where m.community_id = c.id and m.member_id = r.member_id and m.state = 'active'))
  `,
);

/** The member who asked to join a community, or to become a supporter in it. */
export const answeredApplicant = statement<{ answerId: string }, Recipient>(
  'notifications.answered-applicant',
  'select member_id as "memberId", id as "subjectId" from member_answers where id = :answerId',
);

/** The member who requested a community, once the request is answered. */
export const answeredGroupRequester = statement<{ requestId: string }, Recipient>(
  'notifications.answered-group-requester',
  `
    select member_id as "memberId", id as "subjectId"
    from group_requests
    where id = :requestId and answered_at is not null
  `,
);

/** The supporter who was asked to reply to a thread, unless somebody has replied meanwhile. */
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

/** The supporter who is offered a break. */
export const supporterOfferedBreak = statement<{ restId: string }, Recipient>(
  'notifications.supporter-offered-break',
  'select member_id as "memberId", id as "subjectId" from rests_offered where id = :restId',
);

/** The owner of a monthly review. The notice contains nothing of its content. */
export const ownerOfLookBack = statement<{ letterId: string }, Recipient>(
  'notifications.owner-of-look-back',
  'select member_id as "memberId", id as "subjectId" from toolkit_letters where id = :letterId',
);

/** The member to remind to practise, if they still want to be reminded. */
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

/** The author of a reviewed strategy; nobody if its state has changed meanwhile. */
export const authorOfReviewedStrategy = statement<{ strategyId: string }, RecipientOfKind>(
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

/** The author of a post for which a reader suggests a strategy. They never learn which reader. */
export const authorOfProposal = statement<{ postId: string }, Recipient>(
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

/** The author of a post whose strategy a reader asks to see. They never learn which reader. */
export const authorOfRequestedStrategy = statement<{ postId: string }, Recipient>(
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
