import { Injectable } from '@nestjs/common';
import {
  canPost,
  mustAcknowledge,
  type AccessibleCommunity,
} from '../communities/community-access.js';
import { Acknowledgements } from '../communities/acknowledgements.js';
import { bodyHtml } from '../content/markdown.js';
import { Clock } from '../kernel/clock.js';
import { Database, isDuplicate, type Tx } from '../kernel/database.js';
import { FieldError, Forbidden } from '../kernel/errors.js';
import { Sql, statement, queryIn, executeIn } from '../kernel/sql.js';
import { isLimited, type Viewer } from '../http/viewer.js';
import { Outbox } from '../outbox/outbox.js';
import { Aliases } from '../posts/aliases.js';
import { Drafts } from '../posts/drafts.service.js';
import { SubmissionCheck } from '../posts/submission-check.service.js';
import { requireDisclosureReview } from '../posts/disclosure-review.js';
import { PrivateLinks } from '../posts/private-links.service.js';
import { threadPosted } from '../posts/posts.events.js';
import { statusOf } from '../posts/hold-policy.js';
import type { NewThread } from '../threads/thread.dto.js';

export interface PostedThread {
  threadId: string;
  /** It waits: only its author and the moderators see it. */
  held: boolean;
  /** It was there already: the form came twice. */
  again: boolean;
}

const sentBefore = statement<{ viewerId: string; idempotencyKey: string }, PostedThread>(
  'threads.sent-before',
  `
    select thread_id as "threadId", status = 'held' as held, true as again
    from posts
    where author_id = :viewerId and idempotency_key = :idempotencyKey and number = 1
  `,
);

/** Opening a thread. */
@Injectable()
export class Posting {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly aliases: Aliases,
    private readonly drafts: Drafts,
    private readonly acknowledgements: Acknowledgements,
    private readonly intake: SubmissionCheck,
    private readonly links: PrivateLinks,
  ) {}

  /** Sent twice under one key, it is one thread. */
  async post(
    viewer: Viewer,
    community: AccessibleCommunity,
    given: NewThread,
  ): Promise<PostedThread> {
    const form = this.links.leaveOut(given, viewer.locale);
    if (!canPost(viewer, community)) throw new Forbidden(hindrance(viewer, community));
    if (mustAcknowledge(community) && !form.guidelinesAcknowledged)
      throw new FieldError('guidelinesAcknowledged', 'threads.error.guidelines');
    if (form.anonymous && !community.aliasesAllowed)
      throw new FieldError('anonymous', 'posts.error.no-aliases');
    const key = form.idempotencyKey === '' ? null : form.idempotencyKey;
    try {
      return (
        (await this.sentBefore(viewer, form)) ??
        (await this.database.inTransaction((tx) => this.insert(tx, viewer, community, form, key)))
      );
    } catch (error) {
      const before = isDuplicate(error, 'posts_idempotency')
        ? await this.sentBefore(viewer, form)
        : null;
      if (before === null) throw error;
      return before;
    }
  }

  /** What came of this form when it was sent before; null where it was not. */
  async sentBefore(viewer: Viewer, { idempotencyKey }: NewThread): Promise<PostedThread | null> {
    return idempotencyKey === ''
      ? null
      : this.sql.first(sentBefore, { viewerId: viewer.memberId, idempotencyKey });
  }

  private async insert(
    tx: Tx,
    viewer: Viewer,
    community: AccessibleCommunity,
    form: NewThread,
    key: string | null,
  ): Promise<PostedThread> {
    const now = this.clock.now();
    const verdict = await this.intake.check(tx, {
      authorId: viewer.memberId,
      communityId: community.id,
      title: form.title,
      body: form.body,
      summary: form.summary,
      writtenAs: 'opening',
    });
    requireDisclosureReview(verdict, form.detailsSeen);
    const status = statusOf(verdict.hold);
    const topic = community.topics.includes(form.topic) ? form.topic : null;
    const [thread] = await queryIn<{ id: string }>(
      tx,
      `
        insert into threads (community_id, title, kind, reply_wish, topic, status, created_at,
          last_post_at)
        values (:communityId, :title, :kind, :replyWish, :topic, :status, :now, :now)
        returning id
      `,
      {
        communityId: community.id,
        title: form.title,
        kind: form.kind,
        replyWish: form.replyWish,
        topic,
        status,
        now,
      },
    );
    const threadId = thread?.id ?? '';
    const aliasId = form.anonymous ? await this.aliases.give(tx, viewer.memberId, threadId) : null;
    const [post] = await queryIn<{ id: string }>(
      tx,
      `
        insert into posts (thread_id, number, author_id, alias_id, body, body_html,
          content_warnings, summary, idempotency_key, created_at, status, tier, held_for, held_at,
          held_until, suggested_notes)
       values (:threadId, 1, :viewerId, :aliasId, :body, :bodyHtml, :contentWarnings, :summary,
         :key, :now, :status, :named, :why, case
         when :why::text is not null then :now::timestamptz end, :until, :suggestedNotes)
       returning id`,
      {
        threadId,
        viewerId: viewer.memberId,
        aliasId,
        body: form.body,
        bodyHtml: bodyHtml(form.body),
        contentWarnings: form.contentWarnings,
        summary: form.summary,
        key,
        now,
        status,
        named: verdict.named,
        why: verdict.hold?.why ?? null,
        until: verdict.hold?.until ?? null,
        suggestedNotes: verdict.suggestedNotes,
      },
    );
    await executeIn(
      tx,
      `
        insert into thread_follows (thread_id, member_id, level)
        values (:threadId, :viewerId, 'following')
      `,
      { threadId, viewerId: viewer.memberId },
    );
    if (mustAcknowledge(community))
      await this.acknowledgements.record(
        tx,
        viewer.memberId,
        community.id,
        community.guidelinesVersion,
      );
    await this.drafts.dropIn(tx, viewer.memberId, `/c/${community.slug}/threads`);
    await this.intake.record(tx, { id: post?.id ?? '', communityId: community.id }, verdict);
    if (verdict.hold === null) {
      await executeIn(
        tx,
        `
          update communities
          set thread_count = thread_count + 1, last_post_at = :now
          where id = :communityId
        `,
        { communityId: community.id, now },
      );
      await this.outbox.append(tx, threadPosted({ threadId, postId: post?.id ?? '' }));
    }
    return { threadId, held: verdict.hold !== null, again: false };
  }
}

function hindrance(viewer: Viewer, community: AccessibleCommunity): string {
  if (community.archived) return 'threads.hindrance.archived';
  if (isLimited(viewer)) return 'threads.hindrance.limited';
  return viewer.verified ? 'threads.hindrance.join' : 'threads.hindrance.verify';
}
