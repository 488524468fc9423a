import { Injectable } from '@nestjs/common';
import { bodyHtml } from '../content/markdown.js';
import { Clock } from '../kernel/clock.js';
import { Database, isDuplicate, type Tx } from '../kernel/database.js';
import { FieldError, Forbidden } from '../kernel/errors.js';
import { Sql, statement } from '../kernel/sql.js';
import { compareTiers } from '../review/review-targets.js';
import type { Viewer } from '../http/viewer.js';
import { Outbox } from '../outbox/outbox.js';
import { Aliases } from '../posts/aliases.js';
import { SubmissionCheck, type Submission } from '../posts/submission-check.service.js';
import { requireDisclosureReview } from '../posts/disclosure-review.js';
import { PrivateLinks } from '../posts/private-links.service.js';
import { replyPosted } from '../posts/posts.events.js';
import { statusOf } from '../posts/hold-policy.js';
import { Tagging } from '../coping-strategies/tagging/tagging.service.js';
import { Acknowledgements } from '../communities/acknowledgements.js';
import { ThreadAccess, type AccessibleThread } from '../threads/thread-access.js';
import { ThreadCooling } from '../threads/thread-lock.service.js';
import { readForm } from '../http/form.js';
import { replyHindrance } from '../threads/threads.policy.js';
import { NewReply } from './reply.dto.js';

export interface PostedReply {
  id: string;
  threadId: string;
  number: number;
  /** It waits: only its author and the moderators see it. */
  held: boolean;
  /** It was there already: the form came twice. */
  again: boolean;
}

export interface MailedWords {
  readonly body: string;
  /** Makes taking the same mail twice harmless. */
  readonly key: string;
  /** Not all of it may be meant for others: a moderator reads it first. */
  readonly doubtful: boolean;
}

const sentBefore = statement<
  { viewerId: string; idempotencyKey: string; threadId: string },
  PostedReply
>(
  'replies.sent-before',
  `
    select id, thread_id as "threadId", number, status = 'held' as held, true as again
    from posts
    where author_id = :viewerId and idempotency_key = :idempotencyKey and thread_id = :threadId
  `,
);

const answered = statement<{ replyTo: string; threadId: string }, object>(
  'replies.answered',
  'select 1 as found from posts where id = :replyTo and thread_id = :threadId',
);

/**
 * One statement takes the next number (the thread's row is locked by it, so numbers never meet),
 * writes the post, follows the thread and drops the draft. Nothing comes back where the thread was
 * locked meanwhile. Of a post that is held the thread shows nothing.
 */
const insertReply = statement<
  {
    threadId: string;
    authorId: string;
    aliasId: string | null;
    answeredPost: string | null;
    body: string;
    html: string;
    notes: readonly string[];
    summary: string;
    key: string | null;
    now: Date;
    moderates: boolean;
    draftSPlace: string;
    status: string;
    tier: string;
    heldFor: string | null;
    heldUntil: Date | null;
    suggestedNotes: readonly string[];
  },
  PostedReply
>(
  'replies.insert',
  `with t as (
     update threads
     set next_number = next_number + 1, reply_count = reply_count + case
       when :status = 'published' then 1
       else 0 end,
            last_post_at = case when :status = 'published' then :now else last_post_at end
     where id = :threadId
       and (locked_at is null or :moderates::boolean)
       and status in ('published', 'held')
     returning id, next_number - 1 as number
   ), p as (
     insert into posts (thread_id, number, author_id, alias_id, reply_to_number, body, body_html,
       content_warnings, summary, idempotency_key, created_at, status, tier, held_for, held_at,
       held_until, suggested_notes)
     select t.id, t.number, :authorId, :aliasId,
       (select a.number
         from posts a
         where a.id = :answeredPost and a.thread_id = :threadId and a.status = 'published'),
            :body, :html, :notes, :summary, :key, :now, :status, :tier, :heldFor, case
              when :heldFor::text is not null then :now::timestamptz end, :heldUntil,
                :suggestedNotes
     from t returning id, thread_id as "threadId", number, status = 'held' as held, false as again
   ), f as (
     insert into thread_follows (thread_id, member_id, level)
     select t.id, :authorId, 'following'
     from t
     on conflict
     do nothing
   ), d as (
     delete from drafts where member_id = :authorId and place = :draftSPlace
   )
   select * from p`,
);

