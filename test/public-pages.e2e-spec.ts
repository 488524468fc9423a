import type { IncomingMessage, Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PageMemory } from '../src/http/page-memory.js';
import { Sql } from '../src/kernel/sql.js';
import type { BoundedCache } from '../src/rendering/bounded-cache.js';
import { testApp, type TestApp } from './support/app.js';
import { connected } from './support/databases.js';
import { eventually } from './support/eventually.js';
import { publicStage } from './support/public-stage.js';
import { changesOf, type ColumnChange } from './support/column-changes.js';
import { transactionsEnded } from './support/transactions.js';

/** Tables that pages only join for members. */
const OF_MEMBERS = [
  'drafts',
  'guideline_acknowledgements',
  'prompt_threads',
  'strategy_hides',
  'thread_follows',
  'thread_saves',
  'threads_passed_on',
  'toolkit_items',
];

/**
 * Request properties that may be read for a guest: those in `PageVariety`, and those that do not
 * affect content.
 */
const HEADERS = ['accept-encoding', 'accept-language', 'cookie'];
const NO_WORDS = [
  // Of a body, which these requests lack.
  'content-length',
  'content-type',
  'transfer-encoding',
  // Node's own, and those for counting visitors.
  'connection',
  'if-modified-since',
  'if-none-match',
  'host',
  'x-forwarded-for',
  'x-forwarded-proto',
];

