import { titleForAuthorSql } from '../content/visibility.js';
import type { Tx } from '../kernel/database.js';
import { NotFound } from '../kernel/errors.js';
import { executeIn, queryIn } from '../kernel/sql.js';
import { Post } from './post.entity.js';
import { openedMerged } from './former-places.js';

/**
 * Locks a post's row for an update.
 * @throws NotFound if the post does not exist
 */
export async function lockPost(tx: Tx, id: string): Promise<Post> {
  const post = await tx
    .getRepository(Post)
    .findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  if (post === null) throw new NotFound();
  return post;
}

/**
 * Saves the current text as an earlier version, before an edit or a withdrawal replaces it; for an
 * opening with the thread's title, also if the thread was merged into another one since.
 */
export async function savePostVersion(tx: Tx, post: Post, now: Date): Promise<void> {
  await executeIn(
    tx,
    `
      insert into post_versions (post_id, version, body, body_html, content_warnings, title,
        replaced_at)
      values (:postId, :version, :body, :bodyHtml, :contentWarnings, case
        when :number = 1 then (select ${titleForAuthorSql('t')} from threads t where t.id = :threadId)
        else (select max(t.title)
          from threads t
          where ${openedMerged('t', ':postId')}) end, :now)
     on conflict do nothing`,
    {
      postId: post.id,
      number: post.number,
      threadId: post.threadId,
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
 * together with its opening; one with replies stays, with its title.
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

/** Replaces the author's title of a thread, also while it is withheld. */
export async function setTitle(tx: Tx, threadId: string, title: string): Promise<void> {
  await executeIn(
    tx,
    `
      update threads
      set title = case when withheld_title is null then :title else title end,
        withheld_title = case when withheld_title is not null then :title end
      where id = :threadId
    `,
    { threadId, title },
  );
}

/** Like `clearTitle`, for the merged threads that a post was the opening of. */
export async function clearMergedTitle(tx: Tx, postId: string, title: string): Promise<void> {
  await executeIn(tx, `update threads t set title = :title where ${openedMerged('t', ':postId')}`, {
    postId,
    title,
  });
}

/** Replaces a title permanently with a neutral one, whether or not it is withheld. */
export async function clearTitle(tx: Tx, threadId: string, title: string): Promise<void> {
  await executeIn(
    tx,
    'update threads set title = :title, withheld_title = null where id = :threadId',
    { threadId, title },
  );
}

/** Deletes the draft of an edit, which contains the text as well. */
export async function deleteEditDraft(tx: Tx, postId: string): Promise<void> {
  await executeIn(tx, 'delete from drafts where place = :place', {
    place: `/posts/${postId}/edit`,
  });
}
