import type { Translator } from '../../i18n/translator.js';
import { emergencyCardView, type EmergencyCardView } from '../core/emergency-card.view.js';
import { toolkitTabs, type Tab } from '../core/toolkit-tabs.js';
import { sheetView, type SheetView } from '../appointments/sheets.view.js';
import type { Item } from '../items/item-texts.js';
import { isGone, itemName } from '../items/items.view.js';
import { planSteps, type PlanStep } from '../plan/plan.view.js';
import { printedItem, type PrintedItem } from './print.view.js';
import type { OwnShare, SharedContent } from './shares.service.js';

interface ShareListView {
  tabs: Tab[];
  shares: { id: string; name: string; link: string | null; until: string }[];
}

/** Exactly one of the four; the template tests which. */
type SharedContentView =
  { item: PrintedItem } | { sheet: SheetView } | { card: EmergencyCardView } | { plan: PlanStep[] };

type SharedView = SharedContentView & { until: string };

/** @param items the member's toolkit, for the names of shared items */
export function shareListView(
  shares: readonly OwnShare[],
  items: readonly Item[],
  i18n: Translator,
): ShareListView {
  const names = new Map(items.map((item) => [item.row.id, itemName(item, i18n)]));
  return {
    tabs: toolkitTabs(i18n, 'shares'),
    shares: shares.map((share) => ({
      id: share.id,
      name:
        share.what === 'item'
          ? (names.get(share.subjectId ?? '') ?? i18n.t('toolkit.share.gone'))
          : i18n.t(`toolkit.share.what.${share.what}`),
      link: share.link,
      until: i18n.t('toolkit.share.until', { date: i18n.deadline(share.expiresAt) }),
    })),
  };
}

/** @returns null if the shared content no longer exists */
export function sharedView(
  content: SharedContent | null,
  share: { expiresAt: Date; country: string },
  i18n: Translator,
): SharedView | null {
  const view = content === null ? null : contentView(content, share.country, i18n);
  if (view === null) return null;
  const until = i18n.t('toolkit.shared.until', { date: i18n.deadline(share.expiresAt) });
  return { ...view, until };
}

function contentView(
  content: SharedContent,
  country: string,
  i18n: Translator,
): SharedContentView | null {
  switch (content.what) {
    case 'item':
      return isGone(content.item) ? null : { item: printedItem(content.item, i18n) };
    case 'sheet':
      return { sheet: sheetView(content.texts, i18n) };
    case 'card': {
      const card = emergencyCardView(content.card, country, i18n);
      return card === null ? null : { card };
    }
    case 'plan':
      return { plan: planSteps(content.plan, content.items, country, i18n) };
  }
}