describe('public pages in memory', () => {
  let site: TestApp;
  let memory: PageMemory;
  let pages: readonly string[];
  let read: ReadonlyMap<string, ReadonlySet<string>>;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    memory = site.app.get(PageMemory);
    pages = await publicStage(site.make);
    site.clock.freeze();
    read = await tablesRead();
  });
  afterAll(() => site.close());
  beforeEach(async () => {
    memory.clear();
    await newMark();
  });

  /** Makes earlier writes visible on pages rendered from now on. */
  const newMark = async (): Promise<void> => {
    await transactionsEnded(site.make);
    // A mark is valid for a second.
    site.clock.move(2_000);
  };

  const get = async (path: string, headers: Record<string, string> = {}): Promise<string> => {
    const answer = await fetch(site.url + path, { headers });
    expect([path, answer.status]).toEqual([path, 200]);
    const head = [...answer.headers].filter(
      ([name]) => !['date', 'content-length', 'transfer-encoding'].includes(name),
    );
    return JSON.stringify(head.sort()) + (await answer.text());
  };
  const anew = (path: string, headers?: Record<string, string>): Promise<string> => {
    memory.clear();
    return get(path, headers);
  };
  const hits = async (work: () => Promise<unknown>): Promise<number> => {
    const before = memory.counts.hits;
    await work();
    return memory.counts.hits - before;
  };

  /** The tables that each page reads for a guest, from the plans of its statements. */
  async function tablesRead(): Promise<Map<string, Set<string>>> {
    const sql = site.app.get(Sql);
    const found = new Map<string, Set<string>>();
    const rows = sql.rows.bind(sql) as (...args: unknown[]) => Promise<unknown[]>;
    for (const path of pages) {
      const asked: { text: string; values: unknown[] }[] = [];
      sql.rows = ((what: { text: string; names: string[] }, parameters: object = {}) => {
        const given = parameters as Record<string, unknown>;
        asked.push({ text: what.text, values: what.names.map((name) => given[name]) });
        return rows(what, parameters);
      }) as never;
      await anew(path);
      sql.rows = rows as never;
      const tables = new Set<string>();
      await connected(site.config.DATABASE_URL ?? '', async (client) => {
        for (const { text, values } of asked) {
          const { rows: plan } = await client.query(`explain (format json) ${text}`, values);
          for (const [, name] of JSON.stringify(plan).matchAll(/"Relation Name":"(\w+)"/g))
            if (name !== undefined && name !== 'page_changes') tables.add(name);
        }
      });
      found.set(path, tables);
    }
    return found;
  }
  const all = (): string[] => [...new Set([...read.values()].flatMap((each) => [...each]))].sort();
  const readersOf = (table: string): string[] =>
    [...read].flatMap(([path, tables]) => (tables.has(table) ? [path] : []));

  it('are answered from memory, as they were', async () => {
    for (const path of pages) {
      const made = await anew(path);
      expect(await hits(async () => expect(await get(path)).toBe(made))).toBe(1);
    }
  });

  it('are kept from the second request on, once there is something in the memory', async () => {
    const pagesKept = Reflect.get(memory, 'pages') as BoundedCache<unknown>;
    const path = '/about?kept=1';
    pagesKept.set('filling', null, site.config.PAGE_MEMORY_MB * 1_024 * 128 - 1);
    expect(await hits(() => get('/about?kept=0').then(() => get('/about?kept=0')))).toBe(1);
    const { first } = memory.counts;
    const answers = [await get(path), await get(path)];
    expect(memory.counts.first).toBe(first + 1);
    expect(await hits(async () => answers.push(await get(path)))).toBe(1);
    expect(new Set(answers).size).toBe(1);
  });

  it('are made anew for a member, and where the answer is for one reader alone', async () => {
    await site.make.member('reader');
    const reader = await site.as('reader');
    for (const path of pages) await get(path);
    for (const path of pages)
      expect(await hits(async () => expect((await reader.get(path)).status).toBe(200))).toBe(0);
    for (const cookie of ['notice=toolkit.notice.saved', 'own-writes=ff', 'session=wrong'])
      expect(await hits(() => get('/about', { cookie }))).toBe(0);
  });

  it('read no table that no trigger watches', async () => {
    const watched = await site.make.all<{ table: string }>(
      `select distinct tgrelid::regclass::text as "table" from pg_trigger where tgname like '%on_pages'`,
    );
    const known = watched.map(({ table }) => table);
    expect(all().length).toBeGreaterThan(20);
    expect(all().filter((table) => !known.includes(table) && !OF_MEMBERS.includes(table))).toEqual(
      [],
    );
    // No table has a needless trigger.
    expect(known.filter((table) => !all().includes(table))).toEqual([]);
  });

  describe('show every change at once', () => {
    let changes: ColumnChange[] = [];
    let shown = 0;
    let made = 0;
    const together = (paths: readonly string[]): Promise<string[]> =>
      Promise.all(
        paths.map(async (path) => {
          const answer = await fetch(site.url + path);
          const text = await answer.text();
          // A value that cannot be varied: the error page has an id of its own.
          return answer.status === 500 ? '500' : `${answer.status} ${text}`;
        }),
      );
    beforeAll(async () => {
      changes = await changesOf(
        site.make,
        all().filter((table) => !OF_MEMBERS.includes(table)),
      );
    });

    it('of any column of any row that they are made of', async () => {
      const wrong: string[] = [];
      for (const change of changes) {
        const { table, column } = change;
        const paths = readersOf(table);
        memory.clear();
        const before = await together(paths);
        if (!(await change.apply())) continue;
        made += 1;
        const answers = await together(paths);
        memory.clear();
        const fresh = await together(paths);
        paths.forEach((path, at) => {
          if (answers[at] !== fresh[at]) wrong.push(`${path} after ${table}.${column}`);
          if (before[at] !== fresh[at]) shown += 1;
        });
        await change.undo();
      }
      expect(wrong).toEqual([]);
      // Otherwise the test would prove nothing.
      expect(made).toBeGreaterThan(150);
      expect(shown).toBeGreaterThan(100);
    });
  });

  it('never answer one reader with what another one reads', async () => {
    const cookies = [
      'locale=es',
      'country=DE',
      'country=AU',
      'display=dark.large.wide.calm.off.none',
      'display=contrast.normal.normal.plain.shift.none',
      'shared=1',
      'guest=abc',
    ];
    const readers: Record<string, string>[] = [
      {},
      ...cookies.map((cookie) => ({ cookie })),
      ...['es', 'es-AR,es;q=0.9', 'en-NZ', 'de-AT,en;q=0.5', 'fr', '*'].map((wish) => ({
        'accept-language': wish,
      })),
      ...['br', 'gzip', 'identity', 'br;q=0, gzip', 'deflate', '*'].map((encoding) => ({
        'accept-encoding': encoding,
      })),
    ];
    for (const path of ['/', '/c/tea', '/help-now']) {
      const own: string[] = [];
      for (const reader of readers) own.push(await anew(path, reader));
      expect(new Set(own).size).toBeGreaterThan(12);
      memory.clear();
      for (const turn of [1, 2])
        for (const [at, reader] of readers.entries())
          expect([turn, reader, await get(path, reader)]).toEqual([turn, reader, own[at]]);
    }
  });

  it('are compressed for readers without compression, too', async () => {
    const plain = (): Promise<string> => get('/c/tea', { 'accept-encoding': 'identity' });
    const first = await plain();
    // It is compressed after it has been sent.
    await eventually(async () => (await hits(plain)) === 1, 'the page from memory');
    expect(await plain()).toBe(first);
  });

  it('read nothing else of a request', async () => {
    const seen = new Set<string>();
    const server = site.app.getHttpServer() as Server;
    const watch = (req: IncomingMessage): void => {
      req.headers = new Proxy(req.headers, {
        get: (headers, name) => {
          if (typeof name === 'string') seen.add(name.toLowerCase());
          return Reflect.get(headers, name) as unknown;
        },
      });
    };
    server.prependListener('request', watch);
    for (const path of pages) await anew(path);
    server.removeListener('request', watch);
    for (const name of HEADERS) expect(seen).toContain(name);
    expect([...seen].filter((name) => ![...HEADERS, ...NO_WORDS].includes(name))).toEqual([]);
  });

  it('follow the time: minutes to the minute, and what is open to its end', async () => {
    const thread = await site.make.thread({ community: 'tea' });
    for (let minute = 0; minute < 70; minute += 3) {
      const [path, kept] = [`/t/${thread}`, await get(`/t/${thread}`)];
      expect(await anew(path)).toBe(kept);
      site.clock.move(3 * 60_000);
    }
  });

  it('follow what people decide in another process on the very next request', async () => {
    const other = await testApp({
      workers: false,
      env: { DATABASE_URL: site.config.DATABASE_URL ?? '' },
    });
    try {
      const slug = await site.make.community({ slug: 'decided' });
      const thread = await site.make.thread({ community: slug, title: 'Of today' });
      const post = await site.make.reply({ thread, author: 'sharp', body: 'Sharp words' });
      const id = await site.make.case({ post, reasons: ['report.bullying'] });
      await site.make.join('deciding', slug, 'moderator');
      await site.make.member('boss', { role: 'admin' });
      const [moderator, author] = [await other.as('deciding'), await other.as('sharp')];
      const paths = [`/t/${thread}`, `/c/${slug}`];
      const seen = async (words: string): Promise<boolean[]> => {
        const answers = await Promise.all(paths.map((path) => site.browser().get(path)));
        return answers.map(({ html }) => html.includes(words));
      };
      // Requests each page twice, so that the second comes from memory.
      const kept = async (words: string): Promise<boolean[]> => {
        await newMark();
        await seen(words);
        expect(await hits(async () => expect((await seen(words)).length).toBe(2))).toBe(2);
        return seen(words);
      };
      expect(await kept('Sharp words')).toEqual([true, false]);
      await moderator.post(`/mod/cases/${id}/claim`);
      const decided = await moderator.post(`/mod/cases/${id}/decide`, {
        action: 'hide',
        rule: 'kind',
        reason: 'Thank you for writing. These words may hurt others.',
        version: '1',
      });
      expect(decided.status).toBe(303);
      expect(await seen('Sharp words')).toEqual([false, false]);

      const own = await site.make.reply({ thread, author: 'sharp', body: 'My own words' });
      expect(await kept('My own words')).toEqual([true, false]);
      expect((await author.post(`/posts/${own}/delete`)).status).toBe(303);
      expect(await seen('My own words')).toEqual([false, false]);

      expect(await kept('Of today')).toEqual([true, true]);
      const closed = await (
        await other.as('boss')
      ).post(`/admin/communities/${slug}/visibility`, {
        to: 'approval',
        reason: 'Too much at once',
        understood: 'on',
      });
      expect(closed.status).toBe(303);
      expect(await seen('Of today')).toEqual([false, false]);
    } finally {
      await other.close();
    }
  });

  it('show at once what comes and what goes', async () => {
    const thread = pages.find((path) => path.startsWith('/t/')) ?? '';
    const strategy = pages.find((path) => path.startsWith('/strategies/')) ?? '';
    const deeds: [what: string, pages: string[], deed: () => Promise<unknown>][] = [
      ['a reply', [thread, '/c/tea'], () => site.make.reply({ thread: thread.slice(3) })],
      ['a thread', ['/c/tea', '/communities'], () => site.make.thread({ community: 'tea' })],
      ['a community', ['/', '/communities'], () => site.make.community({ slug: 'a-new-one' })],
      [
        'a strategy',
        ['/strategies', strategy],
        () => site.make.strategy({ needs: ['tense'], minutes: 3 }),
      ],
      ...(
        [
          ['poll_votes', [thread]],
          ['post_quotes', [thread]],
          ['post_strategies', [thread, strategy]],
          ['strategy_feedback', [strategy]],
          ['check_ins', [strategy]],
          ['thread_updates', [thread]],
          ['community_fit', ['/communities', '/c/tea']],
          ['community_neighbours', ['/c/tea']],
          ['thread_folders', ['/c/tea']],
          ['resources', ['/resources']],
          ['polls', [thread]],
          ['memberships', ['/c/tea', thread]],
          ['posts', [thread, '/c/tea']],
          ['coping_strategies', ['/strategies']],
          ['threads', ['/c/tea', '/communities']],
          ['communities', ['/', '/communities']],
        ] as const
      ).map(([table, paths]): [string, string[], () => Promise<unknown>] => [
        table,
        [...paths],
        // Only replies: an opening post is deleted with its thread.
        () => site.make.rows(`delete from ${table} ${table === 'posts' ? 'where number > 1' : ''}`),
      ]),
    ];
    const look = async (path: string): Promise<string> => {
      const answer = await fetch(site.url + path);
      return `${answer.status} ${await answer.text()}`;
    };
    const faults: unknown[] = [];
    for (const [what, paths, deed] of deeds) {
      memory.clear();
      const before = await Promise.all(paths.map(look));
      await deed();
      const after = await Promise.all(paths.map(look));
      memory.clear();
      const fresh = await Promise.all(paths.map(look));
      paths.forEach((path, at) => {
        if (after[at] !== fresh[at]) faults.push(`${path} is not told of ${what}`);
        if (before[at] === fresh[at]) faults.push(`${path} does not show ${what}`);
      });
    }
    expect(faults).toEqual([]);
  });
});
