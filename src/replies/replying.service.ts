import { Injectable } from '@nestjs/common';
import { readForm } from '../http/form.js';
import type { Viewer } from '../http/viewer.js';
import type { Tx } from '../kernel/database.js';
import { FieldError, Forbidden } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { PostToSave } from '../posting/post-to-save.js';
import { PostWriter, type IsSame, type PostedPost } from '../posting/post-writer.js';
import { hasSameText } from '../posting/sent-before.js';
import { requireDisclosureReview, throwIfReviewRequested } from '../posts/disclosure-review.js';
import { PrivateLinks } from '../posts/private-links.service.js';
import { SubmissionCheck, type SubmissionFacts } from '../posts/submission-check.service.js';
import type { Submission, SubmissionResult } from '../posts/submission.js';
import { compareTiers } from '../review/review-targets.js';
import { ThreadAccess, type AccessibleThread } from '../threads/thread-access.js';
import { isSlowed, ThreadLocks } from '../threads/thread-lock.service.js';
import {
  ALIAS,
  HANDLE,
  mayUpdate,
  namesToChoose,
  replyObstacle,
} from '../threads/threads.policy.js';
import { answeredPost } from './replies.queries.js';
import { NewReply } from './reply.dto.js';

export interface MailedReply {
  readonly body: string;
  /** Idempotency key, so that an email delivered twice creates one reply. */
  readonly key: string;
  /** Some of the text may not be meant for others: the reply is held for a moderator. */
  readonly doubtful: boolean;
}

/** The form as it is saved, and the reads that its rules need. */
interface PreparedReply {
  readonly form: NewReply;
  readonly thread: Promise<AccessibleThread>;
  readonly facts: Promise<SubmissionFacts>;
}

/** Writes replies, from the form and from email. */
@Injectable()
export class Replying {
  constructor(
    private readonly sql: Sql,
    private readonly threads: ThreadAccess,
    private readonly check: SubmissionCheck,
    private readonly links: PrivateLinks,
    private readonly locks: ThreadLocks,
    private readonly writer: PostWriter,
  ) {}

  /**
   * Starts the reads of a reply, so that they reach the database together, and with whatever else
   * the request sends in the same turn of the event loop.
   */
  prepare(viewer: Viewer, threadId: string, given: NewReply): PreparedReply {
    const form = this.links.leaveOut(given, viewer.locale);
    const thread = this.threads.loadMerged(viewer, threadId);
    const facts = this.check.facts(null, {
      authorId: viewer.memberId,
      body: form.body,
      threadId,
    });
    for (const read of [thread, facts]) {
      // `reply` reports a failed read, unless something else ends the request first.
      read.catch(() => undefined);
    }
    return { form, thread, facts };
  }

  /**
   * Writes a reply; idempotent by the form's key. A reply to a thread that was merged into another
   * one, even while it is being written, goes to that one.
   * @param prepared by `prepare`, for the same arguments
   * @throws Forbidden if the viewer may not reply
   * @throws FieldError, ReviewNeeded if the form has to be corrected or reviewed
   */
  async reply(
    viewer: Viewer,
    threadId: string,
    given: NewReply,
    byMail?: Submission['byMail'],
    prepared = this.prepare(viewer, threadId, given),
  ): Promise<PostedPost> {
    const { form } = prepared;
    let thread = await prepared.thread;
    for (;;) {
      // Of another thread there are other texts to quote.
      const facts = thread.id === threadId ? prepared.facts : undefined;
      try {
        return await this.replyIn(viewer, thread, [threadId, thread.id], form, byMail, facts);
      } catch (error) {
        if (!(error instanceof Forbidden)) throw error;
        const now = await this.threads.loadMerged(viewer, threadId);
        if (now.id === thread.id) throw error;
        thread = now;
      }
    }
  }

  private async replyIn(
    viewer: Viewer,
    thread: AccessibleThread,
    sentTo: readonly string[],
    form: NewReply,
    byMail?: Submission['byMail'],
    facts?: Promise<SubmissionFacts>,
  ): Promise<PostedPost> {
    const obstacle = replyObstacle(viewer, thread);
    if (obstacle !== null) throw new Forbidden(`threads.hindrance.${obstacle}`);
    // An email delivered twice is the same one, even if mail servers modified it on its way.
    const isSame = byMail === undefined ? isReply(sentTo, form) : isIn(sentTo);
    return this.writer.submit(
      viewer,
      thread,
      form,
      isSame,
      () => this.checked(viewer, thread, form, byMail, facts),
      (tx, result) => this.write(tx, viewer, thread, form, result),
      (result) => (isSlowed(thread) ? null : toWrite(viewer, thread, form, result)),
    );
  }

