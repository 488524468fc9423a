import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { Conflict, Forbidden, NotFound } from '../kernel/errors.js';
import { Outbox } from '../outbox/outbox.js';
import { bodyHtml } from '../content/markdown.js';
import type { Viewer } from '../http/viewer.js';
import type { EditPost } from './post.dto.js';
import { dueBy, HELD_TARGET } from '../review/review-targets.js';
import { SubmissionCheck } from './submission-check.service.js';
import type { SubmissionResult } from './submission.js';
import { PostAccess, type AccessiblePost } from './post-access.js';
import { removesDetail, editedWords, type EditedWords, type PostChanges } from './edited-words.js';
import { requireDisclosureReview } from './disclosure-review.js';
import {
  deleteEditDraft,
  lockPost,
  savePostVersion,
  setTitle,
  uncountPost,
} from './post-changes.js';
import { Post } from './post.entity.js';
import { linkedHandles, PostMentions } from './post-mentions.js';
import { PostQuotes } from './post-quotes.js';
import { chosenLanguage } from './text-language.view.js';
import { PrivateLinks } from './private-links.service.js';
import { Publishing } from './publishing.service.js';
import { ThreadTitles } from './thread-titles.service.js';
import { postEdited, postWithdrawn } from './posts.events.js';
import { canEdit, canWithdraw } from './posts.policy.js';
import { executeIn } from '../kernel/sql.js';

export interface EditedPost extends AccessiblePost {
  /** Held: visible only to its author and the moderators. */
  held: boolean;
}

