import { blocked, inAudience, unwanted } from '../content/visibility.js';
import { statement, type NoParams } from '../kernel/sql.js';
import { frequencyOf } from '../notifications/preferences/mail-choices.js';
import { MAIL_KIND, NOTICE_JOINS, NOTIFIABLE } from '../notifications/email/mail-eligibility.js';
import { AUTHOR_NAME_COLUMNS, joinAuthorName, type AuthorNameRow } from '../posts/author.js';

/** A batch of digest windows as parallel arrays; parameters of every statement in this file. */
export interface WindowBatch {
  ids: readonly string[];
  memberIds: readonly string[];
  /** Start of the daily window; null if nothing is emailed daily. */
  dailySince: readonly (Date | null)[];
  weeklySince: readonly (Date | null)[];
  until: readonly Date[];
  /** Pages also include what was read since or is no longer emailed. */
  onPage: boolean;
}

type WithMost = WindowBatch & { most: number };

const WINDOWS = `
  win as materialized (select *
    from unnest(:ids::bigint[], :memberIds::bigint[], :dailySince::timestamptz[],
      :weeklySince::timestamptz[], :until::timestamptz[]) as x (id, member_id, daily_since,
      weekly_since, until))
`;

// SQL expression: start of the window of a kind; null, which yields no rows, for other frequencies.
function since(frequency: string): string {
  return `
    case ${frequency}
      when 'daily' then win.daily_since
      when 'weekly' then win.weekly_since
      else case
      when :onPage::boolean then least(win.daily_since, win.weekly_since) end end
  `;
}

const NOTICES = `
  win
  join notices n on n.member_id = win.member_id
    and n.created_at <= win.until
    and (:onPage or n.read_at is null and n.mail_id is null) ${NOTICE_JOINS}
`;
const NOTICE_FREQUENCY = frequencyOf(MAIL_KIND, 'm.id', 'c.id', 'm.mail_safe');
const NOTICE_INCLUDED = `n.created_at > ${since(NOTICE_FREQUENCY)} and ${NOTIFIABLE}`;

export interface NoticeCounts {
  id: string;
  answers: number;
  mentions: number;
  followed: number;
  team: number;
  own: number;
}

/** Counts of notices by kind; new threads are counted with the threads. */
export const noticeCounts = statement<WindowBatch, NoticeCounts>(
  'digests.notice-counts',
  `
    with ${WINDOWS}
    select id, (count(*) filter (where kind = 'reply'))::int as answers,
      (count(*) filter (where kind = 'mention'))::int as mentions,
      (count(*) filter (where kind = 'follow'))::int as followed,
      (count(*) filter (where kind = 'team'))::int as team,
      (count(*) filter (where kind = 'own'))::int as own
    from (select win.id, ${MAIL_KIND} as kind
      from ${NOTICES}
      where ${NOTICE_INCLUDED}) k
    group by id
  `,
  'pooled',
);

export interface AnswerRow extends AuthorNameRow {
  id: string;
  kind: string;
  threadId: string;
  number: number;
  title: string;
  contentWarnings: string[];
}

/**
 * The replies, mentions and followed posts of each digest, newest first; at most `:most` of each.
 */
export const answers = statement<WithMost, AnswerRow>(
  'digests.answers',
  `with ${WINDOWS}
   select * from (
     select win.id, n.kind, t.id as "threadId", p.number, case when :onPage
       or o.tier not in ('urgent', 'crisis') then t.title
         else '' end as title, o.content_warnings || o.added_notes as "contentWarnings",
           row_number() over (partition by win.id order by n.id desc) as place,
           ${AUTHOR_NAME_COLUMNS}
     from ${NOTICES} join posts o on o.thread_id = t.id and o.number = 1 ${joinAuthorName('p')}
     where ${NOTICE_INCLUDED} and ${MAIL_KIND} in ('reply', 'mention', 'follow')) a
   where place <= :most order by id, place`,
  'pooled',
);

/** Days during which a thread without replies is suggested. */
const WAITING_DAYS = 30;
/** Maximum number of threads per community that a digest considers. */
const MAX_THREADS = 200;

/**
 * SQL: the threads for a whole batch, read once per community and then joined to its members: those
 * new in a member's window and those without replies. Excludes what the member muted, blocked or
 * wrote, and urgent threads.
 */
