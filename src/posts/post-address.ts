/** Posts on one page of a thread. */
export const PAGE_SIZE = 20;

/** Posts that one post can quote. */
export const MOST_QUOTES = 5;

/** Numbers never change, so a post's page is known without asking. */
export function pageOf(number: number): number {
  return Math.floor((number - 1) / PAGE_SIZE) + 1;
}

/** Where the card above one's own post stands: its buttons answer there. */
export function carePath(threadId: string, number: number): string {
  return postPath(threadId, number).replace(/#.*$/, `#care-${number}`);
}

/** Where a post stands: no title in the address. */
export function postPath(threadId: string, number: number): string {
  const page = pageOf(number);
  return `/t/${threadId}${page > 1 ? `?page=${page}` : ''}#post-${number}`;
}

/** The page that shows one post although its reader asked to be spared such. */
export function showPath(threadId: string, number: number): string {
  const page = pageOf(number);
  return `/t/${threadId}?${page > 1 ? `page=${page}&` : ''}show=${number}#post-${number}`;
}

/** The reply form with these posts quoted in it, on the page that its writer reads. */
export function quotePath(threadId: string, page: number, numbers: readonly number[]): string {
  const query = [
    ...(page > 1 ? [`page=${page}`] : []),
    ...numbers.map((number) => `quote=${number}`),
  ];
  return `/t/${threadId}?${query.join('&')}#reply`;
}
