import { truncate } from '../../content/truncate.js';
import { formView, type FormView } from '../../http/form-page.js';
import { idempotencyKeyOf, listOf } from '../../http/form-values.js';
import type { InvalidForm } from '../../http/form.js';
import type { TickOption } from '../../http/options.js';
import type { Translator } from '../../i18n/translator.js';
import { textLines } from '../core/emergency-card.view.js';
import { ratingInWords } from '../core/numbers-in-words.js';
import { toolkitTabs, type Tab } from '../core/toolkit-tabs.js';
import { itemName } from '../items/items.view.js';
import type { SheetTexts } from './sheet-texts.js';
import type { Sheet, SheetSources } from './sheets.service.js';

const MAX_ITEMS_OFFERED = 60;
const MAX_HINT_LENGTH = 120;

export interface SheetView {
  parts: { title: string; lines: string[] }[];
  items: SheetTexts['items'];
  checkIns: SheetTexts['checkIns'];
}

export interface SheetListView {
  tabs: Tab[];
  sheets: { href: string; title: string; when: string }[];
}

export interface SheetPageView {
  id: string;
  title: string;
  when: string;
  /** Null if decryption fails. */
  sheet: SheetView | null;
}

export interface SheetFormView {
  form: FormView;
  idempotencyKey: string;
  items: TickOption[];
  checkIns: TickOption[];
  askLater: boolean;
}

export function sheetView(sheet: SheetTexts, i18n: Translator): SheetView {
  const parts = (['wish', 'happened', 'questions', 'know'] as const)
    .map((part) => ({ title: i18n.t(`toolkit.sheet.part.${part}`), lines: textLines(sheet[part]) }))
    .filter(({ lines }) => lines.length > 0);
  return { parts, items: sheet.items, checkIns: sheet.checkIns };
}

export function sheetListView(sheets: readonly Sheet[], i18n: Translator): SheetListView {
  return {
    tabs: toolkitTabs(i18n, 'sheets'),
    sheets: sheets.map(({ id, createdAt, texts }) => ({
      href: `/toolkit/sheets/${id}`,
      title: sheetTitle(texts, i18n),
      when: i18n.when(createdAt),
    })),
  };
}

export function sheetPageView(sheet: Sheet, i18n: Translator): SheetPageView {
  return {
    id: sheet.id,
    title: sheetTitle(sheet.texts, i18n),
    when: i18n.date(sheet.createdAt),
    sheet: sheet.texts === null ? null : sheetView(sheet.texts, i18n),
  };
}

export function sheetFormView(
  sources: SheetSources,
  i18n: Translator,
  faulty?: InvalidForm,
): SheetFormView {
  const form = formView(i18n, faulty);
  const chosenItems = listOf(form.values.items);
  const chosenCheckIns = listOf(form.values.checkIns);
  return {
    form,
    idempotencyKey: idempotencyKeyOf(form.values),
    items: sources.items.slice(0, MAX_ITEMS_OFFERED).map((item) => ({
      value: item.row.id,
      label: itemName(item, i18n),
      checked: chosenItems.includes(item.row.id),
    })),
    checkIns: sources.checkIns.map((row) => ({
      value: row.id,
      label: [i18n.date(row.at), row.about ?? '', ratingInWords(row, i18n), row.word]
        .filter((part) => part !== '')
        .join(', '),
      hint: row.note === '' ? undefined : truncate(row.note, MAX_HINT_LENGTH),
      checked: chosenCheckIns.includes(row.id),
    })),
    askLater: form.values.askLater !== undefined,
  };
}

function sheetTitle(texts: SheetTexts | null, i18n: Translator): string {
  if (texts === null) return i18n.t('toolkit.unreadable');
  return texts.title === '' ? i18n.t('toolkit.sheet.title') : texts.title;
}
