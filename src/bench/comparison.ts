import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';
import { freePort } from '../embedded/free-port.js';
import { SECRET, type Ground } from './ground.js';
import { LoadGenerator, type LoadOptions, type Measured, type Shot } from './load.js';
import { startCeiling, startWeb, type ReferenceKind, type Running } from './processes.js';
import { figureOf, spreadOf, type Line, type Report, type Spread } from './report.js';

/** This checkout. */
const OWN = fileURLToPath(new URL('../..', import.meta.url));

export interface Comparison {
  what: string;
  /** Requests to repeat in turn. Replies need different ones for the two checkouts. */
  shots: readonly Shot[] | ((checkout: number) => readonly Shot[]);
  goal?: string;
  expect?: number;
  connections?: number;
  reference?: { kind: ReferenceKind; ids: () => string };
}

/**
 * The web processes of this checkout and of the one it is compared with, each on a copy of the same
 * data. Measurements alternate between both and the reference, so that a drift in machine speed
 * favours none of them.
 */
export class WebProcessPair {
  private constructor(
    private readonly ground: Ground,
    private readonly report: Report,
    private readonly generator: LoadGenerator,
    readonly own: Running & { startMs: number },
    readonly other: (Running & { startMs: number }) | null,
  ) {}

  static async start(ground: Ground, report: Report): Promise<WebProcessPair> {
    const environmentOf = (url: string): Record<string, string> => ({
      DATABASE_URL: url,
      SECRET_KEY: SECRET,
      NODE_ENV: 'development',
      DATA_DIR: ground.folder,
    });
    const against = ground.options.against === null ? null : resolve(ground.options.against);
    // Must be copied before anything connects to the original.
    const url = against === null ? null : await ground.copyFor(against);
    const own = await startWeb(OWN, environmentOf(ground.url), await freePort());
    const other =
      against === null || url === null
        ? null
        : await startWeb(against, environmentOf(url), await freePort());
    return new WebProcessPair(ground, report, new LoadGenerator(), own, other);
  }

  get all(): Running[] {
    return this.other === null ? [this.own] : [this.own, this.other];
  }

  /** Measures one figure and reports it. @returns that of this checkout */
  async compare({
    what,
    shots,
    goal,
    expect,
    connections,
    reference,
  }: Comparison): Promise<Spread> {
    const options: LoadOptions = {
      connections: connections ?? this.ground.options.connections,
      time: this.ground.options.time,
      expect: expect ?? 200,
    };
    const shotsOf = typeof shots === 'function' ? shots : () => shots;
    const targets = this.all.map((web, n) => ({ web, shots: shotsOf(n), options }));
    const ceiling = reference === undefined ? null : await this.ceiling(reference, targets[0]);
    if (ceiling !== null && reference !== undefined) {
      const asked = Array.from({ length: 2_000 }, () => ({ path: `/${reference.ids()}` }));
      targets.push({ web: ceiling, shots: asked, options: { ...options, expect: 200 } });
    }
    const rounds = targets.map((): Measured[] => []);
    try {
      for (const { web, shots: asked, options: each } of targets)
        await this.generator.load(web, asked, { ...each, time: Math.min(1_000, each.time) });
      for (let round = 0; round < this.ground.options.rounds; round += 1)
        for (let turn = 0; turn < targets.length; turn += 1) {
          const at = (turn + round) % targets.length;
          const target = targets[at];
          if (target !== undefined)
            rounds[at]?.push(await this.generator.load(target.web, target.shots, target.options));
        }
    } finally {
      await ceiling?.stop();
    }
    const [own, ...rest] = rounds.map(spreadOf);
    if (own === undefined) throw new Error('nothing was measured');
    const other = this.other === null ? undefined : rest[0];
    const bare = ceiling === null ? undefined : rest.at(-1);
    this.report.add(lineOf(what, own, other, bare, goal));
    return own;
  }

  async stop(): Promise<void> {
    this.generator.stop();
    await Promise.all(this.all.map((web) => web.stop()));
  }

  // Responds with prebuilt text of the same size as the page.
  private async ceiling(
    { kind }: NonNullable<Comparison['reference']>,
    target: { web: Running; shots: readonly Shot[] } | undefined,
  ): Promise<Running> {
    const shot = target?.shots[0];
    let size = 0;
    if (target !== undefined && shot?.body === undefined) {
      const headers = shot?.cookie === undefined ? {} : { cookie: shot.cookie };
      const page = await fetch(`${target.web.base}${shot?.path ?? '/'}`, { headers });
      size = (await page.text()).length;
    }
    return startCeiling(this.ground.url, size, kind);
  }
}

function lineOf(
  what: string,
  own: Spread,
  other: Spread | undefined,
  bare: Spread | undefined,
  goal: string | undefined,
): Line {
  const figure = figureOf(own);
  const line: Line = { what, figure, measured: own };
  if (goal !== undefined) line.goal = goal;
  if (figure === null) line.failed = `${own.failures} in one round`;
  if (bare !== undefined) {
    line.reference = figureOf(bare) ?? 'FAILED';
    if (figure !== null && bare.failures === 0) line.ratio = own.perSecond / bare.perSecond;
  }
  if (other !== undefined) {
    const theirs = figureOf(other);
    const both = figure !== null && theirs !== null;
    line.against = {
      figure: theirs,
      measured: other,
      ratio: both ? own.perSecond / other.perSecond : null,
    };
  }
  return line;
}