/** Answering in a thread. */
@Injectable()
export class Replying {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly aliases: Aliases,
    private readonly acknowledgements: Acknowledgements,
    private readonly door: ThreadAccess,
    private readonly intake: SubmissionCheck,
    private readonly links: PrivateLinks,
    private readonly cooling: ThreadCooling,
    private readonly tagging: Tagging,
  ) {}

  /** Sent twice under one key, it is one reply. */
  async reply(
    viewer: Viewer,
    threadId: string,
    given: NewReply,
    byMail?: Submission['byMail'],
  ): Promise<PostedReply> {
    const form = this.links.leaveOut(given, viewer.locale);
    const thread = await this.door.load(viewer, threadId);
    const hindrance = replyHindrance(viewer, thread);
    if (hindrance !== null) throw new Forbidden(`threads.hindrance.${hindrance}`);
    const acknowledges = (thread.acknowledgedVersion ?? 0) < thread.guidelinesVersion;
    if (acknowledges && !form.guidelinesAcknowledged)
      throw new FieldError('guidelinesAcknowledged', 'threads.error.guidelines');
    if (form.anonymous && !thread.aliasesAllowed && thread.aliasName === null)
      throw new FieldError('anonymous', 'posts.error.no-aliases');
    const key = form.idempotencyKey === '' ? null : form.idempotencyKey;
    try {
      return await this.database.inTransaction(async (tx) => {
        if (acknowledges)
          await this.acknowledgements.record(
            tx,
            viewer.memberId,
            thread.communityId,
            thread.guidelinesVersion,
          );
        return this.insert(tx, viewer, thread, form, key, byMail);
      });
    } catch (error) {
      const before = isDuplicate(error, 'posts_idempotency')
        ? await this.sentBefore(viewer, threadId, form)
        : null;
      if (before === null) throw error;
      return before;
    }
  }

  /** What came of this form when it was sent before; null where it was not. */
  async sentBefore(
    viewer: Viewer,
    threadId: string,
    { idempotencyKey }: NewReply,
  ): Promise<PostedReply | null> {
    return idempotencyKey === ''
      ? null
      : this.sql.first(sentBefore, { viewerId: viewer.memberId, idempotencyKey, threadId });
  }

  /**
   * Words alone, as they come by mail, held to what the form asks for: under the name that their
   * writer bears in the thread. Nobody is at a screen to be asked first: what would be explained by
   * the form waits for a moderator.
   */
  say(viewer: Viewer, threadId: string, mailed: MailedWords): Promise<PostedReply> {
    const form = readForm(NewReply, { body: mailed.body, idempotencyKey: mailed.key });
    if (!form.valid) throw new FieldError('body', form.faults[0]?.key ?? 'forms.error.invalid');
    return this.reply(viewer, threadId, form.value, { doubtful: mailed.doubtful });
  }

  private async insert(
    tx: Tx,
    viewer: Viewer,
    thread: AccessibleThread,
    form: NewReply,
    key: string | null,
    byMail?: Submission['byMail'],
  ): Promise<PostedReply> {
    if (
      form.replyTo !== '' &&
      (await this.sql.rowsIn(tx, answered, { replyTo: form.replyTo, threadId: thread.id }))
        .length === 0
    )
      throw new FieldError('replyTo', 'posts.error.reply-to');
    // The opener tells on in it; what others write may also be encouragement to harm.
    const writtenAs = thread.mine ? 'opening' : 'reply';
    const verdict = await this.intake.check(tx, {
      authorId: viewer.memberId,
      communityId: thread.communityId,
      body: form.body,
      summary: form.summary,
      writtenAs,
      threadId: thread.id,
      byMail,
    });
    if (byMail === undefined) requireDisclosureReview(verdict, form.detailsSeen);
    // Words that may be a cry for help are never told to wait.
    if (compareTiers(verdict.tier, 'urgent') < 0)
      await this.cooling.mayReplyNow(tx, viewer, thread);
    const asked = form.anonymous || thread.aliasName !== null;
    const aliasId = asked
      ? await this.aliases.forReply(tx, viewer.memberId, thread.id, form.anonymous)
      : null;
    const [post] = await this.sql.rowsIn(tx, insertReply, {
      threadId: thread.id,
      authorId: viewer.memberId,
      aliasId,
      answeredPost: form.replyTo === '' ? null : form.replyTo,
      body: form.body,
      html: bodyHtml(form.body),
      notes: form.contentWarnings,
      summary: form.summary,
      key,
      now: this.clock.now(),
      moderates: thread.moderates,
      draftSPlace: `/t/${thread.id}/replies`,
      status: statusOf(verdict.hold),
      tier: verdict.named,
      heldFor: verdict.hold?.why ?? null,
      heldUntil: verdict.hold?.until ?? null,
      suggestedNotes: verdict.suggestedNotes,
    });
    if (post === undefined) throw new Forbidden('threads.hindrance.locked');
    await this.intake.record(tx, { id: post.id, communityId: thread.communityId }, verdict);
    await this.tagging.tagOwn(tx, post.id, form.strategies);
    if (!post.held)
      await this.outbox.append(tx, replyPosted({ postId: post.id, threadId: thread.id }));
    return post;
  }
}
