import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { COMMON, crawl, marker, plantCanaries, walk, waysInto } from '../support/marked-site.js';
import { table } from '../access.table.js';

const IN = [
  'stranger',
  'visitor',
  'overstayed',
  'former',
  'suspended-one',
  'elsewhere',
  'friend',
  'writer',
  'moderator',
  'admin-one',
];
const ALL = ['guest', ...IN];
const TEAM = ['moderator', 'admin-one'];
const PLACE = ['friend', 'writer', ...TEAM];

/** Who may see which marker; anyone not listed may see it nowhere. */
const MAY: readonly (readonly [who: readonly string[], markers: readonly string[]])[] = [
  [
    ALL,
    ['town', 'circle', 'gate', 'hush', 'other-place'].flatMap((place) => [
      `${place}-sentence`,
      `${place}-purpose`,
    ]),
  ],
  [
    ['suspended-one', ...PLACE],
    ['town', 'circle', 'gate', 'hush'].map((place) => `${place}-welcome`),
  ],
  [['elsewhere', 'admin-one'], ['other-place-welcome']],
  [
    ALL,
    [
      'town-title',
      'town-body',
      'town-reply',
      'town-former',
      'alias-thread-title',
      'alias-thread-body',
      'urgent-thread-title',
      'urgent-thread-body',
      'shown-reply',
      'alias-reply',
      'crisis-reply',
    ],
  ],
  [IN, ['profile-about']],
  // Not visible to the stranger, who only has an account, nor to the former member.
  [PLACE, ['members-only-thread-title', 'members-only-thread-body', 'members-only-reply']],
  [
    ['visitor', ...PLACE],
    ['circle-title', 'circle-body', 'circle-reply'],
  ],
  [['visitor', 'former', ...PLACE], ['circle-former']],
  [
    PLACE,
    ['gate', 'hush'].flatMap((place) => [`${place}-title`, `${place}-body`, `${place}-reply`]),
  ],
  [
    ['former', ...PLACE],
    ['gate-former', 'hush-former'],
  ],
  [
    ['writer', ...TEAM],
    ['held', 'hidden', 'removed', 'withdrawn'].map((status) => `${status}-thread-title`),
  ],
  [
    ['writer', ...TEAM],
    ['held-thread-body', 'hidden-thread-body', 'held-reply', 'returned-reply', 'hidden-reply'],
  ],
  // Replies in a thread that is not shown: visible to their authors and to the team.
  [PLACE, ['held', 'hidden', 'removed', 'withdrawn'].map((status) => `${status}-thread-reply`)],
  // The data export of authors holds everything they wrote, including withdrawn posts.
  [
    ['writer'],
    ['removed-thread-body', 'removed-reply', 'withdrawn-thread-body', 'withdrawn-reply'],
  ],
  [
    ['writer'],
    [
      'town',
      'circle',
      'gate',
      'hush',
      ...['held', 'hidden', 'removed', 'withdrawn', 'members-only', 'urgent', 'alias'].map(
        (kind) => `${kind}-thread`,
      ),
    ].map((name) => `${name}-summary`),
  ],
  [
    ['writer', ...TEAM],
    [
      'shown',
      'held',
      'returned',
      'hidden',
      'removed',
      'withdrawn',
      'alias',
      'members-only',
      'crisis',
    ].map((kind) => `${kind}-reply-before`),
  ],
  [ALL, ['name', 'words', 'step'].map((part) => `shown-strategy-${part}`)],
  [['writer', 'admin-one'], ['name', 'words', 'step'].map((part) => `proposed-strategy-${part}`)],
  [
    ['writer', 'admin-one'],
    ['withdrawn-strategy-name', 'withdrawn-strategy-step'],
  ],
  [
    ['writer'],
    [
      'withdrawn-strategy-words',
      'declined-strategy-name',
      'declined-strategy-words',
      'declined-strategy-step',
      ...['shown', 'proposed', 'declined', 'withdrawn'].map((kind) => `${kind}-strategy-note`),
    ],
  ],
  [
    ['writer', ...TEAM],
    ['decision-reason', 'decision-message', 'appeal-statement', 'supporter-why'],
  ],
  [['friend'], ['report-note']],
  [TEAM, ['case-note', 'member-note', 'prompt-title', 'prompt-body']],
  [
    ['writer', 'admin-one'],
    ['group-wish', 'group-why'],
  ],
  [['writer'], ['join-answer', 'draft-body']],
  // The snapshot of a report is shown only once a moderator opens the case.
  [[], ['report-snapshot']],
];

