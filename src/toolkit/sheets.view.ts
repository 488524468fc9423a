import type { Words } from '../kernel/words.js';
import { textLines } from './own-card.view.js';
import type { SheetWords } from './sheet-words.js';

export interface SheetView {
  parts: { title: string; lines: string[] }[];
  items: SheetWords['items'];
  checkIns: SheetWords['checkIns'];
}

export function sheetView(sheet: SheetWords, words: Words): SheetView {
  const parts = (['wish', 'happened', 'questions', 'know'] as const)
    .map((part) => ({
      title: words.t(`toolkit.sheet.part.${part}`),
      lines: textLines(sheet[part]),
    }))
    .filter(({ lines }) => lines.length > 0);
  return { parts, items: sheet.items, checkIns: sheet.checkIns };
}
