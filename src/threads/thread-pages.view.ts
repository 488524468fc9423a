import type { Translator } from '../i18n/translator.js';
import { PAGE_SIZE, pageOf } from '../posts/post-address.js';
import type { AccessibleThread } from './thread-access.js';

/** Pagination of a thread. */
export interface Pages {
  previous: { href: string } | null;
  next: { href: string } | null;
  pages: { href: string; number: number; current: boolean; gap: boolean }[];
  summary: string;
}

/**
 * Links to the first, the last and the neighbouring pages; the pages between are a gap.
 * @returns null for a thread of one page
 */
export function pagesOf(thread: AccessibleThread, page: number, i18n: Translator): Pages | null {
  const last = pageOf(thread.lastNumber);
  if (last === 1) return null;
  const href = (number: number): string => `/t/${thread.id}${number > 1 ? `?page=${number}` : ''}`;
  const shown = [...new Set([1, page - 1, page, page + 1, last])]
    .filter((number) => number >= 1 && number <= last)
    .sort((a, b) => a - b);
  return {
    previous: page > 1 ? { href: href(page - 1) } : null,
    next: page < last ? { href: href(page + 1) } : null,
    pages: shown.map((number, at) => ({
      number,
      href: href(number),
      current: number === page,
      gap: at > 0 && number - (shown[at - 1] ?? 0) > 1,
    })),
    summary: i18n.t('threads.pages', {
      page,
      last,
      from: (page - 1) * PAGE_SIZE + 1,
      to: Math.min(page * PAGE_SIZE, thread.lastNumber),
    }),
  };
}
