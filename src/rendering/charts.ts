/**
 * Draws charts on the server, as SVG and HTML. They contain no styles: colours come from CSS
 * classes, and series also differ by dash pattern and marker. Every chart has a text alternative.
 */
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { escapeXml } from '../content/escape.js';
import {
  describedFrame,
  frame,
  gridLine,
  round,
  text,
  WIDTH,
  type Anchor,
  type ChartFrame,
} from './chart-parts.js';

interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export interface ChartOptions extends ChartFrame {
  /** Below the lines, or above each group of bars. */
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  /** Maximum of the scale; defaults to the largest value. */
  readonly most?: number;
  readonly formatValue?: (value: number) => string;
}

/** A value at a time in milliseconds. With `first` a pair is drawn, from `first` to `value`. */
interface TimePoint {
  at: number;
  value: number;
  first?: number;
}

export interface TimeChartOptions {
  /** Text alternative; every chart also has a table beside it. */
  title: string;
  from: number;
  to: number;
  least: number;
  most: number;
  /** Horizontal grid lines. */
  marks: { value: number; label: string }[];
  /** Labels below. */
  ticks: { at: number; label: string }[];
  /** Milliseconds. Points further apart are not connected, because nothing is known in between. */
  gap: number;
}

type Scale = ScaleLinear<number, number>;

/** Percentage of the width; the rest is for the value beside the bar. */
const LONGEST_BAR = 64;
const LINES = { height: 220, left: 96, right: 8, top: 12, bottom: 34, labels: 4 };
const TIME = { height: 190, left: 30, right: 8, top: 12, bottom: 34 };

/**
 * Horizontal bars, with a label above each group and the value beside each bar. The texts are HTML,
 * so that they wrap on a phone and grow with the reader's text size.
 */
export function bars(options: ChartOptions): string {
  const format = options.formatValue ?? String;
  const length = scaleLinear([0, largest(options)], [0, LONGEST_BAR]);
  const bar = (value: number | null, n: number): string => {
    const width = value === null ? 0 : round(length(value));
    const drawn = value === null || value === 0 ? width : Math.max(1, width);
    return (
      `<span class="bars__row"><svg class="bars__bar" width="${drawn}%" focusable="false">` +
      `<rect class="chart__mark chart__mark--${n + 1}" width="100%" height="100%"/></svg>` +
      `<span class="bars__value">${value === null ? '–' : escapeXml(format(value))}</span></span>`
    );
  };
  const groups = options.labels.map((label, at) => {
    const drawn = options.series.map(({ values }, n) => bar(values[at] ?? null, n));
    const name = `<span class="bars__label">${escapeXml(label)}</span>`;
    return `<span class="bars__group">${name}${drawn.join('')}</span>`;
  });
  const [title, description] = [`${options.id}-title`, `${options.id}-text`];
  return (
    `<div class="bars" role="img" aria-labelledby="${title} ${description}">` +
    `<span id="${title}" hidden>${escapeXml(options.title)}</span>` +
    `<span id="${description}" hidden>${escapeXml(options.description)}</span>` +
    `${groups.join('')}</div>`
  );
}

/** Lines over equidistant steps; a missing value leaves a gap. */
export function lines(options: ChartOptions): string {
  const format = options.formatValue ?? String;
  const steps = options.labels.length - 1;
  const most = largest(options);
  const x = scaleLinear([0, steps], [LINES.left, WIDTH - LINES.right]);
  if (steps < 1) x.domain([-1, 1]);
  const y = scaleLinear([0, most], [LINES.height - LINES.bottom, LINES.top]);
  const every = Math.max(1, Math.ceil(options.labels.length / LINES.labels));
  const parts = [
    ...[0, most / 2, most].flatMap((value) => [
      gridLine(LINES.left, LINES.right, y(value)),
      text(LINES.left - 6, y(value) + 5, format(round(value)), {
        kind: 'chart__value',
        anchor: 'end',
      }),
    ]),
    ...options.labels.flatMap((label, at) =>
      at % every === 0
        ? [
            text(x(at), LINES.height - 10, label, {
              kind: 'chart__label',
              anchor: anchorOf(at, steps),
            }),
          ]
        : [],
    ),
    ...options.series.flatMap(({ values }, n) => {
      const points = values.map((value, at) => (value === null ? null : { at, value }));
      return [
        `<path class="chart__line chart__line--${n + 1}" d="${linePath(points, x, y)}"/>`,
        ...points.flatMap((point) =>
          point === null ? [] : [circle(`chart__mark chart__mark--${n + 1}`, x, y, point, 2.5)],
        ),
      ];
    }),
  ];
  return describedFrame(options, LINES.height, parts);
}

