export const SHEET_FIELD = 'toolkit_sheets.words';

/** "What I want to say": a copy of what was chosen, so that the sheet stays as it was made. */
export interface SheetTexts {
  title: string;
  wish: string;
  happened: string;
  questions: string;
  know: string;
  items: { name: string; note: string }[];
  checkIns: { date: string; said: string; note: string }[];
}
