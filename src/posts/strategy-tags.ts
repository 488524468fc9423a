import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { FieldError } from '../kernel/errors.js';
import { executeIn, queryIn } from '../kernel/sql.js';

/**
 * Maximum number of strategies that one post can link to; a longer list would distract from the
 * post.
 */
export const MAX_STRATEGIES_PER_POST = 8;

/** Strategies that authors link to their own posts. */
@Injectable()
export class StrategyTags {
  constructor(private readonly clock: Clock) {}

  /**
   * Links strategies to a new post, in the transaction that inserts it. Strategies that were
   * withdrawn from the library are skipped, so that no post is rejected because of them.
   * @param slugs slugs of strategies
   * @throws FieldError for a slug that never existed
   */
  async tagOwn(tx: Tx, postId: string, slugs: readonly string[]): Promise<void> {
    if (slugs.length === 0) return;
    const known = await queryIn<object>(
      tx,
      'select 1 from coping_strategies where slug = any(:slugs)',
      { slugs },
    );
    if (known.length < new Set(slugs).size)
      throw new FieldError('strategies', 'strategies.error.which');
    await executeIn(
      tx,
      `
        insert into post_strategies (post_id, strategy_id, state, created_at)
        select :postId, s.id, 'accepted', :now
        from coping_strategies s
        where s.slug = any(:slugs) and s.status = 'published'
        order by s.id
        limit ${MAX_STRATEGIES_PER_POST}
        on conflict
        do nothing
      `,
      { postId, slugs, now: this.clock.now() },
    );
  }
}
