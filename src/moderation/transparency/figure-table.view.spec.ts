import { describe, expect, it } from '@jest/globals';
import { figureTable } from './figure-table.view.js';
import type { Section } from './stats-sections.view.js';

const section = (heads: string[], cells: string[]): Section => ({
  id: 'reads',
  title: 'Reads',
  text: null,
  svg: null,
  heads,
  rows: [{ name: 'Urgent', cells }],
  none: 'None.',
});

describe('the table of a section', () => {
  it('gives each cell the heading of its column', () => {
    const { rows } = figureTable(section(['Tier', 'Read', 'Unread'], ['3', '4']));
    expect(rows).toEqual([
      {
        name: 'Urgent',
        cells: [
          { label: 'Read', text: '3' },
          { label: 'Unread', text: '4' },
        ],
      },
    ]);
  });

  it.each([
    [3, false],
    [4, true],
    [5, true],
  ])('of %i columns becomes a list on a phone: %s', (columns, labelled) => {
    const heads = Array.from({ length: columns }, (_, at) => `Head ${at}`);
    expect(figureTable(section(heads, heads.slice(1))).labelled).toBe(labelled);
  });
});
