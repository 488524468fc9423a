/** Building blocks shared by all charts. */
import { escapeXml } from '../content/escape.js';

export type Anchor = 'start' | 'middle' | 'end';

export interface ChartFrame {
  /** Unique on its page; prefix of the ids of title and description. */
  readonly id: string;
  readonly title: string;
  /** One sentence that describes the chart. */
  readonly description: string;
}

/**
 * Width in units of the drawing, about the pixels of a phone, so that text keeps its size there. On
 * wide screens the drawing is scaled up, and CSS reduces the font size.
 */
export const WIDTH = 360;

/** @param right margin at the right edge */
export function gridLine(left: number, right: number, top: number): string {
  return `<path class="chart__grid" d="M${left} ${round(top)}H${WIDTH - right}"/>`;
}

export function text(
  x: number,
  y: number,
  words: string,
  options: { kind?: string; anchor?: Anchor; centred?: boolean },
): string {
  const attributes = [
    ...(options.kind === undefined ? [] : [`class="${options.kind}"`]),
    `x="${round(x)}"`,
    `y="${round(y)}"`,
    ...((options.anchor ?? 'start') === 'start' ? [] : [`text-anchor="${options.anchor}"`]),
    ...(options.centred === true ? ['dominant-baseline="middle"'] : []),
  ];
  return `<text ${attributes.join(' ')}>${escapeXml(words)}</text>`;
}

/** An SVG frame with a title and a description, for people who cannot see the chart. */
export function describedFrame(
  options: ChartFrame,
  height: number,
  parts: readonly string[],
): string {
  const [title, description] = [`${options.id}-title`, `${options.id}-text`];
  return frame(height, `aria-labelledby="${title} ${description}"`, [
    `<title id="${title}">${escapeXml(options.title)}</title>`,
    `<desc id="${description}">${escapeXml(options.description)}</desc>`,
    ...parts,
  ]);
}

export function frame(height: number, label: string, parts: readonly string[]): string {
  const svg = `<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" ${label}>`;
  return `${svg}${parts.join('')}</svg>`;
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
