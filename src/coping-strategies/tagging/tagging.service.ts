import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database, type Tx } from '../../kernel/database.js';
import { AppError, Forbidden, NotFound } from '../../kernel/errors.js';
import type { Viewer } from '../../http/viewer.js';
import { Outbox } from '../../outbox/outbox.js';
import { PostAccess, type AccessiblePost } from '../../posts/post-access.js';
import { MAX_STRATEGIES_PER_POST } from '../../posts/strategy-tags.js';
import { strategyProposedForPost, strategyRequested } from '../core/strategies.events.js';
import { StrategyAccess } from '../core/strategy-access.js';
import { canTag, canRequest } from './tagging.policy.js';
import { executeIn, getIn, queryIn } from '../../kernel/sql.js';

const MAX_PROPOSED = 5;

/**
 * Tags posts with strategies. A writer's tag is accepted at once; a reader's is a proposal that the
 * writer accepts or declines.
 */
@Injectable()
export class Tagging {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly posts: PostAccess,
    private readonly strategies: StrategyAccess,
  ) {}

  /**
   * Tags a post, or proposes a tag; proposing again after a refusal has no effect.
   * @returns whether the tag was accepted at once
   */
  async tag(
    viewer: Viewer,
    postId: string,
    slug: string,
  ): Promise<{ post: AccessiblePost; accepted: boolean }> {
    const post = await this.posts.load(viewer, postId);
    if (!canTag(viewer, post)) throw new Forbidden('strategies.error.no-tag');
    const id = await this.strategyId(viewer, slug);
    await this.database.inTransaction(async (tx) => {
      await executeIn(tx, 'select 1 from posts where id = :postId for no key update', { postId });
      const { accepted, proposed } = await getIn<{ accepted: number; proposed: number }>(
        tx,
        `
          select (count(*) filter (where state = 'accepted'))::int as accepted,
            (count(*) filter (where state = 'proposed'))::int as proposed
          from post_strategies
          where post_id = :postId and strategy_id <> :id
        `,
        { postId, id },
      );
      if (accepted >= MAX_STRATEGIES_PER_POST || (!post.mine && proposed >= MAX_PROPOSED))
        throw new AppError(422, 'strategies.error.many');
      if (post.mine) await this.accept(tx, postId, id);
      else await this.propose(tx, viewer, postId, id);
    });
    return { post, accepted: post.mine };
  }

  // An unknown strategy is a form error: a 404 would suggest that the post is gone.
  private async strategyId(viewer: Viewer, slug: string): Promise<string> {
    try {
      return (await this.strategies.published(viewer, slug)).id;
    } catch (error) {
      throw error instanceof NotFound ? new AppError(422, 'strategies.error.which') : error;
    }
  }

  /** Accepts or declines a proposal, or removes a tag. For the writer only. */
  async answer(
    viewer: Viewer,
    postId: string,
    slug: string,
    answer: 'accept' | 'decline',
  ): Promise<AccessiblePost> {
    const post = await this.posts.load(viewer, postId);
    if (!post.mine) throw new NotFound();
    await this.database.inTransaction(async (tx) => {
      await executeIn(
        tx,
        `
          update post_strategies
          set state = :state, answered_at = :now
          where post_id = :postId
            and strategy_id = (select id from coping_strategies where slug = :slug)
        `,
        {
          postId,
          slug,
          state: answer === 'accept' ? 'accepted' : 'declined',
          now: this.clock.now(),
        },
      );
    });
    return post;
  }

  /** Asks the writer, once for each post, to turn it into a strategy. */
  async request(viewer: Viewer, postId: string): Promise<AccessiblePost> {
    const post = await this.posts.load(viewer, postId);
    if (!canRequest(viewer, post)) throw new Forbidden('strategies.error.no-tag');
    await this.database.inTransaction(async (tx) => {
      const inserted = await queryIn<object>(
        tx,
        `
          insert into strategy_wishes (post_id, asked_by, created_at)
          values (:postId, :viewerId, :now)
          on conflict
          do nothing
          returning post_id
        `,
        { postId, viewerId: viewer.memberId, now: this.clock.now() },
      );
      if (inserted.length > 0) await this.outbox.append(tx, strategyRequested({ postId }));
    });
    return post;
  }

  /** Declines the request. Nobody can ask again. */
  async declineRequest(viewer: Viewer, postId: string): Promise<AccessiblePost> {
    const post = await this.posts.load(viewer, postId);
    if (!post.mine) throw new NotFound();
    await this.database.inTransaction(async (tx) => {
      await executeIn(
        tx,
        `
          update strategy_wishes
          set state = 'declined', answered_at = :now
          where post_id = :postId and state = 'asked'
        `,
        { postId, now: this.clock.now() },
      );
    });
    return post;
  }

  private async accept(tx: Tx, postId: string, strategyId: string): Promise<void> {
    await executeIn(
      tx,
      `
        insert into post_strategies (post_id, strategy_id, state, created_at, answered_at)
        values (:postId, :strategyId, 'accepted', :now, :now)
       on conflict (post_id, strategy_id) do update set state = 'accepted', answered_at = :now`,
      { postId, strategyId, now: this.clock.now() },
    );
  }

  private async propose(tx: Tx, viewer: Viewer, postId: string, strategyId: string): Promise<void> {
    const inserted = await queryIn<object>(
      tx,
      `
        insert into post_strategies (post_id, strategy_id, state, proposed_by, created_at)
        values (:postId, :strategyId, 'proposed', :viewerId, :now)
        on conflict
        do nothing
        returning post_id
      `,
      { postId, strategyId, viewerId: viewer.memberId, now: this.clock.now() },
    );
    if (inserted.length > 0) await this.outbox.append(tx, strategyProposedForPost({ postId }));
  }
}
