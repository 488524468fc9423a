import { Injectable } from '@nestjs/common';
import { requirePoster, type AccessibleCommunity } from '../communities/community-access.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { requireDisclosureReview, reviewIfAsked } from '../posts/disclosure-review.js';
import { statusOf } from '../posts/hold-policy.js';
import { PrivateLinks } from '../posts/private-links.service.js';
import { SubmissionCheck } from '../posts/submission-check.service.js';
import type { NewThread } from './new-thread.dto.js';
import { PostWriter, type PostedPost } from './post-writer.js';
import { insertThread } from './threads.js';

/** Opens threads. */
@Injectable()
export class Posting {
  constructor(
    private readonly clock: Clock,
    private readonly check: SubmissionCheck,
    private readonly links: PrivateLinks,
    private readonly writer: PostWriter,
  ) {}

  /**
   * Opens a thread; idempotent by the form's key.
   * @throws NotFound, Forbidden where the viewer may not post here
   * @throws FieldError, ReviewNeeded as the form has to be corrected or reviewed
   */
  async post(
    viewer: Viewer,
    community: AccessibleCommunity,
    given: NewThread,
  ): Promise<PostedPost> {
    const form = this.links.leaveOut(given, viewer.locale);
    requirePoster(viewer, community);
    const place = { ...community, communityId: community.id, aliasName: null };
    return this.writer.submit(viewer, place, form, isOpening, (tx) =>
      this.write(tx, viewer, community, form),
    );
  }

  /** @returns the opening of a form that was submitted before; null where it was not */
  sentBefore(viewer: Viewer, form: NewThread): Promise<PostedPost | null> {
    return this.writer.sentBefore(viewer, form, isOpening);
  }

  private async write(
    tx: Tx,
    viewer: Viewer,
    community: AccessibleCommunity,
    form: NewThread,
  ): Promise<PostedPost> {
    const result = await this.check.check(tx, {
      authorId: viewer.memberId,
      communityId: community.id,
      title: form.title,
      body: form.body,
      summary: form.summary,
      writtenAs: 'opening',
    });
    reviewIfAsked(result, form);
    requireDisclosureReview(result, form.detailsSeen);
    const threadId = await insertThread(tx, {
      communityId: community.id,
      title: form.title,
      kind: form.kind,
      replyWish: form.replyWish,
      topic: community.topics.includes(form.topic) ? form.topic : null,
      status: statusOf(result.hold),
      pinned: false,
      now: this.clock.now(),
    });
    return this.writer.insert(tx, {
      threadId,
      communityId: community.id,
      authorId: viewer.memberId,
      form,
      aliasName: null,
      result,
      draftPlace: `/c/${community.slug}/threads`,
      follows: true,
      moderates: false,
    });
  }
}

function isOpening(post: PostedPost): boolean {
  return post.number === 1;
}
