import { escapeXml } from '../content/escape.js';

/** A span of a day: fractions of it, from 0 to 1. */
export interface DayBar {
  readonly from: number;
  readonly to: number;
  /** Which of the day's narrow columns, from 0; null for the whole width, drawn as an outline. */
  readonly lane: number | null;
}

export interface WeekChartOptions {
  /** Unique on its page; the ids of title and description begin with it. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly days: readonly { readonly label: string; readonly bars: readonly DayBar[] }[];
  /** Labels of hours at the side, by the fraction of the day. */
  readonly hours: readonly { readonly at: number; readonly label: string }[];
  readonly lanes: number;
}

const WIDTH = 640;
const LEFT = 60;
const TOP = 28;
const HEIGHT = 288;

/**
 * A week as seven columns, drawn on the server without a style. It shows where shifts stand; a
 * table beside it says who has them.
 */
export function weekChart(options: WeekChartOptions): string {
  const column = (WIDTH - LEFT) / options.days.length;
  const y = (part: number): number => round(TOP + part * HEIGHT);
  const parts = [
    ...options.hours.flatMap(({ at, label }) => [
      `<path class="chart__grid" d="M${LEFT} ${y(at)}H${WIDTH}"/>`,
      `<text class="chart__value" x="${LEFT - 6}" y="${round(y(at) + 5)}" text-anchor="end">` +
        `${escapeXml(label)}</text>`,
    ]),
    ...options.days.flatMap(({ label, bars }, day) => {
      const left = LEFT + day * column;
      return [
        `<path class="chart__grid" d="M${round(left)} ${TOP}V${TOP + HEIGHT}"/>`,
        `<text class="chart__label" x="${round(left + column / 2)}" y="${TOP - 10}" ` +
          `text-anchor="middle">${escapeXml(label)}</text>`,
        ...bars.map((bar) => drawn(bar, left, column / options.lanes, column, y)),
      ];
    }),
  ];
  const [title, description] = [`${options.id}-title`, `${options.id}-text`];
  return (
    `<svg class="chart" viewBox="0 0 ${WIDTH} ${TOP + HEIGHT + 8}" role="img" ` +
    `aria-labelledby="${title} ${description}">` +
    `<title id="${title}">${escapeXml(options.title)}</title>` +
    `<desc id="${description}">${escapeXml(options.description)}</desc>${parts.join('')}</svg>`
  );
}

function drawn(
  { from, to, lane }: DayBar,
  left: number,
  narrow: number,
  wide: number,
  y: (part: number) => number,
): string {
  const x = round(left + (lane ?? 0) * narrow + 2);
  const width = round((lane === null ? wide : narrow) - 4);
  const height = round(Math.max(3, y(to) - y(from)));
  const kind = lane === null ? 'chart__gap' : `chart__mark chart__mark--${lane + 1}`;
  return `<rect class="${kind}" x="${x}" y="${y(from)}" width="${width}" height="${height}"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
