import { Injectable } from '@nestjs/common';
import type { Tx } from '../kernel/database.js';
import { underReview } from './under-review.js';
import { queryIn, executeIn } from '../kernel/sql.js';

export type PostsOfClosedAccount = 'erase' | 'leave';

/**
 * What becomes of somebody's posts when they go. Run again, it does what was left: posts under
 * review wait.
 */
@Injectable()
export class ClosedAccountPosts {
  /**
   * @param now the time that stands at erased posts
   * @param title stands over threads whose opening is erased and whose answers stay
   * @returns how many posts wait for a review to end
   */
  async leave(
    tx: Tx,
    memberId: string,
    words: PostsOfClosedAccount,
    now: Date,
    title: string,
  ): Promise<number> {
    const mine = await queryIn<{ id: string; kept: boolean }>(
      tx,
      `
        select p.id, ${underReview('p.id')} as kept
        from posts p
        where p.author_id = :memberId
        order by p.id
        for update of p
      `,
      { memberId },
    );
    const free = mine.filter((post) => !post.kept).map((post) => post.id);
    if (words === 'erase') await this.erase(tx, free, now, title);
    await executeIn(tx, 'delete from post_versions where post_id = any(:free)', { free });
    // An alias says nothing of who it was, so it stays where the words stay; a handle goes.
    await executeIn(
      tx,
      `
        update posts
        set author_id = null, idempotency_key = null, name_detached = name_detached
          or alias_id is null
        where id = any(:free)
      `,
      { free },
    );
    await executeIn(
      tx,
      `
        update thread_aliases a
        set member_id = null
        where a.member_id = :memberId
          and not exists (select 1 from posts p where p.alias_id = a.id and p.author_id = :memberId)
      `,
      { memberId },
    );
    return mine.length - free.length;
  }

  private async erase(tx: Tx, ids: string[], now: Date, title: string): Promise<void> {
    // Counts first, while it is known what stood; threads that nobody answered go with their
    // opening.
    await executeIn(
      tx,
      `update threads t set reply_count = greatest(0, t.reply_count - gone.count)
       from (select thread_id, count(*)::int as count
         from posts
         where id = any(:ids) and number > 1 and status = 'published'
         group by thread_id) gone
       where gone.thread_id = t.id`,
      { ids },
    );
    await executeIn(
      tx,
      `
        with gone as (update threads t
          set status = 'withdrawn'
          from posts p
          where p.id = any(:ids)
            and p.thread_id = t.id
            and p.number = 1
            and t.status = 'published'
            and t.reply_count = 0
          returning t.community_id)
       update communities c
       set thread_count = greatest(0, c.thread_count - g.count)
       from (select community_id, count(*)::int as count from gone group by community_id) g
       where g.community_id = c.id`,
      { ids },
    );
    await executeIn(
      tx,
      `
        update threads t
        set title = :title
        from posts p
        where p.id = any(:ids) and p.thread_id = t.id and p.number = 1
      `,
      { ids, title },
    );
    await executeIn(
      tx,
      `
        update posts
        set status = 'withdrawn', body = '', body_html = '', summary = '', content_warnings = '{}',
          version = version + 1, withdrawn_at = coalesce(withdrawn_at, :now), held_for = null,
          held_at = null, held_until = null
       where id = any(:ids)`,
      { ids, now },
    );
    await executeIn(tx, 'delete from post_strategies where post_id = any(:ids)', { ids });
    await executeIn(tx, `update reports set snapshot = '{}' where post_id = any(:ids)`, { ids });
  }
}
