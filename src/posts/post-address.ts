/** Posts on one page of a thread. */
export const PAGE_SIZE = 20;

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
