import type { Translator } from '../i18n/translator.js';
import { authorName } from '../posts/author.js';
import { textLanguage, type TextLanguage } from '../posts/text-language.view.js';
import type { Sort, ThreadRow } from './thread-list.queries.js';

export interface ThreadItem {
  href: string;
  title: string;
  /** Set if it differs from the language of the page. */
  language: TextLanguage | null;
  started: string;
  last: string;
  replies: string;
  wish: string;
  waiting: boolean;
  updated: boolean;
  pinned: boolean;
  locked: boolean;
  notes: string[];
  /** How a thread with content notes ends; null if its author did not say. */
  ending: string | null;
  community: { name: string; href: string };
}

export function threadItem(row: ThreadRow, i18n: Translator): ThreadItem {
  const name = authorName(row, i18n);
  return {
    href: `/t/${row.id}`,
    title: row.title,
    language: textLanguage(row.language, i18n),
    started: i18n.t('threads.list.started', { name, when: i18n.when(row.createdAt) }),
    last:
      row.replyCount === 0 ? '' : i18n.t('threads.list.last', { when: i18n.when(row.lastPostAt) }),
    replies: i18n.t('threads.list.replies', { count: row.replyCount }),
    wish: i18n.t(`threads.wish.${row.replyWish}.shown`),
    waiting: row.replyCount === 0 && !row.locked && !row.pinned,
    updated: row.updated,
    pinned: row.pinned,
    locked: row.locked,
    notes: row.contentWarnings.map((note) => i18n.t(`posts.note.${note}`)),
    ending:
      row.ending === '' || row.contentWarnings.length === 0
        ? null
        : i18n.t(`posts.ending.${row.ending}`),
    community: { name: row.communityName, href: `/c/${row.slug}` },
  };
}

/** The cursor of the page after a row: sort time and id. */
export function cursorOf(row: ThreadRow): string {
  return `${row.cursor ?? '0'}-${row.id}`;
}

export interface Cursor {
  /** Microseconds since the epoch. */
  time: string;
  id: string;
}

const BEFORE_ALL: Cursor = { time: '0', id: '0' };
/** A time in the year 9999. */
const NEWEST_FIRST_START: Cursor = { time: '253370764800000000', id: '9223372036854775807' };

/** Parses a cursor; an invalid one means the first page. */
export function readCursor(text: string | undefined, sort: Sort): Cursor {
  const match = /^(\d{1,17})-([1-9]\d{0,17})$/.exec(text ?? '');
  if (match === null) return sort === 'unanswered' ? BEFORE_ALL : NEWEST_FIRST_START;
  return { time: match[1] ?? '0', id: match[2] ?? '0' };
}
