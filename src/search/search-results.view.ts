import type { Translator } from '../i18n/translator.js';
import { postPath } from '../posts/post-address.js';
import { threadItem } from '../threads/thread-list.view.js';
import type { SuggestedRow } from './beside.queries.js';
import type { FoundCommunity, FoundStrategy } from './other-search.queries.js';
import type { SearchOutcome } from './searching.service.js';
import type { SimilarContent } from './similar.service.js';
import { snippetParts, type SnippetPart } from './snippet.js';
import type { FoundThread } from './thread-search.queries.js';

export interface ResultView {
  href: string;
  title: string;
  tags: { label: string; kind: string }[];
  /** The excerpt or summary; matches are marked. */
  parts: SnippetPart[];
  meta: string;
  community: { name: string; href: string } | null;
}

function threadResult(row: FoundThread, i18n: Translator): ResultView {
  const item = threadItem(row, i18n);
  const notes = row.notes.map((note) => ({ label: i18n.t(`posts.note.${note}`), kind: 'note' }));
  const replies = row.replyCount === 0 ? i18n.t('search.waiting') : `${item.replies} ${item.last}`;
  return {
    href: row.number === 1 ? item.href : postPath(row.id, row.number),
    title: item.title,
    tags: [{ label: item.wish, kind: 'need' }, ...notes],
    parts: row.excerpt === null ? [{ text: row.summary, found: false }] : snippetParts(row.excerpt),
    meta: `${item.started} ${replies}`,
    community: item.community,
  };
}

function strategyResult(row: FoundStrategy, i18n: Translator): ResultView {
  const meta = [
    i18n.t('strategies.minutes', { count: row.minutes }),
    i18n.t(`strategies.energy.${row.energy}.short`),
    i18n.t(`strategies.origin.${row.origin}.short`),
  ].join(' · ');
  return {
    href: `/strategies/${row.slug}`,
    title: row.name,
    tags: [],
    parts: [{ text: row.summary, found: false }],
    meta,
    community: null,
  };
}

function communityResult(row: FoundCommunity, i18n: Translator): ResultView {
  const tags = [
    ...(row.joined ? [{ label: i18n.t('communities.joined'), kind: 'need' }] : []),
    ...(row.visibility === 'public'
      ? []
      : [{ label: i18n.t(`communities.visibility.${row.visibility}.short`), kind: '' }]),
  ];
  return {
    href: `/c/${row.slug}`,
    title: row.name,
    tags,
    parts: [{ text: row.summary, found: false }],
    meta: i18n.t('communities.members', { count: row.memberCount }),
    community: null,
  };
}

/** The results of a search, in order. */
export function resultsOf({ found }: SearchOutcome, i18n: Translator): ResultView[] {
  if (found.place === 'threads') return found.rows.map((row) => threadResult(row, i18n));
  if (found.place === 'strategies') return found.rows.map((row) => strategyResult(row, i18n));
  return found.rows.map((row) => communityResult(row, i18n));
}

/** A strategy or a community that a query suggests. */
export function suggestedRow(row: SuggestedRow, i18n: Translator): ResultView {
  return row.place === 'strategies' ? strategyResult(row, i18n) : communityResult(row, i18n);
}

export interface SimilarView {
  /** Whether there are any results. */
  some: boolean;
  threads: ResultView[];
  strategies: ResultView[];
}

/** Threads and strategies that are similar to a text. */
export function similarView(
  { threads, strategies }: SimilarContent,
  i18n: Translator,
): SimilarView {
  return {
    some: threads.length + strategies.length > 0,
    threads: threads.map((row) => threadResult(row, i18n)),
    strategies: strategies.map((row) => strategyResult(row, i18n)),
  };
}
