import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { COMMON, crawl, marker, plantMarkers, walk, waysInto } from '../support/marked-site.js';
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

/** Who may meet what, by the place it was planted; whoever is not named meets it nowhere. */
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
  // Not the stranger's, who only has an account, nor the former member's.
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
  // Theirs who answered, in a thread that is not shown; and of those who look after it.
  [PLACE, ['held', 'hidden', 'removed', 'withdrawn'].map((status) => `${status}-thread-reply`)],
  // Their own copy holds all they wrote, also what they took back.
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
  // What was reported waits until a moderator opens the case.
  [[], ['report-snapshot']],
];

/** What is drawn anew for every page. */
const DRAWN = /(?:name="(?:_csrf|idempotencyKey|draftKey|state)" value|data-passkey)="[^"]+"/g;

describe('who meets what', () => {
  let site: TestApp;
  let planted: string[];
  let ways: string[];

  beforeAll(async () => {
    site = await testApp({ workers: false });
    planted = await plantMarkers(site);
    // The stream never ends, and leaving ends the session that looks.
    ways = await waysInto(
      site,
      Object.keys(table).filter((row) => row.startsWith('GET ') && !/\/(stream|leave)$/.test(row)),
    );
    // Pages tell the time and count tries by the clock: it stands, so that two walks can be
    // compared however long they take.
    site.clock.freeze();
  });
  afterAll(() => site.close());

  /** Every walk comes from the same network: each begins with nothing counted against it. */
  const as = async (person: string) => {
    await site.make.rows('delete from rate_limits');
    return person === 'guest' ? site.browser() : site.as(person);
  };

  it('knows of every place where words were planted', () => {
    expect(ways.length).toBeGreaterThan(300);
    expect(MAY.flatMap(([, markers]) => markers).sort()).toEqual([...planted].sort());
  });

  it.each(ALL)('%s meets on all pages together what they may, and nothing else', async (person) => {
    const met = await crawl(await as(person), ways, planted);
    expect(met.get('failures') ?? []).toEqual([]);
    const may = MAY.filter(([who]) => who.includes(person)).flatMap(([, markers]) => markers);
    const beyond = planted
      .filter((name) => met.has(name) && !may.includes(name))
      .map((name) => `${name}: ${met.get(name)?.join(' ') ?? ''}`);
    expect(beyond).toEqual([]);
    expect(planted.filter((name) => may.includes(name) && !met.has(name))).toEqual([]);
  });

  it('a profile tells of nothing written under another name, nor of what is held or for others', async () => {
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

  it('lists, searches and feeds leave out what is urgent', async () => {
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

  it('nothing that anybody else can collect changes when an alias is somebody else’s', async () => {
    // Proposed handles are drawn by lot, and the process counts what it serves.
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
