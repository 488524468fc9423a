import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { Conflict, Forbidden, NotFound } from '../kernel/errors.js';
import { Outbox } from '../outbox/outbox.js';
import { bodyHtml } from '../content/markdown.js';
import type { Viewer } from '../http/viewer.js';
import type { EditPost } from './post.dto.js';
import { PostDoor, type PostAccess } from './post-access.js';
import { Post } from './post.entity.js';
import { postEdited, postWithdrawn } from './posts.events.js';
import { canEdit, canTakeBack } from './posts.policy.js';

/** Second thoughts: changing one's words, taking them back, taking one's name off them. */
@Injectable()
export class PostEditing {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly door: PostDoor,
  ) {}

  /** The earlier wording is kept. @throws Conflict when the post has changed since the form was opened */
  async edit(viewer: Viewer, id: string, form: EditPost): Promise<PostAccess> {
    const access = await this.door.open(viewer, id);
    if (!access.mine) throw new NotFound();
    const now = this.clock.now();
    if (!canEdit(access, now)) throw new Forbidden('posts.error.edit-window');
    await this.database.inTransaction(async (tx) => {
      const post = await locked(tx, id);
      if (post.version !== form.version) throw new Conflict('posts.error.stale');
      if (post.body === form.body && post.contentWarnings.join() === form.contentWarnings.join() && post.summary === form.summary) return;
      await this.keepWording(tx, post, now);
      await tx.getRepository(Post).update(id, {
        body: form.body,
        bodyHtml: bodyHtml(form.body),
        contentWarnings: form.contentWarnings,
        summary: form.summary,
        version: post.version + 1,
        editedAt: now,
      });
      await this.outbox.append(tx, postEdited({ postId: id }));
    });
    return access;
  }

  /** The words go from sight at once; number and place stay, so that answers keep their sense. */
  async takeBack(viewer: Viewer, id: string): Promise<PostAccess> {
    const access = await this.door.open(viewer, id);
    if (access.withdrawn && access.mine) return access;
    if (!canTakeBack(access)) throw new NotFound();
    await this.database.inTransaction(async (tx) => {
      const post = await locked(tx, id);
      if (post.status === 'withdrawn') return;
      const now = this.clock.now();
      await this.keepWording(tx, post, now);
      await tx.getRepository(Post).update(id, { status: 'withdrawn', body: '', bodyHtml: '', summary: '', contentWarnings: [], version: post.version + 1, withdrawnAt: now });
      await this.tidyThread(tx, post);
      await this.outbox.append(tx, postWithdrawn({ postId: id }));
    });
    return access;
  }

  /** The words stay, the name goes. There is no way back: that is the point of it. */
  async detachName(viewer: Viewer, id: string): Promise<PostAccess> {
    const access = await this.door.open(viewer, id);
    if (!canTakeBack(access)) throw new NotFound();
    await this.database.inTransaction(async (tx) => {
      await tx.getRepository(Post).update(id, { nameDetached: true });
    });
    return access;
  }

  private async keepWording(tx: Tx, post: Post, now: Date): Promise<void> {
    await tx.query(
      `insert into post_versions (post_id, version, body, body_html, content_warnings, replaced_at) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing`,
      [post.id, post.version, post.body, post.bodyHtml, post.contentWarnings, now],
    );
  }

  // A thread that nobody answered goes with its opening; one that was answered stays, its title with it.
  private async tidyThread(tx: Tx, post: Post): Promise<void> {
    if (post.number === 1) {
      const [gone] = (await tx.query(`update threads set status = 'withdrawn' where id = $1 and reply_count = 0 returning community_id`, [post.threadId])) as [{ community_id: string }[], number];
      const community = gone[0]?.community_id;
      if (community !== undefined) await tx.query('update communities set thread_count = greatest(0, thread_count - 1) where id = $1', [community]);
    } else {
      await tx.query('update threads set reply_count = greatest(0, reply_count - 1) where id = $1', [post.threadId]);
    }
  }
}

async function locked(tx: Tx, id: string): Promise<Post> {
  const post = await tx.getRepository(Post).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  if (post === null) throw new NotFound();
  return post;
}
