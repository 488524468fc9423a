import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { Conflict, Forbidden, NotFound } from '../kernel/errors.js';
import { Outbox } from '../outbox/outbox.js';
import { bodyHtml } from '../content/markdown.js';
import type { Viewer } from '../http/viewer.js';
import type { EditPost } from './post.dto.js';
import { dueBy, HELD_WITHIN } from '../review/review-targets.js';
import { SubmissionCheck } from './submission-check.service.js';
import type { SubmissionResult } from './submission.js';
import { PostAccess, type AccessiblePost } from './post-access.js';
import { needsModerator } from '../disclosure/disclosure-check.js';
import { requireDisclosureReview } from './disclosure-review.js';
import { keepWording, lockPost, tidyThread } from './post-changes.js';
import { Post } from './post.entity.js';
import { PrivateLinks } from './private-links.service.js';
import { Publishing } from './publishing.service.js';
import { postEdited, postWithdrawn } from './posts.events.js';
import { canEdit, canTakeBack } from './posts.policy.js';
import { executeIn } from '../kernel/sql.js';

export interface EditedPost extends AccessiblePost {
  /** It waits: only its author and the moderators see it. */
  held: boolean;
}

/** Second thoughts: changing one's words, taking them back, taking one's name off them. */
@Injectable()
export class PostEditing {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly door: PostAccess,
    private readonly intake: SubmissionCheck,
    private readonly links: PrivateLinks,
    private readonly publishing: Publishing,
  ) {}

  /**
   * The earlier wording is kept. @throws Conflict when the post has changed since the form was
   * opened
   */
  async edit(viewer: Viewer, id: string, given: EditPost): Promise<EditedPost> {
    const form = this.links.leaveOut(given, viewer.locale);
    const access = await this.door.load(viewer, id);
    if (!access.mine) throw new NotFound();
    const now = this.clock.now();
    if (!canEdit(viewer, access, now)) throw new Forbidden('posts.error.edit-window');
    const held = await this.database.inTransaction(async (tx) => {
      const post = await lockPost(tx, id);
      if (post.version !== form.version) throw new Conflict('posts.error.stale');
      if (
        post.body === form.body &&
        post.contentWarnings.join() === form.contentWarnings.join() &&
        post.summary === form.summary
      )
        return post.status === 'held';
      const verdict = await this.weighed(tx, viewer, access, post, form);
      requireDisclosureReview(verdict, form.detailsSeen);
      await keepWording(tx, post, now);
      await tx.getRepository(Post).update(id, {
        body: form.body,
        bodyHtml: bodyHtml(form.body),
        contentWarnings: form.contentWarnings,
        summary: form.summary,
        tier: verdict.named,
        suggestedNotes: verdict.suggestedNotes.filter(
          (note) => !form.contentWarnings.includes(note),
        ),
        version: post.version + 1,
        editedAt: now,
      });
      const free = isFree(access, post, form, verdict);
      if (free) await this.letStand(tx, access);
      else if (post.status === 'held') await this.handInAgain(tx, access, post, verdict);
      else if (verdict.hold !== null) await this.publishing.hold(tx, id, verdict.hold);
      await this.intake.record(tx, access, verdict);
      await this.outbox.append(tx, postEdited({ postId: id }));
      return !free && (post.status === 'held' || verdict.hold !== null);
    });
    return { ...access, held };
  }

  private weighed(
    tx: Tx,
    viewer: Viewer,
    access: AccessiblePost,
    post: Post,
    form: EditPost,
  ): Promise<SubmissionResult> {
    return this.intake.check(tx, {
      authorId: viewer.memberId,
      communityId: access.communityId,
      title: access.number === 1 ? access.title : undefined,
      body: form.body,
      summary: form.summary,
      threadId: access.number === 1 ? undefined : access.threadId,
      writtenAs: access.opener ? 'opening' : 'reply',
      before: { body: post.body, summary: post.summary, tier: post.tier },
    });
  }

  // What it waited for is gone; a moderator learns of it all the same.
  private async letStand(tx: Tx, access: AccessiblePost): Promise<void> {
    await this.publishing.publish(tx, access.id);
    await this.intake.tellOfEdit(tx, access);
  }

  // A post that waits goes on waiting, and a moderator learns that it reads differently; one that
  // came back to its author is handed in again.
  private async handInAgain(
    tx: Tx,
    access: AccessiblePost,
    post: Post,
    verdict: SubmissionResult,
  ): Promise<void> {
    if (verdict.hold?.why === 'crisis' && post.heldFor !== 'crisis')
      await this.publishing.hold(tx, post.id, verdict.hold);
    else if (post.heldFor === 'returned')
      await this.publishing.hold(tx, post.id, {
        why: 'pre-moderation',
        until: dueBy(HELD_WITHIN, null, this.clock.now()),
      });
    await this.intake.tellOfEdit(tx, access);
  }

  /** The words go from sight at once; number and place stay, so that answers keep their sense. */
  async takeBack(viewer: Viewer, id: string): Promise<AccessiblePost> {
    const access = await this.door.load(viewer, id);
    if (access.withdrawn && access.mine) return access;
    if (!canTakeBack(access)) throw new NotFound();
    await this.database.inTransaction(async (tx) => {
      const post = await lockPost(tx, id);
      if (post.status === 'withdrawn') return;
      const now = this.clock.now();
      await keepWording(tx, post, now);
      await tx.getRepository(Post).update(id, {
        status: 'withdrawn',
        body: '',
        bodyHtml: '',
        summary: '',
        contentWarnings: [],
        version: post.version + 1,
        withdrawnAt: now,
      });
      if (post.status === 'published') await tidyThread(tx, post);
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

  /** The words stay, the name goes. There is no way back: that is the point of it. */
  async detachName(viewer: Viewer, id: string): Promise<AccessiblePost> {
    const access = await this.door.load(viewer, id);
    if (!canTakeBack(access)) throw new NotFound();
    await this.database.inTransaction(async (tx) => {
      await tx.getRepository(Post).update(id, { nameDetached: true });
    });
    return access;
  }
}

// Held for a detail that the program saw and that its author took out: nothing else made it wait,
// or it would wait for that.
function isFree(
  access: AccessiblePost,
  post: Post,
  form: EditPost,
  verdict: SubmissionResult,
): boolean {
  if (
    post.status !== 'held' ||
    post.heldFor !== 'detail' ||
    verdict.hold !== null ||
    !verdict.complete
  )
    return false;
  const title = post.number === 1 ? access.title : '';
  return (
    needsModerator({ title, body: post.body, summary: post.summary }, verdict.answers) &&
    !needsModerator({ title, body: form.body, summary: form.summary }, verdict.answers)
  );
}
