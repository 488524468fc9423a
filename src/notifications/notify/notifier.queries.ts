import { blocked, unwanted } from '../../content/visibility.js';
import { statement } from '../../kernel/sql.js';
import type { NoticeKindName } from '../preferences/notice-kinds.js';

/**
 * Notifies the followers of a thread of a reply (the opener and everybody who posted in it, unless
 * they unfollowed), and the member whose post it answers. Excludes the author, and members who
 * muted the thread, blocked the author or can no longer read it. Members on a break find the notice
 * afterwards. Blocking a handle does not block an alias. While a thread is held, only its opener is
 * notified of what a moderator writes in it. Rows are inserted in the order of member ids, so that
 * concurrent transactions do not deadlock.
 */
export const notifyFollowers = statement<{ postId: string; now: Date }, { id: string }>(
  'notifications.notify-followers',
  `insert into notices (member_id, kind, thread_id, post_id, created_at)
   select r.member_id,
          case
            when r.member_id = answered.author_id then 'reply-to-post'
            when r.member_id = o.author_id then 'reply-to-thread'
            when p.is_update then 'thread-update'
            else 'reply-followed' end,
          p.thread_id, p.id, :now
   from posts p
   join threads t on t.id = p.thread_id
   join communities c on c.id = t.community_id
   join posts o on o.thread_id = p.thread_id and o.number = 1
   left join posts answered on answered.thread_id = p.thread_id
     and answered.number = p.reply_to_number
   join lateral (
     select f.member_id
     from thread_follows f
     where f.thread_id = p.thread_id and f.level = 'following'
     union
     select answered.author_id where answered.author_id is not null
   ) r on true
   join members m on m.id = r.member_id and m.closed_at is null
   where p.id = :postId
     and p.status = 'published'
     and (t.status = 'published' or (t.status = 'held' and r.member_id = o.author_id))
     and r.member_id is distinct from p.author_id
     and not exists (select 1
       from thread_follows x
       where x.thread_id = p.thread_id and x.member_id = r.member_id and x.level = 'muted')
     and (c.visibility = 'public'
       and not p.members_only
       and not o.members_only
       or m.role <> 'member'
       or exists (select 1
         from memberships s
         where s.community_id = c.id and s.member_id = r.member_id and s.state = 'active'))
     and not (case when p.alias_id is null
       then exists (select 1
         from blocks b
         where b.member_id = r.member_id and b.blocked_id = p.author_id)
       else exists (select 1
         from alias_blocks b
         where b.member_id = r.member_id and b.alias_id = p.alias_id) end)
     and not ${unwanted('p', 't', 'r.member_id')}
     and not exists (select 1 from notices n where n.member_id = r.member_id and n.post_id = p.id)
   order by r.member_id
   on conflict do nothing
   returning id`,
);

/**
 * Notifies the members whom a post mentions, except the one whose post or thread it answers: they
 * are notified of the reply. Excludes the same members as for a reply's followers.
 */
export const notifyMentioned = statement<{ postId: string; now: Date }, { id: string }>(
  'notifications.notify-mentioned',
  `
    insert into notices (member_id, kind, thread_id, post_id, created_at)
    select r.member_id, 'mentioned', p.thread_id, p.id, :now
    from post_mentions r
    join posts p on p.id = r.post_id
    join threads t on t.id = p.thread_id
    join communities c on c.id = t.community_id and c.mentions_allowed
    join posts o on o.thread_id = p.thread_id and o.number = 1
    left join posts answered on answered.thread_id = p.thread_id
      and answered.number = p.reply_to_number
    join members m on m.id = r.member_id and m.closed_at is null
    join memberships s on s.community_id = c.id
      and s.member_id = r.member_id
      and s.state = 'active'
    where r.post_id = :postId
      and p.status = 'published'
      and t.status = 'published'
      and r.member_id is distinct from p.author_id
      and r.member_id is distinct from answered.author_id
      and (p.number = 1 or r.member_id is distinct from o.author_id)
      and not exists (select 1
        from thread_follows x
        where x.thread_id = p.thread_id and x.member_id = r.member_id and x.level = 'muted')
      and not ${blocked('p', 'r.member_id')}
      and not ${unwanted('p', 't', 'r.member_id')}
      and not exists (select 1 from notices n where n.member_id = r.member_id and n.post_id = p.id)
    order by r.member_id
    on conflict do nothing
    returning id
  `,
);

/** The opening of a thread. */
export const openingOf = statement<{ threadId: string }, { postId: string }>(
  'notifications.opening-of',
  'select id as "postId" from posts where thread_id = :threadId and number = 1',
);

/**
 * Notifies members of a community of a new thread if they chose immediate emails for this community
 * or for all. Starts from the choices, which are few, instead of the memberships.
 */
export const notifyOfThread = statement<{ threadId: string; now: Date }, { id: string }>(
  'notifications.notify-of-thread',
  `insert into notices (member_id, kind, thread_id, post_id, created_at)
   select s.member_id, 'thread-new', t.id, p.id, :now
   from threads t
   join communities c on c.id = t.community_id
   join posts p on p.thread_id = t.id and p.number = 1
   join mail_choices w on w.kind = 'thread'
     and w.frequency = 'at-once'
     and (w.community_id = c.id
       or w.community_id is null
         and not exists (select 1
           from mail_choices o
           where o.member_id = w.member_id and o.kind = 'thread' and o.community_id = c.id))
   join memberships s on s.community_id = c.id and s.member_id = w.member_id and s.state = 'active'
   join members m on m.id = s.member_id
     and m.closed_at is null
     and m.mail_safe is distinct from 'no'
     and (m.break_until is null or m.break_until < :now)
   where t.id = :threadId
     and t.status = 'published'
     and p.status = 'published'
     and p.tier not in ('urgent', 'crisis')
     and s.member_id is distinct from p.author_id
     and not ${blocked('p', 's.member_id')} and not ${unwanted('p', 't', 's.member_id')}
     and not exists (select 1 from notices n where n.member_id = s.member_id and n.post_id = p.id)
   order by s.member_id
   on conflict do nothing
   returning id`,
);

/**
 * Deletes an earlier notice of a subject, which a new one replaces: a member has one per subject.
 */
export const deleteEarlierNotice = statement<
  { memberId: string; kind: NoticeKindName; subjectId: string; before: Date },
  object
>(
  'notifications.delete-earlier',
  `
    delete
    from notices
    where member_id = :memberId
      and kind = :kind
      and subject_id = :subjectId
      and created_at < :before
  `,
);

/** Notifies one member, unless the account is closed or the notice already exists. */
export const notifyOne = statement<
  { memberId: string; kind: string; postId: string | null; subjectId: string | null; now: Date },
  { id: string }
>(
  'notifications.notify-one',
  `insert into notices (member_id, kind, thread_id, post_id, subject_id, created_at)
   select m.id, :kind, (select p.thread_id from posts p where p.id = :postId), :postId, :subjectId,
     :now
   from members m
   where m.id = :memberId and m.closed_at is null
   on conflict do nothing returning id`,
);
