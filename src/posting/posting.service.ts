import { Injectable } from '@nestjs/common';
import { requireCanPost, type AccessibleCommunity } from '../communities/community-access.js';
import type { Viewer } from '../http/viewer.js';
import { checkDisclosure } from '../disclosure/disclosure-check.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { FieldError, throwIfInvalid } from '../kernel/errors.js';
import { pollText, type NewPoll } from '../polls/poll-text.js';
import { Polls } from '../polls/polls.js';
import { requireDisclosureReview, throwIfReviewRequested } from '../posts/disclosure-review.js';
import { statusOf } from '../posts/hold-policy.js';
import { PrivateLinks } from '../posts/private-links.service.js';
import { SubmissionCheck } from '../posts/submission-check.service.js';
import type { SubmissionResult } from '../posts/submission.js';
import { NewThread } from './new-thread.dto.js';
import { PostWriter, type IsSame, type PostedPost } from './post-writer.js';
import { hasSameText } from './sent-before.js';
import { insertThread } from './threads.js';

/** Opens threads. */
@Injectable()
export class Posting {
  constructor(
    private readonly clock: Clock,
    private readonly check: SubmissionCheck,
    private readonly links: PrivateLinks,
    private readonly writer: PostWriter,
    private readonly polls: Polls,
  ) {}

  /**
   * Opens a thread; idempotent by the form's key.
   * @throws NotFound, Forbidden if the viewer may not post here
   * @throws FieldError, ReviewNeeded if the form has to be corrected or reviewed
   */
  async post(
    viewer: Viewer,
    community: AccessibleCommunity,
    given: NewThread,
  ): Promise<PostedPost> {
    const form = this.links.leaveOut(given, viewer.locale);
    requireCanPost(viewer, community);
    const poll = this.pollOf(community, form);
    const place = { ...community, communityId: community.id, aliasName: null };
    return this.writer.submit(
      viewer,
      place,
      form,
      isOpening(form),
      () => this.checked(viewer, community, form, poll),
      (tx, result) => this.write(tx, viewer, community, form, poll, result),
    );
  }

  /** @returns the opening that the form created earlier, or null */
  findSubmittedBefore(viewer: Viewer, form: NewThread): Promise<PostedPost | null> {
    const sent = this.links.leaveOut(form, viewer.locale);
    return this.writer.findSubmittedBefore(viewer, sent, isOpening(sent));
  }

  /**
   * The poll of the form; null if there is none. Personal details are rejected in it, because a
   * poll cannot be edited.
   * @throws FieldError for an incomplete poll, or if the community allows none
   */
  private pollOf(community: AccessibleCommunity, form: NewThread): NewPoll | null {
    throwIfInvalid(NewThread.check(form));
    const { pollQuestion: question, pollOptions: options, pollDays, pollResults } = form;
    if (question === '') return null;
    if (!community.pollsAllowed)
      throw new FieldError('pollQuestion', 'threads.error.poll-not-here');
    const texts = { title: question, body: options.join('\n'), summary: '' };
    if (checkDisclosure(texts, (kind) => `[${kind}]`) !== null)
      throw new FieldError('pollOptions', 'threads.error.poll-details');
    const closesAt = pollDays === 0 ? null : later(this.clock.now(), pollDays * DAY);
    return { question, options, several: form.pollSeveral, results: pollResults, closesAt };
  }

  private async checked(
    viewer: Viewer,
    community: AccessibleCommunity,
    form: NewThread,
    poll: NewPoll | null,
  ): Promise<SubmissionResult> {
    const result = await this.check.check(null, {
      authorId: viewer.memberId,
      communityId: community.id,
      title: form.title,
      body: form.body,
      summary: form.summary,
      poll: poll === null ? undefined : pollText(poll),
      writtenAs: 'opening',
    });
    throwIfReviewRequested(result, form);
    requireDisclosureReview(result, form.detailsSeen);
    return result;
  }

  private async write(
    tx: Tx,
    viewer: Viewer,
    community: AccessibleCommunity,
    form: NewThread,
    poll: NewPoll | null,
    result: SubmissionResult,
  ): Promise<PostedPost> {
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
    if (poll !== null) await this.polls.add(tx, threadId, poll);
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

function isOpening(form: NewThread): IsSame {
  return (post) => post.number === 1 && hasSameText(post, form);
}
