export const SHEET_FIELD = 'toolkit_sheets.words';

/**
 * "What I want to say": a copy of the chosen items, so that later changes do not affect the sheet.
 */
export interface SheetTexts {
  title: string;
  wish: string;
  happened: string;
  questions: string;
  know: string;
  items: { name: string; note: string }[];
  checkIns: { date: string; said: string; note: string }[];
}