/** An author's changes to a post: editing, withdrawing, detaching the name. */
@Injectable()
export class PostEditing {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly access: PostAccess,
    private readonly submissionCheck: SubmissionCheck,
    private readonly links: PrivateLinks,
    private readonly publishing: Publishing,
    private readonly quotes: PostQuotes,
    private readonly titles: ThreadTitles,
    private readonly mentions: PostMentions,
  ) {}

  /**
   * Replaces the text, and for an opening the title; the earlier version is saved.
   * @param changes omitted fields stay unchanged
   * @throws Conflict if the post has changed since the form was opened
   * @throws Forbidden after the edit window
   * @throws ReviewNeeded if the author has not reviewed details in the new text
   */
  async edit(viewer: Viewer, id: string, changes: PostChanges): Promise<EditedPost> {
    const access = await this.access.load(viewer, id);
    if (!access.mine) throw new NotFound();
    const now = this.clock.now();
    if (!canEdit(viewer, access, now)) throw new Forbidden('posts.error.edit-window');
    const isHeld = await this.database.inTransaction(async (tx) => {
      const post = await lockPost(tx, id);
      if (post.version !== changes.version) throw new Conflict('posts.error.stale');
      const form = this.links.leaveOut(editedWords(access, post, changes), viewer.locale);
      const quotesRemoved = form.quotesOffered && (await this.quotes.keep(tx, id, form.quotes));
      if (
        !quotesRemoved &&
        post.body === form.body &&
        post.contentWarnings.join() === form.contentWarnings.join() &&
        post.summary === form.summary &&
        post.ending === form.ending &&
        form.language === chosenLanguage(post.language, post.body) &&
        access.title === form.title
      )
        return post.status === 'held';
      const result = await this.check(tx, viewer, access, post, form);
      requireDisclosureReview(result, form.detailsSeen);
      await savePostVersion(tx, post, now);
      const mentioned = await this.mentionsOf(tx, viewer, access, post, form);
      await tx.getRepository(Post).update(id, {
        body: form.body,
        bodyHtml: bodyHtml(form.body, linkedHandles(mentioned)),
        contentWarnings: form.contentWarnings,
        summary: form.summary,
        ending: form.ending,
        language: form.language === '' ? result.language : form.language,
        tier: result.named,
        suggestedNotes: result.suggestedNotes.filter(
          (note) => !form.contentWarnings.includes(note),
        ),
        version: post.version + 1,
        editedAt: now,
      });
      if (access.title !== form.title) await setTitle(tx, access.threadId, form.title);
      const released = removesDetail(access, post, form, result);
      if (released) await this.release(tx, access);
      else if (post.status === 'held') await this.resubmit(tx, access, post, result);
      else if (result.hold !== null) await this.publishing.hold(tx, id, result.hold);
      await this.submissionCheck.record(tx, access, result);
      await this.outbox.append(tx, postEdited({ postId: id }));
      return !released && (post.status === 'held' || result.hold !== null);
    });
    return { ...access, held: isHeld };
  }

  /** Updates whom the post mentions. An edit notifies nobody. */
  private async mentionsOf(
    tx: Tx,
    viewer: Viewer,
    { communityId }: AccessiblePost,
    post: Post,
    { body }: EditPost,
  ): Promise<Awaited<ReturnType<PostMentions['find']>>> {
    const { aliasId, id: postId } = post;
    const text = { communityId, authorId: viewer.memberId, aliasId, body, postId };
    const mentioned = await this.mentions.find(tx, text);
    await this.mentions.record(tx, postId, mentioned);
    return mentioned;
  }

  private check(
    tx: Tx,
    viewer: Viewer,
    access: AccessiblePost,
    post: Post,
    form: EditedWords,
  ): Promise<SubmissionResult> {
    const opens = access.number === 1;
    return this.submissionCheck.check(tx, {
      authorId: viewer.memberId,
      communityId: access.communityId,
      title: opens ? form.title : undefined,
      body: form.body,
      summary: form.summary,
      threadId: access.number === 1 ? undefined : access.threadId,
      writtenAs: access.opener ? 'opening' : 'reply',
      before: {
        title: opens ? access.title : undefined,
        body: post.body,
        summary: post.summary,
        tier: post.tier,
      },
    });
  }

  // The reason for the hold no longer applies; the moderators are notified of the edit
  // nevertheless.
  private async release(tx: Tx, access: AccessiblePost): Promise<void> {
    await this.publishing.publish(tx, access.id);
    await this.submissionCheck.recordEdit(tx, access);
  }

  // A held post stays held and the moderators are notified of the edit; one that was returned to
  // its author is submitted again.
  private async resubmit(
    tx: Tx,
    access: AccessiblePost,
    post: Post,
    result: SubmissionResult,
  ): Promise<void> {
    const sentAgain = post.heldFor === 'returned';
    if (result.hold?.why === 'crisis' && post.heldFor !== 'crisis')
      await this.publishing.hold(tx, post.id, result.hold);
    else if (sentAgain)
      await this.publishing.hold(tx, post.id, {
        why: 'resubmitted',
        until: dueBy(HELD_TARGET, null, this.clock.now()),
      });
    await this.submissionCheck.recordEdit(tx, access, sentAgain);
  }

  /**
   * Withdraws the text immediately, and for an opening the title. The number stays, so that replies
   * keep their reference.
   * @throws NotFound if the viewer may not withdraw it
   */
  async takeBack(viewer: Viewer, id: string): Promise<AccessiblePost> {
    const access = await this.access.load(viewer, id);
    if (access.withdrawn && access.mine) return access;
    if (!canWithdraw(access)) throw new NotFound();
    await this.database.inTransaction(async (tx) => {
      const post = await lockPost(tx, id);
      if (post.status === 'withdrawn') return;
      const now = this.clock.now();
      await savePostVersion(tx, post, now);
      await tx.getRepository(Post).update(id, {
        status: 'withdrawn',
        body: '',
        bodyHtml: '',
        summary: '',
        ending: '',
        language: null,
        contentWarnings: [],
        version: post.version + 1,
        withdrawnAt: now,
      });
      await deleteEditDraft(tx, id);
      if (post.number === 1) await this.titles.replace(tx, viewer, post.threadId, 'gone');
      else await this.titles.replaceMerged(tx, viewer, id);
      if (post.status === 'published') await uncountPost(tx, post);
      else if (post.number === 1)
        await executeIn(
          tx,
          `
            update threads
            set status = 'withdrawn'
            where id = :threadId and status = 'held' and reply_count = 0
          `,
          { threadId: post.threadId },
        );
      await this.outbox.append(tx, postWithdrawn({ postId: id }));
    });
    return access;
  }

  /** Removes the author's name from a post. This cannot be undone, by design. */
  async detachName(viewer: Viewer, id: string): Promise<AccessiblePost> {
    const access = await this.access.load(viewer, id);
    if (!canWithdraw(access)) throw new NotFound();
    await this.database.inTransaction(async (tx) => {
      await tx.getRepository(Post).update(id, { nameDetached: true });
    });
    return access;
  }
}
