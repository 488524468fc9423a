import type { Translator } from '../../i18n/translator.js';
import { textLines } from '../core/emergency-card.view.js';
import type { SheetTexts } from './sheet-words.js';

interface SheetView {
  parts: { title: string; lines: string[] }[];
  items: SheetTexts['items'];
  checkIns: SheetTexts['checkIns'];
}

export function sheetView(sheet: SheetTexts, i18n: Translator): SheetView {
  const parts = (['wish', 'happened', 'questions', 'know'] as const)
    .map((part) => ({ title: i18n.t(`toolkit.sheet.part.${part}`), lines: textLines(sheet[part]) }))
    .filter(({ lines }) => lines.length > 0);
  return { parts, items: sheet.items, checkIns: sheet.checkIns };
}
