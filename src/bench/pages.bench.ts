import pg from 'pg';
import { randomFor } from '../seed/random.js';
import { WebProcessPair, type Comparison } from './comparison.js';
import type { BenchDatabase } from './bench-database.js';
import { residentMb } from './processes.js';
import { figureOf, type Report } from './report.js';
import { manyWriters, signIn, type Writer } from './sessions.js';
import type { RequestTemplate } from './load.js';

const REQUESTS = 4_000;

/**
 * Reading and writing pages, each compared with a bare server that does the same work on the same
 * rows.
 */
export async function pagesBench(database: BenchDatabase, report: Report): Promise<void> {
  const { url, first, last, long, options } = database;
  const signed = await signIn(url, first);
  const places = await slugs(url);
  // Many members take turns, as a single one would hit the rate limit.
  const writers = await manyWriters(url, first, 10_000);
  const webs = await WebProcessPair.start(database, report);
  const random = randomFor(7, 'bench');
  const someThread = (): string =>
    String(Number(first) + random.below(Math.max(1, Number(last) - Number(first))));
  const many = (one: () => RequestTemplate): RequestTemplate[] =>
    Array.from({ length: REQUESTS }, one);
  const thread = { kind: 'thread', ids: someThread } as const;
  const community = { kind: 'community', ids: () => String(1 + random.below(100)) } as const;
  const { cookie } = signed;
  try {
    report.add({
      what: 'start to first answer, data in place',
      figure: `${Math.round(webs.own.startMs)} ms`,
      ...(webs.other === null ? {} : { reference: `${Math.round(webs.other.startMs)} ms` }),
      goal: '≤ 1,500 ms',
    });
    const guests = many(() => ({ path: `/t/${someThread()}` }));
    const pages: Comparison[] = [
      { what: 'thread page, guest', requests: guests, reference: thread, goal: '≥ 0.60' },
      { what: 'thread page, guest, 64 connections', requests: guests, connections: 64 },
      {
        what: 'thread page, member',
        requests: guests.map(({ path }) => ({ path, cookie })),
        reference: thread,
        goal: '≥ 0.45',
      },
      {
        what: 'community page, guest',
        requests: many(() => ({ path: `/c/${random.pick(places)}` })),
        reference: community,
        goal: '≥ 0.45',
      },
      {
        what: 'community page, member',
        requests: many(() => ({ path: `/c/${random.pick(places)}`, cookie })),
        reference: community,
        goal: '≥ 0.45',
      },
      { what: 'home page, guest', requests: [{ path: '/' }], reference: community },
      {
        what: 'home page, member',
        requests: [{ path: '/', cookie }],
        reference: community,
        goal: '≥ 0.40',
      },
      { what: 'healthz', requests: [{ path: '/healthz' }] },
    ];
    for (const page of pages) {
      const { p50, p99, failures } = await webs.compare(page);
      if (failures === 0)
        report.add({
          what: `${page.what}, p99 ÷ p50`,
          figure: (p99 / p50).toFixed(1),
          goal: '≤ 4',
        });
    }
    await webs.compare({
      what: 'reply by form',
      requests: (checkout) => repliesOf(writers.filter((_, n) => n % 2 === checkout)),
      expect: 303,
      reference: { kind: 'insert', ids: someThread },
      goal: '≥ 0.45',
    });
    const end = await lastPage(url, long);
    const at = (page: number): Comparison => ({
      what: `a thread of ${end} pages, page ${page}`,
      requests: [{ path: `/t/${long}?page=${page}` }],
      connections: 1,
    });
    const [start, far] = [await webs.compare(at(1)), await webs.compare(at(end))];
    if (figureOf(start) !== null && figureOf(far) !== null)
      report.add({
        what: 'its last page ÷ its first, p50',
        figure: (far.p50 / start.p50).toFixed(2),
        goal: '≤ 1.2',
      });
    report.add({
      what: `resident memory of the web process after ${options.rounds} rounds of it all`,
      figure: `${residentMb(webs.own.pid)} MB`,
      ...(webs.other === null ? {} : { reference: `${residentMb(webs.other.pid)} MB` }),
      goal: '≤ 200 MB',
    });
  } finally {
    await webs.stop();
  }
}

function repliesOf(writers: readonly Writer[]): RequestTemplate[] {
  return writers.map(({ thread, cookie, token }, n) => ({
    path: `/t/${thread}/replies`,
    cookie,
    body: new URLSearchParams({
      _csrf: token,
      body: `A reply of some words, as people write them, number ${n}.`,
      idempotencyKey: 'KEY',
    }).toString(),
  }));
}

async function queried<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

async function slugs(url: string): Promise<string[]> {
  const rows = await queried<{ slug: string }>(
    url,
    `select slug from communities where slug like 'bulk-%'`,
  );
  return rows.map(({ slug }) => slug);
}

async function lastPage(url: string, thread: string): Promise<number> {
  const [row] = await queried<{ last: number }>(
    url,
    'select max(number) as last from posts where thread_id = $1',
    [thread],
  );
  return Math.floor(((row?.last ?? 1) - 1) / 20) + 1;
}
