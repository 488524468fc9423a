import { Injectable } from '@nestjs/common';
import { readForm } from '../http/form.js';
import type { Viewer } from '../http/viewer.js';
import type { Tx } from '../kernel/database.js';
import { FieldError, Forbidden } from '../kernel/errors.js';
import { Sql, statement } from '../kernel/sql.js';
import { PostWriter, type PostedPost } from '../posting/post-writer.js';
import { requireDisclosureReview } from '../posts/disclosure-review.js';
import { PrivateLinks } from '../posts/private-links.service.js';
import { SubmissionCheck } from '../posts/submission-check.service.js';
import type { Submission } from '../posts/submission.js';
import { compareTiers } from '../review/review-targets.js';
import { ThreadAccess, type AccessibleThread } from '../threads/thread-access.js';
import { ThreadCooling } from '../threads/thread-lock.service.js';
import { replyHindrance } from '../threads/threads.policy.js';
import { NewReply } from './reply.dto.js';

export interface MailedReply {
  readonly body: string;
  /** Idempotency key: makes taking the same mail twice harmless. */
  readonly key: string;
  /** Not all of it may be meant for others: a moderator reads it first. */
  readonly doubtful: boolean;
}

const answered = statement<{ replyTo: string; threadId: string }, object>(
  'replies.answered',
  'select 1 as found from posts where id = :replyTo and thread_id = :threadId',
);

/** Answering in a thread. */
@Injectable()
export class Replying {
  constructor(
    private readonly sql: Sql,
    private readonly threads: ThreadAccess,
    private readonly check: SubmissionCheck,
    private readonly links: PrivateLinks,
    private readonly cooling: ThreadCooling,
    private readonly writer: PostWriter,
  ) {}

  /** Sent twice under one key, it is one reply. */
  async reply(
    viewer: Viewer,
    threadId: string,
    given: NewReply,
    byMail?: Submission['byMail'],
  ): Promise<PostedPost> {
    const form = this.links.leaveOut(given, viewer.locale);
    const thread = await this.threads.load(viewer, threadId);
    const hindrance = replyHindrance(viewer, thread);
    if (hindrance !== null) throw new Forbidden(`threads.hindrance.${hindrance}`);
    return this.writer.submit(viewer, thread, form, isIn(threadId), (tx) =>
      this.write(tx, viewer, thread, form, byMail),
    );
  }

  /** @returns the reply that this form became when it was sent before; null where it was not */
  sentBefore(viewer: Viewer, threadId: string, form: NewReply): Promise<PostedPost | null> {
    return this.writer.sentBefore(viewer, form, isIn(threadId));
  }

  /**
   * A reply that came by mail: plain text, under the name that its writer bears in the thread, held
   * to the rules of the form. Nobody is at a screen to review details before they are published, so
   * a reply with details waits for a moderator.
   */
  say(viewer: Viewer, threadId: string, mailed: MailedReply): Promise<PostedPost> {
    const form = readForm(NewReply, { body: mailed.body, idempotencyKey: mailed.key });
    if (!form.valid) throw new FieldError('body', form.faults[0]?.key ?? 'forms.error.invalid');
    return this.reply(viewer, threadId, form.value, { doubtful: mailed.doubtful });
  }

  private async write(
    tx: Tx,
    viewer: Viewer,
    thread: AccessibleThread,
    form: NewReply,
    byMail?: Submission['byMail'],
  ): Promise<PostedPost> {
    await this.requireAnswered(tx, thread.id, form.replyTo);
    const result = await this.check.check(tx, {
      authorId: viewer.memberId,
      communityId: thread.communityId,
      body: form.body,
      summary: form.summary,
      // The opener goes on telling; what others write may also be encouragement to harm.
      writtenAs: thread.mine ? 'opening' : 'reply',
      threadId: thread.id,
      byMail,
    });
    if (byMail === undefined) requireDisclosureReview(result, form.detailsSeen);
    // A reply that may be a cry for help is never told to wait.
    if (compareTiers(result.tier, 'urgent') < 0) await this.cooling.mayReplyNow(tx, viewer, thread);
    return this.writer.insert(tx, {
      threadId: thread.id,
      communityId: thread.communityId,
      authorId: viewer.memberId,
      form,
      aliasName: thread.aliasName,
      replyTo: form.replyTo,
      quotes: form.quotes,
      strategies: form.strategies,
      result,
      draftPlace: `/t/${thread.id}/replies`,
      follows: true,
      moderates: thread.moderates,
    });
  }

  private async requireAnswered(tx: Tx, threadId: string, replyTo: string): Promise<void> {
    if (replyTo === '') return;
    const found = await this.sql.rowsIn(tx, answered, { replyTo, threadId });
    if (found.length === 0) throw new FieldError('replyTo', 'posts.error.reply-to');
  }
}

function isIn(threadId: string): (post: PostedPost) => boolean {
  return (post) => post.threadId === threadId;
}
