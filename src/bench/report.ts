import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadResult } from './load.js';

/** One figure. Rates are responses in a second, times are in milliseconds. */
export interface Line {
  what: string;
  /** The formatted figure; null if the measurement failed, as `failed` explains. */
  figure: string | null;
  failed?: string;
  measured?: Spread;
  /** The bare server's figure with the same rows in the same run. */
  reference?: string;
  /** Ratio of the figure to the reference. */
  ratio?: number;
  /** The other checkout's figure, and the ratio of this one's rate to it. */
  against?: {
    figure: string | null;
    measured: Pick<Spread, 'perSecond'>;
    ratio: number | null;
  };
  goal?: string;
}

/** Medians of all rounds, with the minimum and maximum of the rate. */
export interface Spread extends LoadResult {
  least: number;
  most: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export function spreadOf(rounds: readonly LoadResult[]): Spread {
  const rates = rounds.map(({ perSecond }) => perSecond);
  const middle = (name: keyof LoadResult): number => median(rounds.map((each) => each[name]));
  return {
    perSecond: middle('perSecond'),
    p50: middle('p50'),
    p95: middle('p95'),
    p99: middle('p99'),
    cpu: middle('cpu'),
    requests: middle('requests'),
    failures: Math.max(...rounds.map(({ failures }) => failures)),
    least: Math.min(...rates),
    most: Math.max(...rates),
  };
}

/** Null if a request failed or none was answered: the speed of errors is meaningless. */
export function figureOf(spread: Spread): string | null {
  if (spread.failures > 0 || spread.requests === 0) return null;
  const { perSecond, least, most, p50, p95, p99, cpu } = spread;
  const rate = `${Math.round(perSecond)}/s (${Math.round(least)}–${Math.round(most)})`;
  const times = [p50, p95, p99].map((each) => each.toFixed(1)).join(' / ');
  return `${rate} p50/95/99 ${times} ms cpu ${cpu.toFixed(2)} ms`;
}

function textOf(line: Line): string {
  const ratio = (value: number | null | undefined): string =>
    value === undefined || value === null ? '' : value.toFixed(2);
  const parts = [
    line.figure ?? `FAILED: ${line.failed ?? 'unknown'}`,
    line.reference === undefined ? '' : `reference ${line.reference} ratio ${ratio(line.ratio)}`,
    line.against === undefined
      ? ''
      : `against ${line.against.figure ?? 'FAILED'} × ${ratio(line.against.ratio)}`,
    line.goal === undefined ? '' : `goal ${line.goal}`,
  ];
  return `${line.what}\n    ${parts.filter((part) => part !== '').join('\n    ')}\n`;
}

/**
 * Prints each line once it is measured, and saves all lines so far as JSON, so that an interrupted
 * run is not lost.
 */
export class Report {
  private readonly lines: Line[] = [];
  readonly path: string;

  constructor(
    folder: string,
    private readonly facts: object,
    private readonly print = (text: string): unknown => process.stdout.write(text),
  ) {
    this.path = join(folder, 'bench.json');
  }

  add(line: Line): void {
    this.lines.push(line);
    this.print(textOf(line));
    const lines = this.lines.map(({ measured, against, ...rest }) => ({
      ...rest,
      ...(rest.figure === null ? { failures: measured?.failures } : measured),
      against: against === undefined ? undefined : { ...against, measured: undefined },
      againstPerSecond: against?.figure == null ? undefined : against.measured.perSecond,
    }));
    writeFileSync(this.path, JSON.stringify({ ...this.facts, lines }, null, 2));
  }

  get failed(): number {
    return this.lines.filter(({ figure }) => figure === null).length;
  }
}