/** Values that are random on every page. */
const DRAWN = /(?:name="(?:_csrf|idempotencyKey|draftKey|state)" value|data-passkey)="[^"]+"/g;

describe('the visibility of every text', () => {
  let site: TestApp;
  let planted: string[];
  let ways: string[];

  beforeAll(async () => {
    site = await testApp({ workers: false });
    planted = await plantCanaries(site);
    // Skip the event stream, which never ends, and /leave, which ends the session.
    ways = await waysInto(
      site,
      Object.keys(table).filter((row) => row.startsWith('GET ') && !/\/(stream|leave)$/.test(row)),
    );
    // Pages show the time, and rate limits depend on it: freeze the clock, so that two crawls can
    // be compared however long they take.
    site.clock.freeze();
  });
  afterAll(() => site.close());

  /** All crawls come from one network: reset the rate limits before each. */
  const as = async (person: string) => {
    await site.make.rows('delete from rate_limits');
    return person === 'guest' ? site.browser() : site.as(person);
  };

  it('is specified for every planted marker', () => {
    expect(ways.length).toBeGreaterThan(300);
    expect(MAY.flatMap(([, markers]) => markers).sort()).toEqual([...planted].sort());
  });

  it.each(ALL)('%s sees exactly the permitted markers across all pages', async (person) => {
    const seen = await crawl(await as(person), ways, planted);
    expect(seen.get('failures') ?? []).toEqual([]);
    const may = MAY.filter(([who]) => who.includes(person)).flatMap(([, markers]) => markers);
    const beyond = planted
      .filter((name) => seen.has(name) && !may.includes(name))
      .map((name) => `${name}: ${seen.get(name)?.join(' ') ?? ''}`);
    expect(beyond).toEqual([]);
    expect(planted.filter((name) => may.includes(name) && !seen.has(name))).toEqual([]);
  });

  it('a profile lists nothing written under an alias, held, or for members only', async () => {
    for (const person of ['stranger', 'friend', 'elsewhere', 'moderator']) {
      const { html, status } = await (await as(person)).get('/@writer');
      expect(status).toBe(200);
      for (const name of planted.filter((each) =>
        /^(alias|held|hidden|removed|withdrawn|returned|crisis|hush|draft)/.test(each),
      ))
        expect(html).not.toContain(marker(name));
      expect(html).not.toMatch(/quiet-lamp|soft-rain/);
    }
  });

  it('lists, searches and feeds leave out urgent posts', async () => {
    for (const person of ['guest', 'stranger', 'friend']) {
      const browser = await as(person);
      for (const path of [
        '/',
        '/feed',
        `/search?q=${COMMON}`,
        '/c/town/feed.atom',
        '/bridge?step=waiting',
        '/strategies/shown-strategy',
        '/sitemaps/threads-1.xml',
      ]) {
        const { html } = await browser.get(path);
        for (const name of ['urgent-thread-title', 'urgent-thread-body', 'crisis-reply'])
          expect(html).not.toContain(marker(name));
      }
    }
  });

  it('nothing that others can collect changes when an alias belongs to somebody else', async () => {
    // Skip pages that vary anyway: proposed handles are random, and metrics count requests.
    const open = ways.filter(
      (path) => !/^\/(notifications|digests|toolkit|settings|admin|mod|signup|metrics)/.test(path),
    );
    const collect = async (person: string): Promise<Map<string, string>> => {
      const pages = new Map<string, string>();
      await walk(
        await as(person),
        open,
        (path, html, status) => void pages.set(path, `${status} ${html.replace(DRAWN, '')}`),
      );
      return pages;
    };
    const before = [await collect('guest'), await collect('friend')];
    const [{ aliases }] = (await site.make.rows(
      `
        with twin as (select id from members where handle = 'twin'),
          a as (update thread_aliases set member_id = (select id from twin) returning id),
            p as (update posts
              set author_id = (select id from twin)
              where alias_id is not null
              returning id)
            select (select count(*)::int from a) + (select count(*)::int from p) as aliases`,
    )) as [{ aliases: number }];
    expect(aliases).toBeGreaterThan(1);
    const after = [await collect('guest'), await collect('friend')];
    for (const [at, pages] of before.entries())
      expect(
        [...pages].filter(([path, html]) => after[at]?.get(path) !== html).map(([path]) => path),
      ).toEqual([]);
  });
});
