import { describe, expect, it } from '@jest/globals';
import { Messages } from '../../i18n/messages.js';
import { Translator } from '../../i18n/translator.js';
import type { FigureRow } from './stats.queries.js';
import type { Section } from './stats-sections.view.js';
import { statsView } from './stats.view.js';

const i18n = new Translator(new Messages(), 'en', new Date('2026-03-01T12:00:00Z'));

const figure = (
  kind: string,
  name: string,
  n: number,
  median: number | null = null,
): FigureRow => ({
  kind,
  name,
  n,
  median,
  high: median === null ? null : median * 2,
});

function section(id: string, rows: FigureRow[], exact: boolean): Section {
  const found = statsView(rows, { exact, detailed: exact }, i18n).sections.find(
    (each) => each.id === id,
  );
  if (found === undefined) throw new Error(`no section ${id}`);
  return found;
}

const bars = (svg: string | null): string[] =>
  [...(svg ?? '').matchAll(/<svg[^>]* width="([\d.]+)%"/g)].map(([, width]) => width ?? '');

describe('public statistics', () => {
  const actions = [
    figure('actions', 'publish', 40),
    figure('actions', 'hide', 20),
    figure('actions', 'warn', 3),
    figure('actions', 'remove', 9),
  ];

  it('draw no bar for a suppressed count, but keep its row', () => {
    const { svg, rows } = section('actions', actions, false);
    expect(bars(svg)).toEqual(['64', '32']);
    expect(svg).not.toContain('&lt;10');
    expect(rows.map(({ cells }) => cells[0])).toEqual(['40', '20', '<10', '<10']);
  });

  it('draw all of them for moderators', () => {
    expect(bars(section('actions', actions, true).svg)).toHaveLength(4);
  });

  it('draw nothing with fewer than two visible counts', () => {
    expect(section('actions', actions.slice(1), false).svg).toBeNull();
  });

  it.each([
    [30, 10, '25%'],
    // A share beside a count would reveal the suppressed count.
    [30, 9, '–'],
    [9, 30, '–'],
    [30, 0, '0%'],
    [0, 0, '–'],
  ])('of %i threads with a reply and %i without give the share %s', (first, none, share) => {
    const rows = [figure('replies', 'first', first, 60), figure('replies', 'none', none)];
    expect(section('replies', rows, false).rows.at(-1)?.cells[0]).toBe(share);
  });

  it('name in each table what was waited for', () => {
    const heads = (kind: string, name: string, id = kind): string[] =>
      section(id, [figure(kind, name, 30, 60)], true).heads.slice(2, 4);
    expect(heads('reads', 'urgent')).toEqual(['Half read within', '90% read within']);
    expect(heads('replies', 'first')).toEqual(['Half replied to within', '90% replied to within']);
    expect(heads('hold-times', 'decided')).toEqual(['Half held for up to', '90% held for up to']);
  });

  it('show moderators shares of small counts', () => {
    const rows = [figure('replies', 'first', 3, 60), figure('replies', 'none', 1)];
    expect(section('replies', rows, true).rows.at(-1)).toEqual({
      name: 'Share without a reply',
      cells: ['25%', '–', '–'],
    });
  });

  it('show hold times, except of a few posts', () => {
    const times = (n: number, exact: boolean): string[][] =>
      section('hold-times', [figure('hold-times', 'decided', n, 45)], exact).rows.map(
        ({ cells }) => cells,
      );
    expect(times(12, false)).toEqual([
      ['12', '45 minutes', '2 hours'],
      ['0', '–', '–'],
    ]);
    expect(times(2, false)[0]).toEqual(['<10', '–', '–']);
    expect(times(2, true)[0]).toEqual(['2', '45 minutes', '2 hours']);
  });
});
