/** What a private feed follows: the member's communities, or the threads that they follow. */
export const FEED_SCOPES = ['communities', 'following'] as const;
export type FeedScope = (typeof FEED_SCOPES)[number];
