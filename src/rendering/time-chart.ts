/** A value at a time. With `first`, a pair is drawn: from there to the value. */
export interface TimePoint {
  at: number;
  value: number;
  first?: number;
}

export interface TimeChart {
  /** Said to whoever does not see it; a table stands beside every chart. */
  title: string;
  from: number;
  to: number;
  least: number;
  most: number;
  /** Lines across, with words. */
  marks: { value: number; label: string }[];
  /** Below, with words. */
  ticks: { at: number; label: string }[];
  /** Points further apart are not joined: what lies between is not known. */
  gap: number;
}

const WIDE = 640;
const HIGH = 240;
const LEFT = 44;
const RIGHT = 16;
const TOP = 12;
const BOTTOM = 30;

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function round(number: number): string {
  return String(Math.round(number * 10) / 10);
}

/**
 * Values on a scale of time, drawn on the server, as SVG: what is far apart stands far apart, and
 * no colour says anything alone.
 */
export function timeChart(points: readonly TimePoint[], chart: TimeChart): string {
  const span = Math.max(1, chart.to - chart.from);
  const x = (at: number): string =>
    round(LEFT + ((at - chart.from) / span) * (WIDE - LEFT - RIGHT));
  const y = (value: number): string =>
    round(
      HIGH - BOTTOM - ((value - chart.least) / (chart.most - chart.least)) * (HIGH - TOP - BOTTOM),
    );
  const across = chart.marks.map(
    ({ value, label }) =>
      `<path class="chart__grid" d="M${LEFT} ${y(value)}H${WIDE - RIGHT}"/><text x="${LEFT - 8}" y="${y(value)}" text-anchor="end" dominant-baseline="middle">${escaped(label)}</text>`,
  );
  const below = chart.ticks.map(
    ({ at, label }, index) =>
      `<text x="${x(at)}" y="${HIGH - 8}" text-anchor="${index === 0 ? 'start' : index === chart.ticks.length - 1 ? 'end' : 'middle'}">${escaped(label)}</text>`,
  );
  const shown = points
    .filter(({ at }) => at >= chart.from && at <= chart.to)
    .sort((a, b) => a.at - b.at);
  const drawn = shown.some(({ first }) => first !== undefined)
    ? shown.map(
        ({ at, value, first = value }) =>
          `<path class="chart__line" d="M${x(at)} ${y(first)}V${y(value)}"/><circle class="chart__open" cx="${x(at)}" cy="${y(first)}" r="5"/><circle class="chart__mark" cx="${x(at)}" cy="${y(value)}" r="5"/>`,
      )
    : [
        `<path class="chart__line" d="${trail(shown, chart.gap, x, y)}"/>`,
        ...shown.map(
          ({ at, value }) => `<circle class="chart__mark" cx="${x(at)}" cy="${y(value)}" r="4.5"/>`,
        ),
      ];
  return `<svg class="chart" viewBox="0 0 ${WIDE} ${HIGH}" role="img" aria-label="${escaped(chart.title)}">${[...across, ...below, ...drawn].join('')}</svg>`;
}

function trail(
  points: readonly TimePoint[],
  gap: number,
  x: (at: number) => string,
  y: (value: number) => string,
): string {
  return points
    .map((point, index) => {
      const before = points[index - 1];
      return `${before !== undefined && point.at - before.at <= gap ? 'L' : 'M'}${x(point.at)} ${y(point.value)}`;
    })
    .join('');
}
