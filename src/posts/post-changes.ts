import type { Tx } from '../kernel/database.js';
import { NotFound } from '../kernel/errors.js';
import { executeIn, queryIn } from '../kernel/sql.js';
import { Post } from './post.entity.js';

/** Locks a post's row for a change. @throws NotFound where there is none */
export async function lockPost(tx: Tx, id: string): Promise<Post> {
  const post = await tx
    .getRepository(Post)
    .findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  if (post === null) throw new NotFound();
  return post;
}

/** Saves the current text as an earlier version, before an edit or a withdrawal replaces it. */
export async function savePostVersion(tx: Tx, post: Post, now: Date): Promise<void> {
  await executeIn(
    tx,
    `
      insert into post_versions (post_id, version, body, body_html, content_warnings, replaced_at)
      values (:postId, :version, :body, :bodyHtml, :contentWarnings, :now)
     on conflict do nothing`,
    {
      postId: post.id,
      version: post.version,
      body: post.body,
      bodyHtml: post.bodyHtml,
      contentWarnings: post.contentWarnings,
      now,
    },
  );
}

/**
 * Corrects the counts after a published post was withdrawn. A thread without replies is withdrawn
 * with its opening; one with replies stays, with its title.
 */
export async function uncountPost(tx: Tx, post: Post): Promise<void> {
  if (post.number === 1) {
    const withdrawn = await queryIn<{ community_id: string }>(
      tx,
      `
        update threads
        set status = 'withdrawn'
        where id = :threadId and reply_count = 0
        returning community_id
      `,
      { threadId: post.threadId },
    );
    const community = withdrawn[0]?.community_id;
    if (community !== undefined)
      await executeIn(
        tx,
        `
          update communities
          set thread_count = greatest(0, thread_count - 1)
          where id = :community
        `,
        { community },
      );
  } else {
    await executeIn(
      tx,
      'update threads set reply_count = greatest(0, reply_count - 1) where id = :threadId',
      { threadId: post.threadId },
    );
  }
}
