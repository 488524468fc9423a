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
  derivedStrategies,
  type CurrentText,
  type DerivedStrategy,
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

  /**
   * Records in the audit log that a moderator read earlier versions of a post. Its author's own
   * reading is not recorded.
   */
  async recordReading(viewer: Viewer, post: AccessiblePost): Promise<void> {
    if (post.mine || !canSeePostVersions(post)) return;
    await this.database.inTransaction((tx) =>
      this.auditLog.writeRead(tx, viewer.memberId, {
        action: 'post.history-read',
        postId: post.id,
      }),
    );
  }

  /** @throws NotFound if the post does not exist */
  async current(id: string): Promise<CurrentText> {
    const post = await this.sql.first(currentText, { id });
    if (post === null) throw new NotFound();
    return post;
  }

  /** The texts of those of the posts that the viewer wrote, as typed. */
  ownTexts(viewer: Viewer, postIds: readonly string[]): Promise<OwnTextRow[]> {
    return this.sql.rows(ownTexts, { postIds, memberId: viewer.memberId });
  }

  /** The posts that the post quotes, in display order. */
  quoted(postId: string): Promise<{ id: string; number: number }[]> {
    return this.sql.rows(quotedPosts, { postId });
  }

  /** The viewer's own strategies that were created from the post. */
  strategiesFrom(viewer: Viewer, id: string): Promise<DerivedStrategy[]> {
    return this.sql.rows(derivedStrategies, { id, viewerId: viewer.memberId });
  }

  /**
   * The poll of a thread's opening, for those who may read its earlier versions: a poll is never
   * edited, and is retained as long as the text of the post.
   */
  async pollOf(post: AccessiblePost): Promise<PollRow | null> {
    return post.number === 1 && canSeePostVersions(post)
      ? this.polls.of(post.threadId, null)
      : null;
  }

  /** Earlier versions, newest first. */
  versions(postId: string): Promise<PostVersionRow[]> {
    return this.sql.rows(postVersions, { postId });
  }
}
