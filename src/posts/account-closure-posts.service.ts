import { Injectable } from '@nestjs/common';
import type { Tx } from '../kernel/database.js';
import { underReview } from './under-review.js';
import { queryIn, executeIn } from '../kernel/sql.js';
import { openedMerged } from './former-places.js';

export type PostsOfClosedAccount = 'erase' | 'leave';

/**
 * Erases or detaches the posts of a closed account. Posts under review are skipped; running it
 * again after the review handles them.
 */
@Injectable()
export class ClosedAccountPosts {
  /**
   * @param choice whether the posts are erased, or kept without their author
   * @param now recorded as the time of withdrawal of erased posts
   * @param title replaces the title of threads whose opening is erased
   * @returns number of posts skipped because they are under review
   */
  async release(
    tx: Tx,
    memberId: string,
    choice: PostsOfClosedAccount,
    now: Date,
    title: string,
  ): Promise<number> {
    const posts = await queryIn<{ id: string; underReview: boolean }>(
      tx,
      `
        select p.id, ${underReview('p.id')} as "underReview"
        from posts p
        where p.author_id = :memberId
        order by p.id
        for update of p
      `,
      { memberId },
    );
    const free = posts.filter((post) => !post.underReview).map((post) => post.id);
    if (choice === 'erase') await this.erase(tx, free, now, title);
    await executeIn(tx, 'delete from post_versions where post_id = any(:free)', { free });
    // The reports on a withdrawn post must not retain its text either.
    await executeIn(
      tx,
      `
        update reports r
        set snapshot = '{}'
        from posts p
        where p.id = r.post_id and p.id = any(:free) and p.status = 'withdrawn'
      `,
      { free },
    );
    // An alias does not identify the member, so it stays on the post; the handle is removed.
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
    return posts.length - free.length;
  }

  private async erase(tx: Tx, ids: string[], now: Date, title: string): Promise<void> {
    // Counts are corrected first, while the posts still have their status. A thread without replies
    // is withdrawn together with its opening.
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
        set title = :title, withheld_title = null
        from posts p
        where p.id = any(:ids)
          and (p.thread_id = t.id and p.number = 1 or ${openedMerged('t', 'p.id')})
      `,
      { ids, title },
    );
    await executeIn(
      tx,
      `
        update posts
        set status = 'withdrawn', body = '', body_html = '', summary = '', ending = '',
          language = null,
          content_warnings = '{}',
          version = version + 1, withdrawn_at = coalesce(withdrawn_at, :now), held_for = null,
          held_at = null, held_until = null
       where id = any(:ids)`,
      { ids, now },
    );
    await executeIn(
      tx,
      `
        delete from polls l
        using posts p
        where p.id = any(:ids) and p.number = 1 and l.thread_id = p.thread_id
      `,
      { ids },
    );
    await executeIn(tx, 'delete from post_strategies where post_id = any(:ids)', { ids });
    await executeIn(tx, `update reports set snapshot = '{}' where post_id = any(:ids)`, { ids });
  }
}
