import type { Translator } from '../../i18n/translator.js';
import type { EmergencyCardView } from '../core/emergency-card.view.js';
import { toolkitTabs, type Tab } from '../core/toolkit-tabs.js';
import { itemView, type ItemView } from '../items/items.view.js';
import type { ToolkitHomeFacts } from './toolkit-home.service.js';
import { ITEMS_PER_PAGE, type ItemList } from '../items/toolkit-reader.service.js';

interface HomeFacts extends Omit<ToolkitHomeFacts, 'card'> {
  /** The search text as entered. */
  search: string;
  /** On a shared device the private area always locks, whether or not a time was chosen. */
  sharedDevice: boolean;
  card: EmergencyCardView | null;
}

interface HomeView {
  tabs: Tab[];
  /** The private area has a lock that can be closed now. */
  locks: boolean;
  /** Nothing may be stored on the device. */
  shared: boolean;
  card: EmergencyCardView | null;
  question: { id: string } | null;
  any: boolean;
  q: string;
  collection: string | null;
  /**
   * Items can be moved. Not one alone, and not in a partial list, where a move could seem to have no
   * effect.
   */
  sortable: boolean;
  /** Where to return after a move, unless to the first page. */
  here: string | null;
  items: ItemView[];
  found: string | null;
  collections: { id: string; name: string; href: string; current: boolean }[];
  current: { id: string; name: string } | null;
  pages: PagesView | null;
}

interface PagesView {
  summary: string;
  previous: { href: string } | null;
  next: { href: string } | null;
}

export function toolkitHomeView(facts: HomeFacts, i18n: Translator): HomeView {
  const { search, list, settings, sharedDevice } = facts;
  const { collection, items, total, page } = list;
  const names = new Map(
    list.collections.map(({ id, name }) => [id, name ?? i18n.t('toolkit.unreadable')]),
  );
  const isWholeList = search === '' && collection === null;
  const offset = (page - 1) * ITEMS_PER_PAGE;
  const itemFacts = {
    names,
    hideCounts: settings.hideCounts,
    first: offset === 0 ? items[0]?.row.id : undefined,
    last: offset + items.length === total ? items.at(-1)?.row.id : undefined,
  };
  const hrefOfPage = (number: number): string =>
    toolkitHref({
      q: search === '' ? null : search,
      collection,
      page: number > 1 ? String(number) : null,
    });
  return {
    tabs: toolkitTabs(i18n, 'kit'),
    locks: sharedDevice || settings.lockMinutes !== null,
    shared: sharedDevice,
    card: facts.card,
    question: facts.followUp === null ? null : { id: facts.followUp },
    any: total > 0 || !isWholeList,
    q: search,
    collection,
    sortable: isWholeList && total > 1,
    here: page > 1 ? hrefOfPage(page) : null,
    items: items.map((item) => itemView(item, itemFacts, i18n)),
    found: isWholeList ? null : i18n.t('toolkit.found', { count: total }),
    collections: list.collections.map(({ id }) => ({
      id,
      name: names.get(id) ?? '',
      href: toolkitHref({ q: null, collection: id === collection ? null : id }),
      current: id === collection,
    })),
    current: collection === null ? null : { id: collection, name: names.get(collection) ?? '' },
    pages: pagesView(list, hrefOfPage, i18n),
  };
}

function pagesView(
  { page, total }: ItemList,
  hrefOfPage: (number: number) => string,
  i18n: Translator,
): PagesView | null {
  const last = Math.max(1, Math.ceil(total / ITEMS_PER_PAGE));
  if (last === 1) return null;
  return {
    summary: i18n.t('toolkit.page', { page, last }),
    previous: page > 1 ? { href: hrefOfPage(page - 1) } : null,
    next: page < last ? { href: hrefOfPage(page + 1) } : null,
  };
}

function toolkitHref(query: Record<string, string | null>): string {
  const set = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== null);
  return `/toolkit${set.length === 0 ? '' : `?${new URLSearchParams(set).toString()}`}`;
}
