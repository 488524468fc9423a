import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DIFFICULTIES, SITUATIONS } from '../../src/communities/community-tags.js';
import { Clock } from '../../src/kernel/clock.js';
import { Database } from '../../src/kernel/database.js';
import { Resources } from '../../src/resources/resources.service.js';
import { loadDemo } from '../../src/seed/demo.js';
import { Screening } from '../../src/triage/screening.js';
import { Vault } from '../../src/vault/vault.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf } from '../support/browser.js';

describe('the finder', () => {
  let site: TestApp;
  beforeAll(async () => {
    site = await testApp();
    await site.make.community({ slug: 'harbour', visibility: 'public' });
    await site.make.community({ slug: 'closed-circle', visibility: 'members' });
  });
  afterAll(() => site.close());

  const find = async (q: string): Promise<string> => {
    const answer = await site.browser().get(`/find?q=${encodeURIComponent(q)}`);
    expect(answer.status).toBe(200);
    return answer.html;
  };
  const main = (html: string): string => html.slice(html.indexOf('<main'), html.indexOf('</main>'));

  it.each([
    ['I want to die', 'href="/help-now"'],
    ['my husband hits me', 'href="/help-now?topic&#x3D;abuse"'],
  ])('shows help first for "%s"', async (words, link) => {
    const html = main(await find(words));
    const help = html.indexOf(link);
    expect(help).toBeGreaterThan(-1);
    expect(help).toBeLessThan(html.indexOf('<form'));
  });

  it('always suggests something: at least groups that anyone may read', async () => {
    const html = main(await find('something that no group is for: zeppelins'));
    expect(html).toContain('/c/harbour');
    expect(html).not.toContain('/c/closed-circle');
    expect(textOf(html)).toContain('Anyone can read it');
  });

  it('works without screening', async () => {
    const screening = site.app.get(Screening, { strict: false });
    const { assess } = screening;
    screening.assess = () => {
      throw new Error('broken');
    };
    try {
      expect(main(await find('zeppelins again'))).toContain('/c/harbour');
    } finally {
      screening.assess = assess;
    }
  });
});

describe('the finder on the communities of the demo', () => {
  let site: TestApp;
  beforeAll(async () => {
    site = await testApp();
    const get = <T>(type: new (...args: never[]) => T): T => site.app.get(type, { strict: false });
    const now = get(Clock).now();
    expect(await loadDemo(get(Database), get(Vault), now, 'x')).toBe(true);
    expect(await get(Resources).load()).toBeGreaterThan(10);
  });
  afterAll(() => site.close());

  const find = async (query: string): Promise<string> => {
    const { html, status } = await site.browser().get(`/find?${query}`);
    expect(status).toBe(200);
    return html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  };
  const group = /class="card__title"><a href="\/c\/[a-z-]+"/;

  it.each([
    ...DIFFICULTIES.map((tag) => `difficulty=${tag}`),
    ...SITUATIONS.map((tag) => `situation=${tag}`),
  ])('a group and help for %s', async (query) => {
    const html = await find(query);
    expect(html).toMatch(group);
    expect(html).toMatch(/href="\/resources(\?need=[a-z-]+)?"/);
    if (html.includes('id="none"')) {
      expect(html).toContain('These are the closest communities');
      expect(html).toContain('class="help-line__name"');
    }
  });

  it.each(['self-harm', 'eating', 'substance-use'])('help first for %s', async (tag) => {
    const html = await find(`difficulty=${tag}`);
    expect(html.indexOf('notice--help')).toBeGreaterThan(-1);
    expect(html.indexOf('notice--help')).toBeLessThan(html.search(group));
  });

  it.each(['I want to die', 'my husband hits me', 'I cut myself', 'drinking too much'])(
    'help first and a group for “%s”',
    async (words) => {
      const html = await find(`q=${encodeURIComponent(words)}`);
      expect(html.indexOf('href="/help-now')).toBeGreaterThan(-1);
      expect(html.indexOf('href="/help-now')).toBeLessThan(html.search(group));
      expect(html).not.toContain('We do not have a community');
    },
  );

  it('searches show help first for the same words', async () => {
    for (const words of ['cutting', 'hurt myself', 'my husband hits me', 'drinking too much']) {
      const { html } = await site.browser().get(`/search?q=${encodeURIComponent(words)}`);
      const help = html.indexOf('notice--help');
      expect([words, help > -1 && help < html.indexOf('id="found"')]).toEqual([words, true]);
    }
    const { html } = await site.browser().get('/search?q=cutting+the+grass');
    expect(html).not.toContain('notice--help');
  });
});
