import type { Translator } from '../../i18n/translator.js';
import { authorName, type AuthorNameRow } from '../../posts/author.js';
import {
  INBOX,
  isNoticeKind,
  noticeKind,
  SECTIONS,
  type Section,
} from '../preferences/notice-kinds.js';
import type { NoticeRow } from './notifications.queries.js';

export const NOTICES_PER_PAGE = 30;

export interface NoticeView {
  href: string;
  /** The thread's title, or what happened if there is none. */
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
  /** The question whether email is safe; null if it is not due. */
  ask: string | null;
}

export interface InboxFacts {
  /** One more than fits the page if there are older ones. */
  readonly rows: readonly NoticeRow[];
  readonly section: Section | null;
  /** Whether to ask if email is safe, for the first time or again. */
  readonly ask: 'first' | 'again' | null;
}

export function inboxView(facts: InboxFacts, i18n: Translator): InboxView {
  const { rows, section, ask } = facts;
  const shown = rows.slice(0, NOTICES_PER_PAGE);
  const address = (params: string[]): string =>
    params.length === 0 ? INBOX : `${INBOX}?${params.join('&')}`;
  const own = section === null ? [] : [`kind=${section}`];
  return {
    tabs: [null, ...SECTIONS].map((each) => ({
      href: address(each === null ? [] : [`kind=${each}`]),
      label: i18n.t(`notifications.section.${each ?? 'all'}`),
      current: each === section,
    })),
    notices: shown.map((row) => noticeView(row, i18n)),
    anyUnread: shown.some((row) => row.unread > 0),
    older:
      rows.length > shown.length ? address([...own, `before=${shown.at(-1)?.id ?? ''}`]) : null,
    empty: i18n.t(`notifications.empty.${section ?? 'all'}`),
    ask: ask === null ? null : i18n.t(`notifications.safe.${ask}`),
  };
}

function noticeView(row: NoticeRow, i18n: Translator): NoticeView {
  const text = noticeText(row, i18n);
  return {
    href: `${INBOX}/${row.id}`,
    title: row.title ?? text,
    text: row.title === null ? null : text,
    when: i18n.when(row.createdAt),
    iso: row.createdAt.toISOString(),
    unread: row.unread > 0,
  };
}

/** What happened, in one sentence. */
export function noticeText(
  row: AuthorNameRow & Pick<NoticeRow, 'kind' | 'count'>,
  i18n: Translator,
): string {
  if (!isNoticeKind(row.kind)) return i18n.t('notifications.kind.other');
  const name = authorName(row, i18n);
  const { section } = noticeKind(row.kind);
  if (row.count === 1 || section === 'team' || section === 'own')
    return i18n.t(`notifications.kind.${row.kind}`, { name });
  return i18n.t(`notifications.folded.${section}`, { count: row.count, name });
}
