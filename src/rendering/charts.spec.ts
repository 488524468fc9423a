import { describe, expect, it } from '@jest/globals';
import { bars, lines, type ChartOptions } from './charts.js';

const options = (more: Partial<ChartOptions> = {}): ChartOptions => ({
  id: 'reads',
  title: 'Time to read',
  description: 'Two bars.',
  labels: ['One', 'Two'],
  series: [{ name: 'a', values: [10, 5] }],
  ...more,
});
const widths = (svg: string): number[] =>
  [...svg.matchAll(/<svg[^>]* width="([\d.]+)%"/g)].map(([, width]) => Number(width));

describe('bars and lines', () => {
  it('describe the chart in words', () => {
    for (const draw of [bars, lines]) {
      const chart = draw(options());
      expect(chart).toContain('role="img" aria-labelledby="reads-title reads-text"');
      expect(chart).toMatch(/ id="reads-title"[^>]*>Time to read</);
      expect(chart).toMatch(/ id="reads-text"[^>]*>Two bars\.</);
    }
  });

  it('draw bars in proportion to their values, with the value beside each', () => {
    const svg = bars(options({ formatValue: (value) => `${value} min` }));
    const [first = 0, second = 0] = widths(svg);
    expect(first).toBe(64);
    expect(second).toBe(32);
    expect(svg).toContain('>10 min</span>');
  });

  it('draw zero as zero, and leave gaps for missing values', () => {
    const svg = bars(options({ series: [{ name: 'a', values: [0, null] }] }));
    expect(widths(svg)).toEqual([0, 0]);
    expect(svg).toContain('>–</span>');
    expect(
      lines(
        options({ labels: ['1', '2', '3', '4'], series: [{ name: 'a', values: [1, null, 2, 3] }] }),
      ),
    ).toMatch(/d="M96 [\d.]+M[\d.]+ [\d.]+L[\d.]+ [\d.]+"/);
    expect(lines(options({ labels: [], series: [{ name: 'a', values: [] }] }))).not.toContain(
      'NaN',
    );
    expect(
      lines(options({ labels: ['only'], series: [{ name: 'a', values: [4] }] })),
    ).not.toContain('NaN');
  });

  it('contain no styles, and escape all text', () => {
    const svg = bars(options({ labels: ['<script>alert(1)</script>', '"&'], title: '<b>' }));
    expect(svg).not.toMatch(/<script|<b>|style=/);
    expect(svg).toContain('&lt;script&gt;');
  });
});
