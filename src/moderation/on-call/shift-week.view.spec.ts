import { describe, expect, it } from '@jest/globals';
import { Messages } from '../../i18n/messages.js';
import { Translator } from '../../i18n/translator.js';
import type { Duty } from './escalation-policy.js';
import { daysOf, weekOf, type Shift, type Span } from './shift-times.js';
import { shiftWeek } from './shift-week.view.js';

const NOW = new Date('2026-11-25T12:00:00Z');
const i18n = new Translator(new Messages(), 'en', NOW, 'UTC');
const week = weekOf(undefined, NOW, 'UTC');

const span = (from: string, to: string): Span => ({ from: new Date(from), to: new Date(to) });
const shift = (duty: Duty, from: string, to: string): Shift => ({
  id: '1',
  memberId: '1',
  duty,
  ...span(from, to),
});

/** Each bar as kind, day, top and height, the last two as fractions of a day. */
function bars(svg: string): [string, number, number, number][] {
  const found = svg.matchAll(
    /<rect class="([\w -]+)" x="([\d.]+)" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"/g,
  );
  return [...found].map(([, kind = '', x, y, height]) => [
    kind.replace('chart__mark chart__mark--', 'lane '),
    Math.floor((Number(x) - 56) / (304 / 7)),
    Math.round(((Number(y) - 28) / 240) * 24),
    Math.round((Number(height) / 240) * 24),
  ]);
}

describe('the week of shifts', () => {
  it('draws a bar for each shift by duty, and an outline for missing cover', () => {
    const svg = shiftWeek(
      week,
      [
        shift('primary', '2026-11-23T06:00Z', '2026-11-23T12:00Z'),
        shift('lead', '2026-11-29T18:00Z', '2026-11-30T00:00Z'),
      ],
      [span('2026-11-25T09:00Z', '2026-11-25T12:00Z')],
      i18n,
    );
    expect(bars(svg)).toEqual([
      ['lane 1', 0, 6, 6],
      ['chart__gap', 2, 9, 3],
      ['lane 3', 6, 18, 6],
    ]);
    expect(svg).toContain('>Mon</text>');
    expect(svg).toMatch(/role="img" aria-labelledby="shift-week-title shift-week-text"/);
  });

  it('merges overlapping and adjacent gaps of several communities', () => {
    const gaps = [
      span('2026-11-23T12:00Z', '2026-11-23T14:00Z'),
      span('2026-11-23T06:00Z', '2026-11-23T12:00Z'),
      span('2026-11-23T07:00Z', '2026-11-23T08:00Z'),
      span('2026-11-23T18:00Z', '2026-11-23T20:00Z'),
    ];
    expect(bars(shiftWeek(week, [], gaps, i18n))).toEqual([
      ['chart__gap', 0, 6, 8],
      ['chart__gap', 0, 18, 2],
    ]);
  });

  it('splits a shift at midnight, and clips it to the week', () => {
    expect(
      bars(shiftWeek(week, [shift('second', '2026-11-22T20:00Z', '2026-11-23T02:00Z')], [], i18n)),
    ).toEqual([['lane 2', 0, 0, 2]]);
    expect(
      bars(shiftWeek(week, [shift('second', '2026-11-24T22:00Z', '2026-11-25T04:00Z')], [], i18n)),
    ).toEqual([
      ['lane 2', 1, 22, 2],
      ['lane 2', 2, 0, 4],
    ]);
  });

  it.each([
    ['2026-10-21', 7, 25],
    ['2026-03-25', 7, 23],
    ['2026-11-25', 7, 24],
  ])('has seven days, also in the week of %s', (day, count, last) => {
    const zone = 'Europe/London';
    const days = daysOf(weekOf(day, NOW, zone), zone);
    expect(days).toHaveLength(count);
    const sunday = days[6];
    expect(((sunday?.to.getTime() ?? 0) - (sunday?.from.getTime() ?? 0)) / 3_600_000).toBe(last);
  });
});
