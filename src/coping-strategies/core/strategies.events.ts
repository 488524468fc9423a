import { event } from '../../outbox/outbox.js';

/** A moderator reviewed a suggested strategy. */
export const strategyReviewed = event<{ strategyId: string }>('strategy.reviewed');
/** A reader proposed a strategy for a post; its writer accepts or declines it. */
export const strategyProposedForPost = event<{ postId: string }>('strategy.proposed-for-post');
/** A reader asked the writer to turn a post into a strategy. */
export const strategyRequested = event<{ postId: string }>('strategy.wished');
