import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';
import { freePort } from '../embedded/free-port.js';
import { SECRET, type BenchDatabase } from './bench-database.js';
import { LoadGenerator, type LoadOptions, type LoadResult, type RequestTemplate } from './load.js';
import { startReferenceServer, startWeb, type ReferenceKind, type Running } from './processes.js';
import { figureOf, spreadOf, type Line, type Report, type Spread } from './report.js';

/** This checkout. */
const THIS_CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

export interface Comparison {
  what: string;
  /** Requests to repeat in turn. Replies need different ones for the two checkouts. */
  requests: readonly RequestTemplate[] | ((checkout: number) => readonly RequestTemplate[]);
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
    private readonly database: BenchDatabase,
    private readonly report: Report,
    private readonly generator: LoadGenerator,
    readonly own: Running & { startMs: number },
    readonly other: (Running & { startMs: number }) | null,
  ) {}

  static async start(database: BenchDatabase, report: Report): Promise<WebProcessPair> {
    const environmentOf = (url: string): Record<string, string> => ({
      DATABASE_URL: url,
      SECRET_KEY: SECRET,
      NODE_ENV: 'development',
      DATA_DIR: database.folder,
    });
    const against = database.options.against === null ? null : resolve(database.options.against);
    // Must be copied before anything connects to the original.
    const url = against === null ? null : await database.copyFor(against);
    const own = await startWeb(THIS_CHECKOUT, environmentOf(database.url), await freePort());
    const other =
      against === null || url === null
        ? null
        : await startWeb(against, environmentOf(url), await freePort());
    return new WebProcessPair(database, report, new LoadGenerator(), own, other);
  }

  get all(): Running[] {
    return this.other === null ? [this.own] : [this.own, this.other];
  }

  /** Measures one figure and reports it. @returns that of this checkout */
  async compare({
    what,
    requests,
    goal,
    expect,
    connections,
    reference,
  }: Comparison): Promise<Spread> {
    const options: LoadOptions = {
      connections: connections ?? this.database.options.connections,
      time: this.database.options.time,
      expect: expect ?? 200,
    };
    const requestsOf = typeof requests === 'function' ? requests : () => requests;
    const targets = this.all.map((web, n) => ({ web, requests: requestsOf(n), options }));
    const referenceServer =
      reference === undefined ? null : await this.startReference(reference, targets[0]);
    if (referenceServer !== null && reference !== undefined) {
      const asked = Array.from({ length: 2_000 }, () => ({ path: `/${reference.ids()}` }));
      targets.push({ web: referenceServer, requests: asked, options: { ...options, expect: 200 } });
    }
    const rounds = targets.map((): LoadResult[] => []);
    try {
      for (const { web, requests: asked, options: each } of targets)
        await this.generator.load(web, asked, { ...each, time: Math.min(1_000, each.time) });
      for (let round = 0; round < this.database.options.rounds; round += 1)
        for (let turn = 0; turn < targets.length; turn += 1) {
          const at = (turn + round) % targets.length;
          const target = targets[at];
          if (target !== undefined)
            rounds[at]?.push(
              await this.generator.load(target.web, target.requests, target.options),
            );
        }
    } finally {
      await referenceServer?.stop();
    }
    const [own, ...rest] = rounds.map(spreadOf);
    if (own === undefined) throw new Error('nothing was measured');
    const other = this.other === null ? undefined : rest[0];
    const bare = referenceServer === null ? undefined : rest.at(-1);
    this.report.add(lineOf(what, own, other, bare, goal));
    return own;
  }

  async stop(): Promise<void> {
    this.generator.stop();
    await Promise.all(this.all.map((web) => web.stop()));
  }

  // Responds with prebuilt text of the same size as the page.
  private async startReference(
    { kind }: NonNullable<Comparison['reference']>,
    target: { web: Running; requests: readonly RequestTemplate[] } | undefined,
  ): Promise<Running> {
    const template = target?.requests[0];
    let size = 0;
    if (target !== undefined && template?.body === undefined) {
      const headers = template?.cookie === undefined ? {} : { cookie: template.cookie };
      const page = await fetch(`${target.web.base}${template?.path ?? '/'}`, { headers });
      size = (await page.text()).length;
    }
    return startReferenceServer(this.database.url, size, kind);
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
