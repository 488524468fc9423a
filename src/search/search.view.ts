import type { Words } from '../kernel/words.js';
import { postPath } from '../posts/post-address.js';
import { threadItem } from '../threads/thread-list.view.js';
import type { FoundCommunity, FoundStrategy } from './other-search.queries.js';
import {
  addressOf,
  fieldsOf,
  isLastPage,
  KINDS,
  NEEDS,
  PLACES,
  SINCE,
  type SearchFields,
  type SearchWishes,
} from './search-wishes.js';
import type { NamedPlace } from './search.queries.js';
import type { Answer } from './searching.service.js';
import type { Similar } from './similar.service.js';
import { parts, type Part } from './snippet.js';
import type { FoundThread } from './thread-search.queries.js';

export interface ResultView {
  href: string;
  title: string;
  tags: { label: string; kind: string }[];
  /** What was found, in its words; a plain text where nothing is marked. */
  parts: Part[];
  meta: string;
  community: { name: string; href: string } | null;
}

function threadResult(row: FoundThread, words: Words): ResultView {
  const item = threadItem(row, words);
  const notes = row.notes.map((note) => ({ label: words.t(`posts.note.${note}`), kind: 'note' }));
  const replies = row.replyCount === 0 ? words.t('search.waiting') : `${item.replies} ${item.last}`;
  return {
    href: row.number === 1 ? item.href : postPath(row.id, row.number),
    title: item.title,
    tags: [{ label: item.wish, kind: 'need' }, ...notes],
    parts: row.excerpt === null ? [{ text: row.summary, found: false }] : parts(row.excerpt),
    meta: `${item.started} ${replies}`,
    community: item.community,
  };
}

function strategyResult(row: FoundStrategy, words: Words): ResultView {
  const meta = [
    words.t('strategies.minutes', { count: row.minutes }),
    words.t(`strategies.energy.${row.energy}.short`),
    words.t(`strategies.origin.${row.origin}.short`),
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

function communityResult(row: FoundCommunity, words: Words): ResultView {
  const tags = [
    ...(row.joined ? [{ label: words.t('communities.joined'), kind: 'need' }] : []),
    ...(row.visibility === 'public'
      ? []
      : [{ label: words.t(`communities.visibility.${row.visibility}.short`), kind: '' }]),
  ];
  return {
    href: `/c/${row.slug}`,
    title: row.name,
    tags,
    parts: [{ text: row.summary, found: false }],
    meta: words.t('communities.members', { count: row.memberCount }),
    community: null,
  };
}

export function resultsOf({ found }: Answer, words: Words): ResultView[] {
  if (found.place === 'threads') return found.rows.map((row) => threadResult(row, words));
  if (found.place === 'strategies') return found.rows.map((row) => strategyResult(row, words));
  return found.rows.map((row) => communityResult(row, words));
}

interface Option {
  value: string;
  label: string;
  selected: boolean;
}

function options(
  words: Words,
  name: string,
  values: readonly string[],
  chosen: string,
  label: (value: string) => string,
): Option[] {
  return [
    { value: '', label: words.t(`search.filter.${name}.any`), selected: chosen === '' },
    ...values.map((value) => ({ value, label: label(value), selected: value === chosen })),
  ];
}

export interface SearchFormView {
  q: string;
  place: string;
  places: Option[] | null;
  topic: string;
  kinds: Option[];
  needs: Option[];
  since: Option[];
  open: boolean;
  tabs: { href: string; label: string; current: boolean }[];
}

export function searchForm(
  wishes: SearchWishes,
  places: readonly NamedPlace[],
  words: Words,
): SearchFormView {
  const fields = fieldsOf(wishes);
  const tab = (place: string): string =>
    addressOf({
      ...(fields.q === undefined ? {} : { q: fields.q }),
      ...(place === 'threads' ? {} : { in: place }),
    });
  const names = new Map(places.map(({ slug, name }) => [slug, name]));
  return {
    q: wishes.q,
    place: wishes.place === 'threads' ? '' : wishes.place,
    places:
      places.length === 0
        ? null
        : options(
            words,
            'community',
            [...names.keys()],
            wishes.community,
            (slug) => names.get(slug) ?? slug,
          ),
    topic: wishes.topic,
    kinds: options(words, 'kind', KINDS, wishes.kind, (value) =>
      words.t(`threads.kind.${value}.short`),
    ),
    needs: options(words, 'need', NEEDS, wishes.need, (value) =>
      words.t(`threads.wish.${value}.shown`),
    ),
    since: options(words, 'since', SINCE, wishes.since, (value) =>
      words.t(`search.filter.since.${value}`),
    ),
    open: [wishes.community, wishes.topic, wishes.kind, wishes.need, wishes.since].some(
      (value) => value !== '',
    ),
    tabs: PLACES.map((place) => ({
      href: tab(place),
      label: words.t(`search.in.${place}`),
      current: place === wishes.place,
    })),
  };
}

/**
 * Where the search goes on; the words as they were looked for, so that the next page continues this
 * one.
 */
export function nextOf(wishes: SearchWishes, { more, corrected, loose }: Answer): string | null {
  if (!more || isLastPage(wishes.page)) return null;
  const fields: SearchFields = {
    ...fieldsOf(wishes),
    q: corrected ?? wishes.q,
    page: String(wishes.page + 1),
  };
  return addressOf(loose ? { ...fields, loose: '1' } : fields);
}

/** What was done to find something. */
export function said(wishes: SearchWishes, { corrected, loose }: Answer, words: Words): string[] {
  return [
    ...(wishes.cut ? [words.t('search.said.cut')] : []),
    ...(corrected === null
      ? []
      : [words.t('search.said.corrected', { asked: wishes.q, words: corrected })]),
    ...(loose ? [words.t('search.said.loose')] : []),
  ];
}

/** Threads and strategies about the same thing. */
export function similarView(
  { threads, strategies }: Similar,
  words: Words,
): { some: boolean; threads: ResultView[]; strategies: ResultView[] } {
  return {
    some: threads.length + strategies.length > 0,
    threads: threads.map((row) => threadResult(row, words)),
    strategies: strategies.map((row) => strategyResult(row, words)),
  };
}
