/** What a private feed covers: the member's communities, or the threads that they follow. */
export const FEED_SCOPES = ['communities', 'following'] as const;
export type FeedScope = (typeof FEED_SCOPES)[number];