const THREADS = `${WINDOWS},
   subscription as materialized (
     select win.id, win.member_id, win.until, ms.community_id,
       ${since(frequencyOf(`'thread'`, 'm.id', 'ms.community_id', 'm.mail_safe'))} as since,
            exists (select 1
              from note_choices k
              where k.member_id = win.member_id and k.choice = 'hide')
              or exists (select 1 from muted_words k where k.member_id = win.member_id) as filters
     from win join members m on m.id = win.member_id
     join memberships ms on ms.member_id = win.member_id and ms.state = 'active'
     join communities c on c.id = ms.community_id
       and c.archived_at is null
       and (c.visibility = 'public' or coalesce(m.suspended_until <= now(), true))
   ), place as materialized (
     select community_id, min(since) as since, max(until) as until
     from subscription
     where since is not null
     group by community_id
   ), found as materialized (
     select x.*, p.id as post_id, p.author_id, p.alias_id, p.members_only,
       p.content_warnings || p.added_notes as content_warnings
     from place l cross join lateral (
       (select t.id, t.community_id, t.title, t.reply_wish, t.created_at, t.reply_count = 0
         and t.locked_at is null as waits
         from threads t
        where t.community_id = l.community_id
          and t.status = 'published'
          and t.created_at > l.since
          and t.created_at <= l.until
        order by t.created_at desc, t.id desc
        limit ${MAX_THREADS})
       union
       (select t.id, t.community_id, t.title, t.reply_wish, t.created_at, true from threads t
        where t.community_id = l.community_id
          and t.status = 'published'
          and t.reply_count = 0
          and t.locked_at is null
          and t.created_at > l.until - interval '${WAITING_DAYS} days' and t.created_at <= l.until
          order by t.created_at desc, t.id desc
          limit ${MAX_THREADS})
     ) x
       join posts p on p.thread_id = x.id
         and p.number = 1
         and p.status = 'published'
         and p.tier not in ('urgent', 'crisis')
         and not p.folded
   ), shown as (
     select h.id, p.id as thread_id, p.community_id, p.title, p.reply_wish, p.created_at,
       p.content_warnings, p.created_at > h.since as fresh, p.waits
     from subscription h
     join found p on p.community_id = h.community_id
       and p.created_at <= h.until
       and (p.created_at > h.since or p.waits)
     where h.since is not null
       and p.author_id is distinct from h.member_id
       and ${inAudience('p', 'p.community_id', 'h.member_id')}
       and not ${blocked('p', 'h.member_id')}
       and not exists (select 1
         from thread_follows x
         where x.thread_id = p.id and x.member_id = h.member_id and x.level = 'muted')
       and (not h.filters
         or not exists (select 1
           from posts q
           join threads t on t.id = q.thread_id
           where q.id = p.post_id and ${unwanted('q', 't', 'h.member_id')}))
   )`;

export interface ThreadCounts {
  id: string;
  threads: number;
  waiting: number;
}

export const threadCounts = statement<WindowBatch, ThreadCounts>(
  'digests.thread-counts',
  `with ${THREADS}
   select id, (count(*) filter (where fresh))::int as threads,
     (count(*) filter (where waits))::int as waiting
   from shown
   group by id`,
  'pooled',
);

export interface ThreadItem {
  id: string;
  threadId: string;
  title: string;
  replyWish: 'listen' | 'experiences' | 'advice';
  contentWarnings: string[];
  community: string;
  fresh: boolean;
  waits: boolean;
}

/** The newest threads by reply wish, and the longest waiting ones; at most `:most` of each. */
export const threadItems = statement<WithMost, ThreadItem>(
  'digests.thread-items',
  `with ${THREADS}
   select r.id, r.thread_id as "threadId", r.title, r.reply_wish as "replyWish",
     r.content_warnings as "contentWarnings", c.name as community, r.fresh, r.waits
   from (select *,
     row_number() over (partition by id, reply_wish, fresh
       order by created_at desc, thread_id desc) as new_place,
                row_number() over (partition by id, waits
                  order by created_at, thread_id) as old_place
                from shown) r
   join communities c on c.id = r.community_id
   where r.fresh and r.new_place <= :most or r.waits and r.old_place <= :most
   order by r.id, r.created_at desc, r.thread_id desc`,
  'pooled',
);

/** One strategy per member and digest, the same for every read. */
export const oneStrategy = statement<
  { memberId: string; digest: string; language: string },
  { slug: string; name: string; summary: string; minutes: number }
>(
  'digests.strategy',
  `select s.slug, s.name, s.summary, s.minutes from coping_strategies s
   where s.status = 'published'
     and s.language = :language
     and not exists (select 1
       from strategy_hides h
       where h.strategy_id = s.id and h.member_id = :memberId)
   order by md5(s.id || ' ' || :digest::text) limit 1`,
  'pooled',
);
export const hasStrategies = statement<NoParams, { any: boolean }>(
  'digests.any-strategy',
  `select exists (select 1 from coping_strategies where status = 'published') as any`,
);