/** Values on a time scale. */
export function timeChart(points: readonly TimePoint[], options: TimeChartOptions): string {
  const end = Math.max(options.to, options.from + 1);
  const x = scaleLinear([options.from, end], [TIME.left, WIDTH - TIME.right]);
  const y = scaleLinear([options.least, options.most], [TIME.height - TIME.bottom, TIME.top]);
  const shown = points
    .filter(({ at }) => at >= options.from && at <= options.to)
    .sort((a, b) => a.at - b.at);
  const marks = options.marks.flatMap(({ value, label }) => [
    gridLine(TIME.left, TIME.right, y(value)),
    text(TIME.left - 8, y(value), label, { anchor: 'end', centred: true }),
  ]);
  const ticks = options.ticks.map(({ at, label }, index) =>
    text(x(at), TIME.height - 8, label, { anchor: anchorOf(index, options.ticks.length - 1) }),
  );
  const drawn = shown.some(({ first }) => first !== undefined)
    ? shown.flatMap((point) => pair(point, x, y))
    : [
        `<path class="chart__line" d="${linePath(withGaps(shown, options.gap), x, y)}"/>`,
        ...shown.map((point) => circle('chart__mark', x, y, point, 2.5)),
      ];
  return frame(TIME.height, `aria-label="${escapeXml(options.title)}"`, [
    ...marks,
    ...ticks,
    ...drawn,
  ]);
}

function pair({ at, value, first = value }: TimePoint, x: Scale, y: Scale): string[] {
  return [
    `<path class="chart__line" d="M${round(x(at))} ${round(y(first))}V${round(y(value))}"/>`,
    circle('chart__open', x, y, { at, value: first }, 3.5),
    circle('chart__mark', x, y, { at, value }, 3.5),
  ];
}

function withGaps(points: readonly TimePoint[], gap: number): (TimePoint | null)[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    return before !== undefined && point.at - before.at > gap ? [null, point] : [point];
  });
}

/** The `d` attribute of a path. d3 closes the path of a single point, which must stay open here. */
function linePath(points: readonly (TimePoint | null)[], x: Scale, y: Scale): string {
  let path = '';
  line<TimePoint | null>()
    .defined((point) => point !== null)
    .x((point) => round(x(point?.at ?? 0)))
    .y((point) => round(y(point?.value ?? 0)))
    .context({
      moveTo: (left: number, top: number) => (path += `M${left} ${top}`),
      lineTo: (left: number, top: number) => (path += `L${left} ${top}`),
      closePath: () => path,
    } as unknown as CanvasRenderingContext2D)([...points]);
  return path;
}

function circle(kind: string, x: Scale, y: Scale, { at, value }: TimePoint, size: number): string {
  return `<circle class="${kind}" cx="${round(x(at))}" cy="${round(y(value))}" r="${size}"/>`;
}

// Anchors keep the first and the last label inside the chart.
function anchorOf(index: number, last: number): Anchor {
  if (index === 0) return 'start';
  return index === last ? 'end' : 'middle';
}

function largest(options: ChartOptions): number {
  const values = options.series.flatMap((series) => series.values.map((value) => value ?? 0));
  return Math.max(1, options.most ?? 0, ...values);
}
