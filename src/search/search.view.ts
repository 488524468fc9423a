import { selectOptions, type SelectOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
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
  type SearchOptions,
} from './search-options.js';
import type { NamedPlace } from './search.queries.js';
import type { Answer } from './searching.service.js';
import type { Similar } from './similar.service.js';
import { parts, type Part } from './snippet.js';
import type { FoundThread } from './thread-search.queries.js';

interface ResultView {
  href: string;
  title: string;
  tags: { label: string; kind: string }[];
  /** What was found, in its words; a plain text where nothing is marked. */
  parts: Part[];
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
    parts: row.excerpt === null ? [{ text: row.summary, found: false }] : parts(row.excerpt),
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

export function resultsOf({ found }: Answer, i18n: Translator): ResultView[] {
  if (found.place === 'threads') return found.rows.map((row) => threadResult(row, i18n));
  if (found.place === 'strategies') return found.rows.map((row) => strategyResult(row, i18n));
  return found.rows.map((row) => communityResult(row, i18n));
}

function options(
  i18n: Translator,
  name: string,
  values: readonly string[],
  chosen: string,
  label: (value: string) => string,
): SelectOption[] {
  return [
    { value: '', label: i18n.t(`search.filter.${name}.any`), selected: chosen === '' },
    ...selectOptions(values, chosen, label),
  ];
}

interface SearchFormView {
  q: string;
  place: string;
  places: SelectOption[] | null;
  topic: string;
  kinds: SelectOption[];
  needs: SelectOption[];
  since: SelectOption[];
  open: boolean;
  tabs: { href: string; label: string; current: boolean }[];
}

export function searchForm(
  wishes: SearchOptions,
  places: readonly NamedPlace[],
  i18n: Translator,
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
            i18n,
            'community',
            [...names.keys()],
            wishes.community,
            (slug) => names.get(slug) ?? slug,
          ),
    topic: wishes.topic,
    kinds: options(i18n, 'kind', KINDS, wishes.kind, (value) =>
      i18n.t(`threads.kind.${value}.short`),
    ),
    needs: options(i18n, 'need', NEEDS, wishes.need, (value) =>
      i18n.t(`threads.wish.${value}.shown`),
    ),
    since: options(i18n, 'since', SINCE, wishes.since, (value) =>
      i18n.t(`search.filter.since.${value}`),
    ),
    open: [wishes.community, wishes.topic, wishes.kind, wishes.need, wishes.since].some(
      (value) => value !== '',
    ),
    tabs: PLACES.map((place) => ({
      href: tab(place),
      label: i18n.t(`search.in.${place}`),
      current: place === wishes.place,
    })),
  };
}

/**
 * Where the search goes on; the words as they were looked for, so that the next page continues this
 * one.
 */
export function nextOf(wishes: SearchOptions, { more, corrected, loose }: Answer): string | null {
  if (!more || isLastPage(wishes.page)) return null;
  const fields: SearchFields = {
    ...fieldsOf(wishes),
    q: corrected ?? wishes.q,
    page: String(wishes.page + 1),
  };
  return addressOf(loose ? { ...fields, loose: '1' } : fields);
}

/** What was done to find something. */
export function said(
  wishes: SearchOptions,
  { corrected, loose }: Answer,
  i18n: Translator,
): string[] {
  return [
    ...(wishes.cut ? [i18n.t('search.said.cut')] : []),
    ...(corrected === null
      ? []
      : [i18n.t('search.said.corrected', { asked: wishes.q, words: corrected })]),
    ...(loose ? [i18n.t('search.said.loose')] : []),
  ];
}

/** Threads and strategies about the same thing. */
export function similarView(
  { threads, strategies }: Similar,
  i18n: Translator,
): { some: boolean; threads: ResultView[]; strategies: ResultView[] } {
  return {
    some: threads.length + strategies.length > 0,
    threads: threads.map((row) => threadResult(row, i18n)),
    strategies: strategies.map((row) => strategyResult(row, i18n)),
  };
}
