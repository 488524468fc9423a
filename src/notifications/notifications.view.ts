import type { Words } from '../kernel/words.js';
import { authorView } from '../posts/author.js';
import { INBOX, isNoticeKind, noticeKind, SECTIONS, type Section } from './notice-kinds.js';
import type { NoticeRow } from './notifications.queries.js';

export const NOTICES_A_PAGE = 30;

export interface NoticeView {
  href: string;
  /** A thread's title, or in so many words what happened. */
  title: string;
  text: string | null;
  when: string;
  iso: string;
  unread: boolean;
}

export interface InboxView {
  tabs: { href: string; label: string; current: boolean }[];
  notices: NoticeView[];
  anyUnread: boolean;
  older: string | null;
  empty: string;
}

/** @param rows one more than a page where older ones exist */
export function inboxView(rows: NoticeRow[], section: Section | null, words: Words): InboxView {
  const shown = rows.slice(0, NOTICES_A_PAGE);
  const address = (params: string[]): string =>
    params.length === 0 ? INBOX : `${INBOX}?${params.join('&')}`;
  const own = section === null ? [] : [`kind=${section}`];
  return {
    tabs: [null, ...SECTIONS].map((each) => ({
      href: address(each === null ? [] : [`kind=${each}`]),
      label: words.t(`notifications.section.${each ?? 'all'}`),
      current: each === section,
    })),
    notices: shown.map((row) => noticeView(row, words)),
    anyUnread: shown.some((row) => row.unread > 0),
    older:
      rows.length > shown.length ? address([...own, `before=${shown.at(-1)?.id ?? ''}`]) : null,
    empty: words.t(`notifications.empty.${section ?? 'all'}`),
  };
}

function noticeView(row: NoticeRow, words: Words): NoticeView {
  const text = noticeText(row, words);
  return {
    href: `${INBOX}/${row.id}`,
    title: row.title ?? text,
    text: row.title === null ? null : text,
    when: words.when(row.createdAt),
    iso: row.createdAt.toISOString(),
    unread: row.unread > 0,
  };
}

/** What happened, in one sentence. */
export function noticeText(row: NoticeRow, words: Words): string {
  if (!isNoticeKind(row.kind)) return words.t('notifications.kind.other');
  const { name } = authorView(row, words);
  const { section } = noticeKind(row.kind);
  if (row.count === 1 || section === 'team' || section === 'own')
    return words.t(`notifications.kind.${row.kind}`, { name });
  return words.t(`notifications.folded.${section}`, { count: row.count, name });
}
