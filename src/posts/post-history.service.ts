import { Injectable } from '@nestjs/common';
import type { Viewer } from '../http/viewer.js';
import { Database } from '../kernel/database.js';
import { AuditLog } from '../review/audit-log.js';
import type { AccessiblePost } from './post-access.js';
import { canSeePostVersions } from './posts.policy.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { Polls, type PollRow } from '../polls/polls.js';
import { quotedPosts } from './post-quotes.queries.js';
import {
  currentText,
  ownTexts,
  postVersions,
  strategiesMadeOf,
  type CurrentText,
  type MadeStrategy,
  type OwnTextRow,
  type PostVersionRow,
} from './post-history.queries.js';

/** The current text of a post, and its earlier versions. */
@Injectable()
export class PostHistory {
  constructor(
    private readonly sql: Sql,
    private readonly database: Database,
    private readonly auditLog: AuditLog,
    private readonly polls: Polls,
  ) {}

  /** A moderator who reads earlier texts of a post is in the audit log; its author is not. */
  async recordReading(viewer: Viewer, post: AccessiblePost): Promise<void> {
    if (post.mine || !canSeePostVersions(post)) return;
    await this.database.inTransaction((tx) =>
      this.auditLog.writeRead(tx, viewer.memberId, {
        action: 'post.history-read',
        postId: post.id,
      }),
    );
  }

  /** @throws NotFound without such a post */
  async current(id: string): Promise<CurrentText> {
    const post = await this.sql.first(currentText, { id });
    if (post === null) throw new NotFound();
    return post;
  }

  /** The texts of the viewer's own among the posts, as they were typed. */
  ownTexts(viewer: Viewer, postIds: readonly string[]): Promise<OwnTextRow[]> {
    return this.sql.rows(ownTexts, { postIds, memberId: viewer.memberId });
  }

  /** The posts that the post quotes, in the order of display. */
  quoted(postId: string): Promise<{ id: string; number: number }[]> {
    return this.sql.rows(quotedPosts, { postId });
  }

  /** The viewer's own strategies that were made of the post. */
  strategiesFrom(viewer: Viewer, id: string): Promise<MadeStrategy[]> {
    return this.sql.rows(strategiesMadeOf, { id, viewerId: viewer.memberId });
  }

  /**
   * The poll that the post opened its thread with, for those who may read its earlier texts: a poll
   * is never edited, and outlasts the words of the post as they do.
   */
  async pollOf(post: AccessiblePost): Promise<PollRow | null> {
    return post.number === 1 && canSeePostVersions(post)
      ? this.polls.of(post.threadId, null)
      : null;
  }

  /** The newest first. */
  versions(postId: string): Promise<PostVersionRow[]> {
    return this.sql.rows(postVersions, { postId });
  }
}
