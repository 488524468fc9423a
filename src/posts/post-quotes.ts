import { Injectable } from '@nestjs/common';
import { blocked } from '../content/visibility.js';
import type { Tx } from '../kernel/database.js';
import { FieldError } from '../kernel/errors.js';
import { executeIn, getIn } from '../kernel/sql.js';
import { isOrWasIn } from './former-places.js';

/**
 * Quotations are references to other posts of the thread, resolved on every read with the reader's
 * own access rights. No text is copied, so a quotation cannot outlive its source.
 */
@Injectable()
export class PostQuotes {
  /**
   * Removes quotations that the author did not keep.
   * @returns whether any were removed
   */
  async keep(tx: Tx, postId: string, kept: readonly string[]): Promise<boolean> {
    const removed = await executeIn(
      tx,
      `
        delete from post_quotes
        where post_id = :postId and not quoted_post_id = any(:kept::bigint[])
      `,
      { postId, kept },
    );
    return removed > 0;
  }

  /**
   * Records the quotations of a new post, in the transaction that inserts it. Posts that are no
   * longer published, and those of members whom the author blocked, are skipped.
   * @param quoted ids of posts, in display order
   * @throws FieldError for a post that was never in the thread
   */
  async record(
    tx: Tx,
    post: { readonly id: string; readonly threadId: string; readonly authorId: string },
    quoted: readonly string[],
  ): Promise<void> {
    if (quoted.length === 0) return;
    const ids = [...new Set(quoted)];
    const { known } = await getIn<{ known: number }>(
      tx,
      `
        select count(*)::int as known
        from posts p
        where p.id = any(:ids::bigint[])
          and p.id <> :postId
          and ${isOrWasIn('p', ':threadId')}
      `,
      { ids, threadId: post.threadId, postId: post.id },
    );
    if (known < ids.length) throw new FieldError('quotes', 'posts.error.quotes');
    await executeIn(
      tx,
      `
        insert into post_quotes (post_id, quoted_post_id, quoted_version, position)
        select :postId, p.id, p.version, q.position
        from unnest(:ids::bigint[]) with ordinality as q (id, position)
        join posts p on p.id = q.id
        where p.status = 'published' and not ${blocked('p', ':authorId')}
      `,
      { ids, postId: post.id, authorId: post.authorId },
    );
  }
}
