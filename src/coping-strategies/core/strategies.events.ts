import { event } from '../../outbox/outbox.js';

/** A moderator has answered what a member suggested. */
export const strategyReviewed = event<{ strategyId: string }>('strategy.reviewed');
/** A reader suggests a strategy for somebody's post; the writer says yes or no. */
export const strategyProposedForPost = event<{ postId: string }>('strategy.proposed-for-post');
/** A reader thinks that a post could become a strategy. */
export const strategyRequested = event<{ postId: string }>('strategy.wished');
