import { describe, expect, it } from '@jest/globals';
import { timeChart, type TimeChartOptions } from './charts.js';

const chart: TimeChartOptions = {
  title: 'How it was <day by day>',
  from: 0,
  to: 100,
  least: 0,
  most: 10,
  marks: [
    { value: 0, label: '0' },
    { value: 10, label: '10' },
  ],
  ticks: [
    { at: 0, label: 'then' },
    { at: 100, label: 'now' },
  ],
  gap: 20,
};
const path = (svg: string): string => /chart__line" d="([^"]*)"/.exec(svg)?.[1] ?? '';

describe('timeChart', () => {
  it('maps values upwards and time to the right', () => {
    const svg = timeChart(
      [
        { at: 0, value: 0 },
        { at: 100, value: 10 },
      ],
      chart,
    );
    expect(svg).toContain('<circle class="chart__mark" cx="30" cy="156" r="2.5"/>');
    expect(svg).toContain('<circle class="chart__mark" cx="352" cy="12" r="2.5"/>');
  });

  it('connects adjacent points, and leaves gaps open', () => {
    expect(
      path(
        timeChart(
          [
            { at: 0, value: 1 },
            { at: 10, value: 2 },
            { at: 60, value: 3 },
          ],
          chart,
        ),
      ),
    ).toMatch(/^M[\d. ]+L[\d. ]+M[\d. ]+$/);
  });

  it('accepts points in any order', () => {
    const points = [
      { at: 10, value: 2 },
      { at: 0, value: 1 },
    ];
    expect(timeChart(points, chart)).toBe(timeChart([...points].reverse(), chart));
  });

  it('draws a pair as a line from before to after', () => {
    const svg = timeChart([{ at: 50, first: 2, value: 6 }], chart);
    expect(svg.match(/<circle/g)?.length).toBe(2);
    expect(path(svg)).toMatch(/^M[\d. ]+V[\d.]+$/);
  });

  it('omits points outside the range, and renders without any points', () => {
    expect(timeChart([{ at: 101, value: 1 }], chart)).not.toContain('<circle');
    expect(timeChart([], { ...chart, from: 5, to: 5 })).toContain('<svg');
  });

  it('has a text alternative, with escaped text', () => {
    expect(timeChart([], chart)).toContain('role="img" aria-label="How it was &lt;day by day&gt;"');
    expect(timeChart([], { ...chart, ticks: [{ at: 0, label: '"><script>' }] })).not.toContain(
      '<script',
    );
  });
});
