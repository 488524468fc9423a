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

const sentBefore = statement<PostedReply>(
  'replies.sent-before',
  `
    select id, thread_id as "threadId", number, status = 'held' as held, true as again
    from posts
    where author_id = $1 and idempotency_key = $2 and thread_id = $3
  `,
);

const answered = statement(
  'replies.answered',
  'select 1 as found from posts where id = $1 and thread_id = $2',
);

/**
 * One statement takes the next number (the thread's row is locked by it, so numbers never meet),
 * writes the post, follows the thread and drops the draft. Nothing comes back where the thread was
 * locked meanwhile. Of a post that is held the thread shows nothing. $1 thread, $2 author, $3
 * alias, $4 answered post, $5 body, $6 html, $7 notes, $8 summary, $9 key, $10 now, $11 moderates,
 * $12 draft's place, $13 status, $14 tier, $15 held for, $16 held until, $17 suggested notes
 */
const insertReply = statement<PostedReply>(
  'replies.insert',
  `with t as (
     update threads
     set next_number = next_number + 1, reply_count = reply_count + case
       when $13 = 'published' then 1
       else 0 end,
            last_post_at = case when $13 = 'published' then $10 else last_post_at end
     where id = $1 and (locked_at is null or $11::boolean) and status in ('published', 'held')
     returning id, next_number - 1 as number
   ), p as (
     insert into posts (thread_id, number, author_id, alias_id, reply_to_number, body, body_html,
       content_warnings, summary, idempotency_key, created_at, status, tier, held_for, held_at,
       held_until, suggested_notes)
     select t.id, t.number, $2, $3,
       (select a.number
         from posts a
         where a.id = $4 and a.thread_id = $1 and a.status = 'published'),
            $5, $6, $7, $8, $9, $10, $13, $14, $15, case
              when $15::text is not null then $10::timestamptz end, $16, $17
     from t returning id, thread_id as "threadId", number, status = 'held' as held, false as again
   ), f as (
     insert into thread_follows (thread_id, member_id, level)
     select t.id, $2, 'following'
     from t
     on conflict
     do nothing
   ), d as (
     delete from drafts where member_id = $2 and place = $12
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
      : this.sql.first(sentBefore, [viewer.memberId, idempotencyKey, threadId]);
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
      (await this.sql.rowsIn(tx, answered, [form.replyTo, thread.id])).length === 0
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
    const [post] = await this.sql.rowsIn(tx, insertReply, [
      thread.id,
      viewer.memberId,
      aliasId,
      form.replyTo === '' ? null : form.replyTo,
      form.body,
      bodyHtml(form.body),
      form.contentWarnings,
      form.summary,
      key,
      this.clock.now(),
      thread.moderates,
      `/t/${thread.id}/replies`,
      statusOf(verdict.hold),
      verdict.named,
      verdict.hold?.why ?? null,
      verdict.hold?.until ?? null,
      verdict.suggestedNotes,
    ]);
    if (post === undefined) throw new Forbidden('threads.hindrance.locked');
    await this.intake.record(tx, { id: post.id, communityId: thread.communityId }, verdict);
    await this.tagging.tagOwn(tx, post.id, form.strategies);
    if (!post.held)
      await this.outbox.append(tx, replyPosted({ postId: post.id, threadId: thread.id }));
    return post;
  }
}
