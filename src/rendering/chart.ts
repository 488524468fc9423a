/**
 * Charts drawn on the server: pure, without style of their own (colours come by CSS class), each
 * with a title and a description.
 */
export interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export interface ChartOptions {
  /** Unique on its page; ids of title and description begin with it. */
  readonly id: string;
  readonly title: string;
  /** In words what the picture shows, for those who do not see it. */
  readonly description: string;
  /** What stands along the bottom, or beside the bars. */
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  /** The largest value that has room; the largest of the data where it is not given. */
  readonly most?: number;
  /** How a value is written. */
  readonly say?: (value: number) => string;
}

const WIDTH = 640;
const BAR = 22;
const GAP = 14;
const LABEL = 20;
const LINE = { height: 260, left: 100, right: 12, top: 12, bottom: 34 };

/** Bars that lie: a label above each group, its value beside each bar. */
export function bars(wishes: ChartOptions): string {
  const say = wishes.say ?? String;
  const most = Math.max(1, wishes.most ?? 0, ...values(wishes));
  const group = LABEL + wishes.series.length * BAR + GAP;
  const parts = wishes.labels.flatMap((label, at) => {
    const top = at * group;
    return [
      text(0, top + 14, label, 'chart__label'),
      ...wishes.series.flatMap(({ values: row }, n) => {
        const value = row[at] ?? null;
        const y = top + LABEL + n * BAR;
        const width = value === null ? 0 : round((value / most) * (WIDTH - 110));
        return [
          `<rect class="chart__mark chart__mark--${n + 1}" x="0" y="${y}" width="${Math.max(width, value === null || value === 0 ? 0 : 2)}" height="${BAR - 6}"/>`,
          text(width + 8, y + 13, value === null ? '–' : say(value), 'chart__value'),
        ];
      }),
    ];
  });
  return frame(wishes, WIDTH, Math.max(group, wishes.labels.length * group), parts);
}

/**
 * Lines over time; a missing value leaves a gap. Series differ by dash and by mark, not by colour
 * alone.
 */
export function lines(wishes: ChartOptions): string {
  const say = wishes.say ?? String;
  const most = Math.max(1, wishes.most ?? 0, ...values(wishes));
  const inner = {
    width: WIDTH - LINE.left - LINE.right,
    height: LINE.height - LINE.top - LINE.bottom,
  };
  const x = (at: number): number =>
    round(
      LINE.left +
        (wishes.labels.length < 2
          ? inner.width / 2
          : (at / (wishes.labels.length - 1)) * inner.width),
    );
  const y = (value: number): number =>
    round(LINE.top + inner.height - (value / most) * inner.height);
  const every = Math.max(1, Math.ceil(wishes.labels.length / 4));
  const parts = [
    ...[0, 0.5, 1].flatMap((part) => [
      `<path class="chart__grid" d="M${LINE.left} ${y(part * most)}H${WIDTH - LINE.right}"/>`,
      text(LINE.left - 6, y(part * most) + 5, say(round(part * most)), 'chart__value', 'end'),
    ]),
    ...wishes.labels.flatMap((label, at) =>
      at % every === 0
        ? [
            text(
              x(at),
              LINE.height - 10,
              label,
              'chart__label',
              at === 0 ? 'start' : at === wishes.labels.length - 1 ? 'end' : 'middle',
            ),
          ]
        : [],
    ),
    ...wishes.series.flatMap(({ values: row }, n) => [
      `<path class="chart__line chart__line--${n + 1}" d="${path(row, x, y)}"/>`,
      ...row.flatMap((value, at) =>
        value === null
          ? []
          : [
              `<circle class="chart__mark chart__mark--${n + 1}" cx="${x(at)}" cy="${y(value)}" r="3.5"/>`,
            ],
      ),
    ]),
  ];
  return frame(wishes, WIDTH, LINE.height, parts);
}

function path(
  row: readonly (number | null)[],
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  let gap = true;
  return row
    .map((value, at) => {
      if (value === null) {
        gap = true;
        return '';
      }
      const step = `${gap ? 'M' : 'L'}${x(at)} ${y(value)}`;
      gap = false;
      return step;
    })
    .join('');
}

function frame(
  wishes: ChartOptions,
  width: number,
  height: number,
  parts: readonly string[],
): string {
  const [title, description] = [`${wishes.id}-title`, `${wishes.id}-text`];
  return `<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${title} ${description}"><title id="${title}">${escaped(wishes.title)}</title><desc id="${description}">${escaped(wishes.description)}</desc>${parts.join('')}</svg>`;
}

function text(
  x: number,
  y: number,
  words: string,
  kind: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
): string {
  return `<text class="${kind}" x="${x}" y="${y}"${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}>${escaped(words)}</text>`;
}

function values(wishes: ChartOptions): number[] {
  return wishes.series.flatMap(({ values: row }) =>
    row.filter((value): value is number => value !== null),
  );
}

function escaped(words: string): string {
  return words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
