import { truncate } from '../content/truncate.js';
import type { Translator } from '../i18n/translator.js';
import { formPage } from '../posts/drafts.service.js';
import { postPath } from '../posts/post-address.js';
import {
  OWN_POSTS_PER_PAGE,
  EXCERPT_LENGTH,
  type OwnDraftRow,
  type OwnPostRow,
  type SavedThreadRow,
} from './mine.queries.js';
import type { SavedSearchLink } from './saved-searches.service.js';
import { snippetParts } from './snippet.js';

export interface OwnContentFacts {
  readonly q: string;
  /** Whether this is the first page. */
  readonly first: boolean;
  /** One more than fits the page if another page follows. */
  readonly posts: readonly OwnPostRow[];
  readonly drafts: readonly OwnDraftRow[];
  readonly saves: readonly SavedThreadRow[];
  readonly searches: readonly SavedSearchLink[];
}

interface OwnRowView {
  href: string;
  title: string;
  meta: string;
}

export interface OwnContentView {
  q: string;
  first: boolean;
  posts: (OwnRowView & { text: string })[];
  /** URL of the next page; null on the last. */
  next: string | null;
  drafts: (OwnRowView & { text: string; place: string; version: number; others: string[] })[];
  saves: OwnRowView[];
  searches: readonly SavedSearchLink[];
}

export function ownContentView(facts: OwnContentFacts, i18n: Translator): OwnContentView {
  const { q, first } = facts;
  const shown = facts.posts.slice(0, OWN_POSTS_PER_PAGE);
  const last = shown.at(-1);
  const hasNext = facts.posts.length > shown.length && last !== undefined;
  return {
    q,
    first,
    posts: shown.map((row) => ownPostView(row, i18n)),
    next: hasNext ? addressOf(q, last.id) : null,
    drafts: facts.drafts.map((row) => ({
      href: formPage(row.place),
      title: row.title === '' ? i18n.t('search.mine.untitled') : row.title,
      text: plain(row.body),
      place: row.place,
      version: row.version,
      others: row.others,
      meta: i18n.t('search.mine.changed', { when: i18n.when(row.updatedAt) }),
    })),
    saves: facts.saves.map((row) => ({
      href: `/t/${row.threadId}`,
      title: row.title,
      meta: i18n.t('search.mine.kept', { when: i18n.when(row.savedAt), name: row.community }),
    })),
    searches: facts.searches,
  };
}

function addressOf(q: string, before: string): string {
  return `/mine?${new URLSearchParams({ ...(q === '' ? {} : { q }), before }).toString()}`;
}

function ownPostView(row: OwnPostRow, i18n: Translator): OwnContentView['posts'][number] {
  const meta = [
    i18n.t('search.mine.written', { when: i18n.when(row.createdAt), name: row.community }),
    row.aliasName === null ? '' : i18n.t('search.mine.under', { name: row.aliasName }),
    row.status === 'published' ? '' : i18n.t(`search.mine.status.${row.status}`),
  ];
  return {
    href: postPath(row.threadId, row.number),
    title: row.title === '' ? i18n.t('threads.away') : row.title,
    text: plain(row.body),
    meta: meta.filter((part) => part !== '').join(' '),
  };
}

function plain(text: string): string {
  return snippetParts(truncate(text, EXCERPT_LENGTH))
    .map((part) => part.text)
    .join('');
}
