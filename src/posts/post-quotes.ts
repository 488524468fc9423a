import { Injectable } from '@nestjs/common';
import { blocked } from '../content/visibility.js';
import type { Tx } from '../kernel/database.js';
import { FieldError } from '../kernel/errors.js';
import { executeIn, getIn } from '../kernel/sql.js';

/**
 * Quotations: a post refers to other posts of its thread, whose text is read from them each time
 * under the reader's own rights. Nothing is copied, so nothing outlives its source.
 */
@Injectable()
export class PostQuotes {
  /**
   * Records what a new post quotes, in the transaction that writes it. Posts that others do not see
   * any more, and those of somebody the writer blocked, are skipped.
   * @param quoted ids of posts, in the order in which they are shown
   * @throws FieldError for a post of another thread
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
        from posts
        where id = any(:ids::bigint[]) and thread_id = :threadId and id <> :postId
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
