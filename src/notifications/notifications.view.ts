import type { Words } from '../kernel/words.js';
import { authorView } from '../posts/author.js';
import type { NoticeRow } from './notifications.queries.js';

export const NOTICES_A_PAGE = 30;

export interface InboxView {
  notices: { href: string; text: string; title: string; when: string; iso: string; unread: boolean; avatar: string }[];
  anyUnread: boolean;
  older: string | null;
}

/** @param rows one more than a page where older ones exist */
export function inboxView(rows: NoticeRow[], words: Words): InboxView {
  const shown = rows.slice(0, NOTICES_A_PAGE);
  return {
    notices: shown.map((row) => {
      const author = authorView(row, words);
      return {
        href: `/notifications/${row.id}`,
        text: words.t(`notifications.kind.${row.kind}`, { name: author.name }),
        title: row.title,
        when: words.when(row.createdAt),
        iso: row.createdAt.toISOString(),
        unread: row.unread,
        avatar: author.avatar,
      };
    }),
    anyUnread: shown.some((row) => row.unread),
    older: rows.length > shown.length ? `/notifications?before=${shown.at(-1)?.id ?? ''}` : null,
  };
}
