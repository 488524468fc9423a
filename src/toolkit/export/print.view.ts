import type { Translator } from '../../i18n/translator.js';
import type { EmergencyCardView } from '../core/emergency-card.view.js';
import type { Item } from '../items/item-texts.js';
import { itemName, stepsOf } from '../items/items.view.js';

export interface PrintedItem {
  name: string;
  summary: string;
  note: string;
  steps: string[];
  credit: string | null;
}

interface PrintView {
  card: EmergencyCardView | null;
  items: PrintedItem[];
  when: string;
}

export function printedItem(item: Item, i18n: Translator): PrintedItem {
  const { row } = item;
  return {
    name: itemName(item, i18n),
    summary: row.summary ?? '',
    note: item.texts.note,
    steps: stepsOf(item),
    credit: row.credit === null ? null : i18n.t('toolkit.item.credit', { name: row.credit }),
  };
}

export function printView(
  card: EmergencyCardView | null,
  items: readonly Item[],
  printedAt: Date,
  i18n: Translator,
): PrintView {
  return {
    card,
    items: items.map((item) => printedItem(item, i18n)),
    when: i18n.t('toolkit.print.when', { date: i18n.date(printedAt) }),
  };
}
