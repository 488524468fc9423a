import type { Translator } from '../../i18n/translator.js';
import type { Item } from './item-texts.js';

export interface ItemView {
  id: string;
  href: string;
  use: string;
  name: string;
  summary: string;
  note: string;
  minutes: string | null;
  own: boolean;
  adapted: boolean;
  /** Why the strategy is no longer shown; null while it is. */
  gone: string | null;
  damaged: boolean;
  collections: string[];
  used: string | null;
  first: boolean;
  last: boolean;
}

/** The owner's own name for it, otherwise the library's. */
export function itemName(item: Item, i18n: Translator): string {
  if (item.texts.name !== '') return item.texts.name;
  return item.row.name ?? i18n.t('toolkit.item.gone-name', { date: i18n.date(item.row.savedAt) });
}

/** Whether it is a library strategy that may no longer be read. */
export function isGone(item: Item): boolean {
  return item.row.name === null && (item.row.strategyId !== null || item.texts.steps.length === 0);
}

/** The member's own steps if there are any, otherwise the library's. */
export function stepsOf(item: Item): string[] {
  return item.texts.steps.length > 0 ? item.texts.steps : (item.row.steps ?? []);
}

export function useHref(item: Item): string {
  return item.row.slug === null
    ? `/toolkit/items/${item.row.id}/use`
    : `/toolkit/use/${item.row.slug}`;
}

interface ListFacts {
  names: Map<string, string>;
  hideCounts: boolean;
  first: string | undefined;
  last: string | undefined;
}

export function itemView(item: Item, facts: ListFacts, i18n: Translator): ItemView {
  const { row } = item;
  const own = row.strategyId === null && item.texts.name !== '';
  const gone = row.name === null && !own;
  return {
    id: row.id,
    href: `/toolkit/items/${row.id}`,
    use: useHref(item),
    name: itemName(item, i18n),
    summary: own ? '' : (row.summary ?? ''),
    note: item.texts.note,
    minutes: row.minutes === null ? null : i18n.t('toolkit.minutes', { count: row.minutes }),
    own,
    adapted: !own && item.texts.steps.length > 0,
    gone: gone ? i18n.t('toolkit.item.gone') : null,
    damaged: item.damaged,
    collections: row.collections.flatMap((id) => facts.names.get(id) ?? []),
    used:
      facts.hideCounts || row.used === 0 ? null : i18n.t('toolkit.item.used', { count: row.used }),
    first: row.id === facts.first,
    last: row.id === facts.last,
  };
}
