/** Number of posts per page of a thread. */
export const PAGE_SIZE = 20;

/** Maximum number of posts that one post can quote. */
export const MAX_QUOTES = 5;

/**
 * The page number of a post, counting from 1. Post numbers never change, so this needs no query.
 */
export function pageNumberOf(number: number): number {
  return Math.floor((number - 1) / PAGE_SIZE) + 1;
}

/** Path of the card above the author's own post, where its buttons return. */
export function carePath(threadId: string, number: number): string {
  return postPath(threadId, number).replace(/#.*$/, `#care-${number}`);
}

/** Path of a post in its thread; does not contain the title, which may be private. */
export function postPath(threadId: string, number: number): string {
  const page = pageNumberOf(number);
  return `/t/${threadId}${page > 1 ? `?page=${page}` : ''}#post-${number}`;
}

/** Path of the page that shows one post although it is filtered for the reader. */
export function revealPath(threadId: string, number: number): string {
  const page = pageNumberOf(number);
  return `/t/${threadId}?${page > 1 ? `page=${page}&` : ''}show=${number}#post-${number}`;
}

/** Path of the reply form that answers a post, on the page the member reads. */
export function replyPath(threadId: string, page: number, number: number): string {
  return `/t/${threadId}?${page > 1 ? `page=${page}&` : ''}reply=${number}#reply`;
}

/** Path of the reply form of the reader's own thread, ready for an update. */
export function updatePath(threadId: string): string {
  return `/t/${threadId}?update=1#reply`;
}

/** Path of a part of a thread's page: the forms beside the posts return there. */
export function partPath(threadId: string, page: number, part: string): string {
  return `/t/${threadId}${page > 1 ? `?page=${page}` : ''}#${part}`;
}

/** Path of the reply form with these posts quoted in it, on the page the member reads. */
export function quotePath(threadId: string, page: number, numbers: readonly number[]): string {
  const query = [
    ...(page > 1 ? [`page=${page}`] : []),
    ...numbers.map((number) => `quote=${number}`),
  ];
  return `/t/${threadId}?${query.join('&')}#reply`;
}
