import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { freePort } from '../embedded/free-port.js';
import { randomFor } from '../seed/random.js';
import { CONNECTIONS, SECRET, type Ground, type BenchOptions } from './ground.js';
import { load, type LoadOptions, type Measured, type Shot } from './load.js';
import { residentMb, startCeiling, startWeb } from './processes.js';
import { median, type Line } from './report.js';
import { manyWriters, signIn } from './sessions.js';

async function rounds(wishes: BenchOptions, one: () => Promise<Measured>): Promise<Measured> {
  const all: Measured[] = [];
  for (let n = 0; n < wishes.rounds; n += 1) all.push(await one());
  const pick = (name: keyof Measured): number => median(all.map((each) => each[name]));
  return {
    perSecond: pick('perSecond'),
    p50: pick('p50'),
    p95: pick('p95'),
    p99: pick('p99'),
    requests: pick('requests'),
    failures: Math.max(...all.map((each) => each.failures)),
  };
}

function figureOf({ perSecond, p50, p99, failures }: Measured): string {
  const failed = failures > 0 ? ` (${failures} failed)` : '';
  return `${Math.round(perSecond)}/s p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} ms${failed}`;
}

/**
 * Reading and writing pages, each beside a bare server that does the same work for the same rows.
 */
export async function pagesBench({
  url,
  folder,
  first,
  last,
  long,
  wishes,
}: Ground): Promise<Line[]> {
  const lines: Line[] = [];
  const web = await startWeb(
    { DATABASE_URL: url, SECRET_KEY: SECRET, NODE_ENV: 'development', DATA_DIR: folder },
    await freePort(),
  );
  lines.push({
    what: 'start to first answer, data in place',
    figure: `${Math.round(web.startMs)} ms`,
    reference: '',
    ratio: null,
    goal: '≤ 2,000 ms',
  });
  const random = randomFor(7, 'bench');
  const someThread = (): string =>
    String(Number(first) + random.below(Math.max(1, Number(last) - Number(first))));
  const someCommunity = (): string => String(1 + random.below(100));
  const get: LoadOptions = {
    connections: CONNECTIONS,
    time: wishes.time,
    most: 200_000,
    expect: 200,
  };
  const signed = await signIn(url, web.base, first);
  const size = (await (await fetch(`${web.base}/t/${first}`)).text()).length;

  const compare = async (
    what: string,
    kind: 'thread' | 'community' | 'insert',
    goal: number,
    own: () => Shot,
    ownWishes = get,
  ): Promise<Measured> => {
    const ceiling = await startCeiling(url, size, kind);
    const id = kind === 'community' ? someCommunity : someThread;
    await load(web.base, own, { ...ownWishes, time: 1_000 });
    await load(ceiling.base, () => ({ path: `/${id()}` }), { ...get, time: 1_000 });
    const mine = await rounds(wishes, () => load(web.base, own, ownWishes));
    const bare = await rounds(wishes, () => load(ceiling.base, () => ({ path: `/${id()}` }), get));
    await ceiling.stop();
    lines.push({
      what,
      figure: figureOf(mine),
      reference: `${Math.round(bare.perSecond)}/s`,
      ratio: mine.perSecond / bare.perSecond,
      goal: `≥ ${goal}`,
    });
    return mine;
  };

  const guest = await compare('thread page, guest', 'thread', 0.6, () => ({
    path: `/t/${someThread()}`,
  }));
  lines.push({
    what: 'thread page, p99 ÷ p50',
    figure: (guest.p99 / guest.p50).toFixed(1),
    reference: '',
    ratio: null,
    goal: '≤ 4',
  });
  await compare('thread page, member', 'thread', 0.45, () => ({
    path: `/t/${someThread()}`,
    cookie: signed.cookie,
  }));
  const slugs = async (): Promise<string[]> => {
    const db = new pg.Client({ connectionString: url });
    await db.connect();
    const found = await db.query<{ slug: string }>(
      `select slug from communities where slug like 'bulk-%'`,
    );
    await db.end();
    return found.rows.map((row) => row.slug);
  };
  const places = await slugs();
  await compare('community page, member', 'community', 0.4, () => ({
    path: `/c/${random.pick(places)}`,
    cookie: signed.cookie,
  }));
  await compare('home page, member', 'community', 0.4, () => ({
    path: '/',
    cookie: signed.cookie,
  }));
  // Many members take turns: one alone would soon be asked to wait.
  const writers = await manyWriters(url, first);
  let sent = 0;
  const reply = (): Shot => {
    const { thread, cookie, token } = writers[sent % writers.length] ?? {
      thread: first,
      cookie: signed.cookie,
      token: signed.token,
    };
    sent += 1;
    return {
      path: `/t/${thread}/replies`,
      cookie,
      body: new URLSearchParams({
        _csrf: token,
        body: `A reply of some words, as people write them, number ${sent}.`,
        idempotencyKey: randomBytes(9).toString('hex'),
      }).toString(),
    };
  };
  await compare('reply by form', 'insert', 0.35, reply, { ...get, expect: 303 });
  const longPages = async (page: number): Promise<number> =>
    (
      await rounds(wishes, () =>
        load(web.base, () => ({ path: `/t/${long}?page=${page}` }), {
          ...get,
          connections: 1,
          time: 1_500,
        }),
      )
    ).p50;
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  const lastPage =
    Math.floor(
      (Number(
        (
          await db.query<{ last: string }>(
            'select next_number - 1 as last from threads where id = $1',
            [long],
          )
        ).rows[0]?.last ?? 1,
      ) -
        1) /
        20,
    ) + 1;
  await db.end();
  const [firstP50, lastP50] = [await longPages(1), await longPages(lastPage)];
  lines.push({
    what: `last page of a long thread (${lastPage} pages) ÷ first`,
    figure: `${lastP50.toFixed(2)} ms`,
    reference: `${firstP50.toFixed(2)} ms`,
    ratio: lastP50 / firstP50,
    goal: '≤ 1.2',
  });
  lines.push({
    what: 'resident memory of the web process after the load',
    figure: `${residentMb(web.pid)} MB`,
    reference: '',
    ratio: null,
    goal: '≤ 200 MB',
  });
  await web.stop();
  return lines;
}
