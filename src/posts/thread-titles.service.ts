import { Injectable } from '@nestjs/common';
import type { Viewer } from '../http/viewer.js';
import { Messages } from '../i18n/messages.js';
import { Clock } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { NotFound } from '../kernel/errors.js';
import { Outbox } from '../outbox/outbox.js';
import { PostAccess, type AccessiblePost } from './post-access.js';
import {
  clearMergedTitle,
  clearTitle,
  deleteEditDraft,
  lockPost,
  savePostVersion,
} from './post-changes.js';
import { Post } from './post.entity.js';
import { postEdited } from './posts.events.js';
import { canDeleteTitle } from './posts.policy.js';

/** Deletes titles of threads for their authors, replacing them with a neutral one. */
@Injectable()
export class ThreadTitles {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly access: PostAccess,
    private readonly messages: Messages,
  ) {}

  /**
   * Deletes the title of the viewer's own thread; its moderators can read it among the earlier
   * versions of the opening. Has no deadline.
   * @param id of the opening
   * @throws NotFound if the viewer may not delete it
   */
  async delete(viewer: Viewer, id: string): Promise<AccessiblePost> {
    const access = await this.access.load(viewer, id);
    if (!canDeleteTitle(access)) throw new NotFound();
    await this.database.inTransaction(async (tx) => {
      const post = await lockPost(tx, id);
      const now = this.clock.now();
      await savePostVersion(tx, post, now);
      const version = post.version + 1;
      await tx.getRepository(Post).update(id, { version, editedAt: now });
      await this.replace(tx, viewer, post.threadId, 'none');
      await deleteEditDraft(tx, id);
      await this.outbox.append(tx, postEdited({ postId: id }));
    });
    return access;
  }

  /** @param by the replacement: the text is gone, or the thread has no title */
  async replace(tx: Tx, viewer: Viewer, threadId: string, by: 'gone' | 'none'): Promise<void> {
    await clearTitle(tx, threadId, this.neutral(viewer, by));
  }

  /** Replaces the title of a merged thread, if the post was its opening. */
  async replaceMerged(tx: Tx, viewer: Viewer, postId: string): Promise<void> {
    await clearMergedTitle(tx, postId, this.neutral(viewer, 'gone'));
  }

  private neutral(viewer: Viewer, by: 'gone' | 'none'): string {
    const locale = this.messages.supported(viewer.locale);
    return this.messages.text(locale, `posts.take-back.title-${by}`);
  }
}
