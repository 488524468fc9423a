import type { Section, SectionRow } from './stats-sections.view.js';

/** Tables with more columns become a list of labelled cells on a phone. */
const MOST_COLUMNS_ON_A_PHONE = 3;

export interface FigureTable extends Omit<Section, 'rows'> {
  labelled: boolean;
  rows: { name: SectionRow['name']; cells: { label: string; text: string }[] }[];
}

/** A section as its table is drawn: each cell has the heading of its column. */
export function figureTable({ rows, ...section }: Section): FigureTable {
  const [, ...labels] = section.heads;
  return {
    ...section,
    labelled: section.heads.length > MOST_COLUMNS_ON_A_PHONE,
    rows: rows.map(({ name, cells }) => ({
      name,
      cells: cells.map((text, column) => ({ label: labels[column] ?? '', text })),
    })),
  };
}
