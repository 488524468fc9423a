import { describedFrame, gridLine, round, text, WIDTH, type ChartFrame } from './chart-parts.js';

/** Part of a day, as fractions from 0 to 1. */
export interface DayBar {
  readonly from: number;
  readonly to: number;
  /** Index of a narrow column within the day; null for the full width, drawn as an outline. */
  readonly lane: number | null;
}

export interface WeekChartOptions extends ChartFrame {
  readonly days: readonly { readonly label: string; readonly bars: readonly DayBar[] }[];
  /** Labels for hours at the side, by fraction of the day. */
  readonly hours: readonly { readonly at: number; readonly label: string }[];
  readonly lanes: number;
}

const LEFT = 56;
const TOP = 28;
const HEIGHT = 240;

/**
 * Draws a week as seven columns, on the server and without styles. It shows when shifts are; a
 * table beside it says whose they are.
 */
export function weekChart(options: WeekChartOptions): string {
  const column = (WIDTH - LEFT) / options.days.length;
  const y = (part: number): number => round(TOP + part * HEIGHT);
  const parts = [
    ...options.hours.flatMap(({ at, label }) => [
      gridLine(LEFT, 0, y(at)),
      text(LEFT - 6, y(at) + 5, label, { kind: 'chart__value', anchor: 'end' }),
    ]),
    ...options.days.flatMap(({ label, bars }, day) => {
      const left = LEFT + day * column;
      return [
        `<path class="chart__grid" d="M${round(left)} ${TOP}V${TOP + HEIGHT}"/>`,
        text(left + column / 2, TOP - 10, label, { kind: 'chart__label', anchor: 'middle' }),
        ...bars.map((bar) => drawn(bar, left, column / options.lanes, column, y)),
      ];
    }),
  ];
  return describedFrame(options, TOP + HEIGHT + 8, parts);
}

function drawn(
  { from, to, lane }: DayBar,
  left: number,
  narrow: number,
  wide: number,
  y: (part: number) => number,
): string {
  const x = round(left + (lane ?? 0) * narrow + 1);
  const width = round((lane === null ? wide : narrow) - 2);
  const height = round(Math.max(3, y(to) - y(from)));
  const kind = lane === null ? 'chart__gap' : `chart__mark chart__mark--${lane + 1}`;
  return `<rect class="${kind}" x="${x}" y="${y(from)}" width="${width}" height="${height}"/>`;
}
