import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../../test/support/app.js';
import { textOf } from '../../test/support/browser.js';
import { hashPassword } from '../accounts/password.js';
import { HANDLE } from '../accounts/handles.js';
import { CONTENT_NOTES } from '../content/content-notes.js';
import { StrategyPacks } from '../coping-strategies/packs/strategy-packs.service.js';
import { Database } from '../kernel/database.js';
import { Vault } from '../vault/vault.js';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './demo-accounts.js';
import { demoCommunities } from './demo-files.js';
import { lifeCases, lifeOfPeople } from './life-files.js';
import { loadDemo } from './demo.js';
import { loadStarter } from './starter.js';

const communities = demoCommunities();
const threads = communities.flatMap((community) => community.threads);

describe('the demo communities', () => {
  let site: TestApp;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await loadStarter(site.sql, site.app.get(StrategyPacks, { strict: false }));
    expect(
      await loadDemo(
        site.app.get(Database),
        site.app.get(Vault),
        site.clock.now(),
        await hashPassword(DEMO_PASSWORD),
      ),
    ).toBe(true);
  });
  afterAll(() => site.close());

  it('are sufficient, and public ones are readable by guests', async () => {
    expect(communities.length).toBeGreaterThanOrEqual(8);
    expect(threads.length).toBeGreaterThanOrEqual(120);
    const page = textOf((await site.browser().get('/communities')).html);
    for (const { name, visibility } of communities)
      if (visibility !== 'unlisted') expect(page).toContain(name);
    for (const { slug } of communities)
      expect((await site.browser().get(`/c/${slug}`)).status).toBe(200);
  });

  it('keep to the rules of the site', () => {
    for (const community of communities) {
      expect(community.summary.length).toBeLessThanOrEqual(200);
      expect(community.guidelines.length).toBeGreaterThanOrEqual(5);
      expect(community.threads.some((thread) => thread.replies.length === 0)).toBe(true);
    }
    for (const thread of threads) {
      expect(thread.title.length).toBeLessThanOrEqual(120);
      for (const post of [thread, ...thread.replies]) {
        expect(post.author).toMatch(HANDLE);
        for (const note of post.contentWarnings) expect(CONTENT_NOTES).toContain(note);
      }
      expect(thread.summary === null).toBe(thread.contentWarnings.length === 0);
      for (const reply of thread.replies)
        expect(reply.afterHours).toBeLessThan(thread.daysAgo * 24);
    }
  });

  it('never contain forbidden words', () => {
    const all = JSON.stringify([communities, lifeCases(), lifeOfPeople()]);
    expect(all).not.toMatch(
      /commit(ted)? suicide|\b\d+ ?(mg|kcal|kg|lbs?)\b|calorie|https?:|@[a-z]+\.[a-z]/i,
    );
  });

  it('are tagged with strategies that are in the library', async () => {
    const tagged = threads
      .flatMap((thread) => [thread, ...thread.replies])
      .flatMap(({ strategies }) => strategies ?? []);
    expect(tagged.length).toBeGreaterThan(8);
    const rows = (await site.make.rows(
      'select s.slug from post_strategies ps join coping_strategies s on s.id = ps.strategy_id',
    )) as { slug: string }[];
    expect(rows.map(({ slug }) => slug).sort()).toEqual([...tagged].sort());
  });

  it('have content for each demo account', async () => {
    const as = async (role: string): Promise<(path: string) => Promise<string>> => {
      const browser = site.browser();
      await browser.post(
        '/login',
        {
          email: DEMO_ACCOUNTS.find((account) => account.as === role)?.email ?? '',
          password: DEMO_PASSWORD,
        },
        '/login',
      );
      return async (path) => textOf((await browser.get(path)).html);
    };
    const counts = (await site.make.rows(
      `select kind, state, count(*)::int as count from review_cases group by kind, state`,
    )) as { kind: string; state: string; count: number }[];
    expect(
      counts
        .filter(({ state }) => state === 'open')
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['appeal', 'member', 'post', 'strategy']);
    expect(
      counts.reduce((all, { state, count }) => (state === 'open' ? all + count : all), 0),
    ).toBeGreaterThanOrEqual(30);
    expect(counts.find(({ state }) => state === 'closed')?.count).toBeGreaterThan(20);
    const moderator = await as('moderator');
    expect(await moderator('/mod')).toContain('lantern-mod');
    const some = (await site.make.rows(
      `select distinct on (kind, state, outcome) id from review_cases`,
    )) as { id: string }[];
    for (const { id } of some) expect(await moderator(`/mod/cases/${id}`)).toContain(`Case ${id}`);
    const member = await as('member');
    expect(await member('/toolkit')).toContain('At night');
    expect(await member('/toolkit')).toContain('lamp posts');
    expect(await member('/toolkit/card')).toContain('The dog needs his walk');
    expect(await member('/toolkit/plan')).toContain('A longer breath out');
    expect(await member('/c/grief/new')).toContain('I have not decided whether I want to');
    expect(await member('/mine')).toContain('supermarket queue');
  });

  it('list their latest decisions first in the audit log', async () => {
    const rows = await site.make.rows(
      `select d.created_at as at
       from decisions d
       where d.action in ('publish', 'dismiss')
       order by d.id`,
    );
    const times = (rows as { at: Date }[]).map(({ at }) => at.getTime());
    expect(times.length).toBeGreaterThan(10);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  it('are loaded once', async () => {
    expect(await loadDemo(site.app.get(Database), site.app.get(Vault), site.clock.now(), 'x')).toBe(
      false,
    );
  });

  it.each(DEMO_ACCOUNTS)('$as can log in', async ({ email }) => {
    const browser = site.browser();
    expect(
      (await browser.post('/login', { email, password: DEMO_PASSWORD }, '/login')).location,
    ).toBe('/');
    expect((await browser.get('/')).html).toContain('Waiting for a first reply');
  });
});
