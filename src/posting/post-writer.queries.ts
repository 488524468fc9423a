import { titleForAuthorSql } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';
import { deleteDraftCte, deleteDraftCtes } from '../posts/draft-fragments.js';
import { postedEventCte } from '../posts/posts.events.js';

/** The outcome of a submitted post, for its author. */
export interface PostedPost {
  id: string;
  threadId: string;
  number: number;
  /** Held: visible only to its author and the moderators. */
  held: boolean;
  /** Help is shown at the top of the page for its author, and says that the post is saved. */
  needsHelp: boolean;
  /** The post existed already: the form was submitted twice. */
  again: boolean;
}

/** The post that a form created, with the text that it was submitted with. */
export interface SubmittedPost extends PostedPost {
  /** Null if the text is no longer stored, or the post is no longer the first of its thread. */
  title: string | null;
  body: string | null;
  /** Threads in which it was before a moderator moved it. */
  formerThreads: string[];
}

export const findSubmittedBefore = statement<
  { viewerId: string; idempotencyKey: string },
  SubmittedPost
>(
  'posting.sent-before',
  `
    select p.id, p.thread_id as "threadId", p.number, p.status = 'held' as held,
      p.tier in ('urgent', 'crisis') as "needsHelp", true as again,
      case
        when p.number > 1 then null
        when p.version = 1 then ${titleForAuthorSql('t')}
        else v.title end as title,
      case when p.version = 1 then p.body else v.body end as body,
      array(select f.thread_id::text
        from former_places f
        where f.post_id = p.id) as "formerThreads"
    from posts p
    join threads t on t.id = p.thread_id
    left join post_versions v on v.post_id = p.id and v.version = 1
    where p.author_id = :viewerId and p.idempotency_key = :idempotencyKey
  `,
);

export interface InsertPost {
  threadId: string;
  authorId: string;
  aliasId: string | null;
  answeredPost: string | null;
  body: string;
  html: string;
  notes: readonly string[];
  summary: string;
  ending: string;
  update: boolean;
  language: string | null;
  key: string | null;
  now: Date;
  moderates: boolean;
  follows: boolean;
  draftPlace: string | null;
  draftKey: string;
  draftVersion: number;
  status: string;
  tier: string;
  heldFor: string | null;
  heldUntil: Date | null;
  suggestedNotes: readonly string[];
}

/** The parameters of a reply that has none of what few replies have. */
export type InsertPlainReply = Omit<InsertPost, 'aliasId' | 'answeredPost' | 'update'>;

/**
 * One statement takes the next number (locking the thread's row, so that numbers are unique),
 * inserts the post, follows the thread, deletes the form's draft and appends the event. An opening
 * takes number 1. Returns no row if the thread was locked meanwhile. A held post leaves the thread's
 * counts and times unchanged, and has no event. PostgreSQL prepares every part at each execution,
 * used or not.
 * @param parts SQL that differs between statements: expressions, and parts of the `with`
 */
function insertText(parts: {
  aliasId: string;
  replyToNumber: string;
  isUpdate: string;
  draft: string;
  event: string;
}): string {
  return `
    with t as (
      update threads
      set next_number = next_number + 1,
        reply_count = reply_count + case
          when :status = 'published' and next_number > 1 then 1
          else 0 end,
        last_post_at = case when :status = 'published' then :now else last_post_at end
      where id = :threadId
        and (locked_at is null or :moderates::boolean)
        and status in ('published', 'held')
      returning id, next_number - 1 as number
    ), p as (
      insert into posts (thread_id, number, author_id, alias_id, reply_to_number, body, body_html,
        content_warnings, summary, ending, is_update, language, idempotency_key, created_at, status,
        tier, held_for, held_at, held_until, suggested_notes)
      select t.id, t.number, :authorId, ${parts.aliasId}, ${parts.replyToNumber},
        :body, :html, :notes, :summary, :ending, ${parts.isUpdate}, :language, :key, :now, :status, :tier,
        :heldFor,
        case when :heldFor::text is not null then :now::timestamptz end,
        :heldUntil, :suggestedNotes
      from t
      returning id, thread_id as "threadId", number, status = 'held' as held,
        tier in ('urgent', 'crisis') as "needsHelp", false as again
    ), f as (
      insert into thread_follows (thread_id, member_id, level)
      select t.id, :authorId, 'following'
      from t
      where :follows::boolean
      on conflict
      do nothing
    ), ${parts.draft}, ${parts.event}
    select *
    from p
  `;
}

export const insertPost = statement<InsertPost, PostedPost>(
  'posting.insert',
  insertText({
    aliasId: ':aliasId',
    replyToNumber: `
        (select case when a.thread_id = :threadId then a.number
            else (select max(f.number)
              from former_places f
              where f.post_id = a.id and f.thread_id = :threadId) end
          from posts a
          where a.id = :answeredPost and a.status = 'published')`,
    isUpdate: `
        :update::boolean
          and exists (select 1
            from posts o
            where o.thread_id = :threadId
              and o.number = 1
              and o.alias_id is not distinct from :aliasId::bigint)`,
    draft: deleteDraftCtes(':authorId', ':draftPlace'),
    event: postedEventCte('p'),
  }),
);

/**
 * Inserts a reply under the handle that refers to no post, is no update, and for which no other
 * form saved a draft. `RelaySignal` notifies the relays.
 */
export const insertPlainReply = statement<InsertPlainReply, PostedPost>(
  'posting.insert-plain-reply',
  insertText({
    aliasId: 'null::bigint',
    replyToNumber: 'null::int',
    isUpdate: 'false',
    draft: deleteDraftCte(':authorId', ':draftPlace'),
    event: postedEventCte('p', false),
  }),
);
