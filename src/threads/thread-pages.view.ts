import { numberedPages, type NumberedPages } from '../http/numbered-pages.js';
import type { Translator } from '../i18n/translator.js';
import { PAGE_SIZE, pageNumberOf } from '../posts/post-address.js';
import type { AccessibleThread } from './thread-access.js';

/** Pagination of a thread. */
export interface Pages extends NumberedPages {
  summary: string;
}

/** The last page, even if all of its posts moved to another thread: links to them still arrive. */
export function lastPageOf({ lastNumber, lastLeft }: AccessibleThread): number {
  return pageNumberOf(Math.max(lastNumber, lastLeft));
}

/** @returns null if the thread has only one page */
export function pagesOf(thread: AccessibleThread, page: number, i18n: Translator): Pages | null {
  const last = lastPageOf(thread);
  const pages = numberedPages(
    page,
    last,
    (number) => `/t/${thread.id}${number > 1 ? `?page=${number}` : ''}`,
  );
  if (pages === null) return null;
  return {
    ...pages,
    summary: i18n.t('threads.pages', {
      page,
      last,
      from: (page - 1) * PAGE_SIZE + 1,
      to: Math.min(page * PAGE_SIZE, Math.max(thread.lastNumber, thread.lastLeft)),
    }),
  };
}