  /** @returns the reply that the form created earlier, or null */
  async findSubmittedBefore(
    viewer: Viewer,
    threadId: string,
    form: NewReply,
  ): Promise<PostedPost | null> {
    if (form.idempotencyKey === '') return null;
    const sent = this.links.leaveOut(form, viewer.locale);
    const sentTo = await this.threads.idsOf(threadId);
    return this.writer.findSubmittedBefore(viewer, sent, isReply(sentTo, sent));
  }

  /**
   * Writes a reply that arrived by email: plain text, under the author's name in the thread,
   * validated like the form. Its author cannot review details, so a reply with details is held.
   * @throws FieldError like `reply`
   */
  replyByMail(viewer: Viewer, threadId: string, mailed: MailedReply): Promise<PostedPost> {
    const form = readForm(NewReply, { body: mailed.body, idempotencyKey: mailed.key });
    if (!form.valid) throw new FieldError('body', form.faults[0]?.key ?? 'forms.error.invalid');
    return this.reply(viewer, threadId, form.value, { doubtful: mailed.doubtful });
  }

  private async checked(
    viewer: Viewer,
    thread: AccessibleThread,
    form: NewReply,
    byMail?: Submission['byMail'],
    facts?: Promise<SubmissionFacts>,
  ): Promise<SubmissionResult> {
    await this.requireAnswered(thread.id, form.replyTo);
    // Only the member can say which of their names in a merged thread they continue.
    const names = namesToChoose(thread);
    if (names.length > 0 && !names.some(({ value }) => value === form.writeAs))
      throw new FieldError('writeAs', 'posts.error.choose-name');
    const submission: Submission = {
      authorId: viewer.memberId,
      communityId: thread.communityId,
      body: form.body,
      summary: form.summary,
      // Posts by the opener are screened as accounts of their own state, those by others also as
      // encouragement to harm.
      writtenAs: thread.mine ? 'opening' : 'reply',
      threadId: thread.id,
      byMail,
    };
    const result = await this.check.check(null, submission, facts);
    throwIfReviewRequested(result, form);
    if (byMail === undefined) requireDisclosureReview(result, form.detailsSeen);
    return result;
  }

  private async write(
    tx: Tx,
    viewer: Viewer,
    thread: AccessibleThread,
    form: NewReply,
    result: SubmissionResult,
  ): Promise<PostedPost> {
    // A reply that may be a cry for help is exempt from the slow mode.
    if (compareTiers(result.tier, 'urgent') < 0)
      await this.locks.requireSlowModeWait(tx, viewer, thread);
    return this.writer.insert(tx, toWrite(viewer, thread, form, result));
  }

  private async requireAnswered(threadId: string, replyTo: string): Promise<void> {
    if (replyTo === '') return;
    const found = await this.sql.first(answeredPost, { replyTo, threadId });
    if (found === null) throw new FieldError('replyTo', 'posts.error.reply-to');
  }
}

function isIn(threadIds: readonly string[]): IsSame {
  return (post) =>
    threadIds.includes(post.threadId) || threadIds.some((id) => post.formerThreads.includes(id));
}

function isReply(threadIds: readonly string[], { body }: NewReply): IsSame {
  const isHere = isIn(threadIds);
  return (post) => isHere(post) && hasSameText(post, { body });
}

/** @returns as in `PostToSave` */
function chosenAlias(thread: AccessibleThread, writeAs: string): string | null | undefined {
  if (writeAs === '' || writeAs === ALIAS || namesToChoose(thread).length === 0) return undefined;
  return writeAs === HANDLE ? null : writeAs;
}

function toWrite(
  viewer: Viewer,
  thread: AccessibleThread,
  form: NewReply,
  result: SubmissionResult,
): PostToSave {
  return {
    threadId: thread.id,
    communityId: thread.communityId,
    authorId: viewer.memberId,
    form,
    aliasName: thread.aliasName,
    aliasId: chosenAlias(thread, form.writeAs),
    replyTo: form.replyTo,
    quotes: form.quotes,
    strategies: form.strategies,
    update: form.update && mayUpdate(thread),
    result,
    draftPlace: `/t/${thread.id}/replies`,
    otherDrafts: thread.draft?.draftOthers === 'yes',
    follows: true,
    moderates: thread.moderates,
  };
}
