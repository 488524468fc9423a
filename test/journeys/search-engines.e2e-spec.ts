import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Answer, type Browser } from '../support/browser.js';

const META = '<meta name="robots" content="noindex">';
const KEPT_OUT =
  'Anyone can read this, even without an account. We ask search engines not to list it.';
const FOUND = 'Anyone can read this, even without an account, and search engines can find it.';

const described = {
  name: 'The town',
  summary: 'For testing',
  language: 'en',
  visitsAllowed: 'on',
  aliasesAllowed: 'on',
  preModeration: 'none',
  holdOnShift: 'crisis',
  holdOutside: 'crisis',
};

describe('search engines', () => {
  let site: TestApp;
  let guest: Browser;
  let boss: Browser;
  let writer: Browser;
  let before: string;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.member('boss', { role: 'admin' });
    await site.make.community({ slug: 'town' });
    await site.make.community({ slug: 'circle', visibility: 'members' });
    await site.make.community({ slug: 'gate', visibility: 'approval' });
    for (const slug of ['town', 'circle', 'gate']) await site.make.join('writer', slug);
    before = await site.make.thread({ community: 'town', author: 'writer', title: 'Begun before' });
    guest = site.browser();
    boss = await site.as('boss');
    writer = await site.as('writer');
  });
  afterAll(() => site.close());

  const letIn = (slug: string, wanted: boolean): Promise<Answer> => {
    const path = `/admin/communities/${slug}`;
    return boss.post(path, { ...described, ...(wanted ? { searchEngines: 'on' } : {}) }, path);
  };
  const isKeptOut = async (path: string): Promise<boolean> => {
    const { status, html, headers } = await guest.get(path);
    expect([path, status]).toEqual([path, 200]);
    const header = headers.get('x-robots-tag') === 'noindex';
    // The header and the meta tag must agree: some engines read only one of them.
    if (path.endsWith('.atom')) return header;
    expect([path, html.includes(META)]).toEqual([path, header]);
    return header;
  };
  const mapped = async (): Promise<string[]> => {
    const names = ['pages', 'threads-1'];
    const files = await Promise.all(names.map((name) => guest.get(`/sitemaps/${name}.xml`)));
    return files
      .flatMap(({ html }) => [...html.matchAll(/<loc>([^<]+)<\/loc>/g)])
      .map(([, address]) => new URL(address ?? '').pathname);
  };
  const firstPost = async (thread: string): Promise<string> => {
    const query = 'select id from posts where thread_id = $1 and number = 1';
    const rows = await site.make.rows(query, [thread]);
    return (rows as { id: string }[])[0]?.id ?? '';
  };
  /** What the forms for a new thread, a reply and an edit say about who can read the post. */
  const composers = async (slug: string, thread: string): Promise<string[]> => {
    const paths = [`/c/${slug}/new`, `/t/${thread}`, `/posts/${await firstPost(thread)}/edit`];
    return Promise.all(
      paths.map(async (path) => {
        const { html } = await writer.get(path);
        const notes = [...html.matchAll(/<p class="form__note">([^<]*can read this[^<]*)<\/p>/g)];
        expect([path, notes.length]).toEqual([path, 1]);
        return notes[0]?.[1] ?? '';
      }),
    );
  };
  const deeds = async (): Promise<string[]> => {
    const rows = await site.make.rows(
      `select deed from moderation_log where deed like '%search-engines%' order by id`,
    );
    return (rows as { deed: string }[]).map(({ deed }) => deed);
  };
  const post = async (slug: string, title: string): Promise<string> => {
    const form = { title, body: 'Some words.', kind: 'support', replyWish: 'listen' };
    const { location } = await writer.post(
      `/c/${slug}/threads`,
      { ...form, idempotencyKey: title },
      `/c/${slug}/new`,
    );
    return /^\/t\/(\d+)$/.exec(location ?? '')?.[1] ?? '';
  };

  it('are asked to stay out of an open community, its threads, posts and feed', async () => {
    const history = `/posts/${await firstPost(before)}/history`;
    const paths = ['/c/town', `/t/${before}`, history, '/c/town/feed.atom'];
    for (const path of paths) expect([path, await isKeptOut(path)]).toEqual([path, true]);
    expect((await guest.get(`/t/${before}`)).html).not.toContain('rel="canonical"');
  });

  it('do not find such a community in the sitemap either', async () => {
    const paths = await mapped();
    expect(paths).toContain('/communities');
    expect(paths.filter((path) => /^\/[ct]\//.test(path))).toEqual([]);
  });

  it('may fetch what they are asked not to index, or they could not read the noindex', async () => {
    const { html } = await guest.get('/robots.txt');
    for (const path of ['/c/', '/t/', '/']) expect(html).not.toContain(`Disallow: ${path}\n`);
  });

  it('are mentioned in every form there and on the privacy page', async () => {
    expect(await composers('town', before)).toEqual([KEPT_OUT, KEPT_OUT, KEPT_OUT]);
    const privacy = textOf((await guest.get('/privacy')).html);
    expect(privacy).toContain('We ask search engines not to list it, unless an administrator has');
    expect(privacy).toContain('An administrator can let search engines into an open community.');
    const shown = textOf((await guest.get('/c/town')).html);
    expect(shown).toContain('Open: anyone can read it, and members can write.');
  });

  it('find no indexable page that shows what is kept from them', async () => {
    await site.make.strategy({ slug: 'warm-cup' });
    expect(await isKeptOut('/strategies/warm-cup')).toBe(false);
    expect(await mapped()).toContain('/strategies/warm-cup');
    await site.make.rows(
      `insert into post_strategies (post_id, strategy_id, state)
       select $1, id, 'accepted' from coping_strategies where slug = 'warm-cup'`,
      [await firstPost(before)],
    );
    expect((await guest.get('/strategies/warm-cup')).html).toContain('Begun before');
    expect(await isKeptOut('/strategies/warm-cup')).toBe(true);
    expect(await mapped()).not.toContain('/strategies/warm-cup');
  });

  it('are admitted only by an administrator, which is logged', async () => {
    const path = '/admin/communities/town';
    expect((await writer.post(path, { ...described, searchEngines: 'on' })).status).toBe(404);
    expect(await deeds()).toEqual([]);
    expect((await letIn('town', true)).status).toBe(303);
    expect((await boss.get(path)).html).toMatch(/id="searchEngines"[^>]* checked/);
    await letIn('town', true);
    expect(await deeds()).toEqual(['community.search-engines-let-in']);
    const log = textOf((await boss.get('/mod/log')).html);
    expect(log).toContain('boss let search engines into a community');
  });

  it('then find the community and new threads, and every form there says so', async () => {
    const after = await post('town', 'Begun after');
    expect(await isKeptOut('/c/town')).toBe(false);
    expect(await isKeptOut(`/t/${after}`)).toBe(false);
    expect(await mapped()).toEqual(expect.arrayContaining(['/c/town', `/t/${after}`]));
    expect(await composers('town', after)).toEqual([FOUND, FOUND, FOUND]);
    const shown = textOf((await guest.get('/c/town')).html);
    expect(shown).toContain('and search engines can find it. Members can write.');
    expect(await isKeptOut('/c/town/feed.atom')).toBe(true);
  });

  it('stay out of threads begun under the earlier promise', async () => {
    expect(await isKeptOut(`/t/${before}`)).toBe(true);
    expect(await mapped()).not.toContain(`/t/${before}`);
    expect(await composers('town', before)).toEqual([FOUND, KEPT_OUT, KEPT_OUT]);
  });

  it('are excluded again by the same form', async () => {
    const { html } = await guest.get('/sitemaps/threads-1.xml');
    expect(html).toContain('<loc>');
    await letIn('town', false);
    expect(await isKeptOut('/c/town')).toBe(true);
    expect((await mapped()).filter((path) => /^\/[ct]\//.test(path))).toEqual([]);
    expect(await deeds()).toEqual([
      'community.search-engines-let-in',
      'community.search-engines-kept-out',
    ]);
  });

  it('are never admitted to a community that is not open, or that ceases to be', async () => {
    for (const slug of ['circle', 'gate']) {
      const { status, html } = await letIn(slug, true);
      expect([slug, status]).toEqual([slug, 422]);
      expect(textOf(html)).toContain('Search engines can only list an open community.');
    }
    await letIn('town', true);
    const path = '/admin/communities/town/visibility';
    const change = { reason: 'For testing.', understood: 'on' };
    await boss.post(path, { ...change, to: 'members' }, `${path}?to=members`);
    await boss.post(path, { ...change, to: 'public' }, `${path}?to=public`);
    expect(await isKeptOut('/c/town')).toBe(true);
    expect(await composers('town', before)).toEqual([
      KEPT_OUT,
      'Members of this community and our team can read this. Nobody else can.',
      'Members of this community and our team can read this. Nobody else can.',
    ]);
  });

  it('cannot see members-only threads, as the forms say', async () => {
    const visited = 'Members of this community, people visiting it and our team can read this.';
    const closed = 'Members of this community and our team can read this. Nobody else can.';
    for (const [slug, words] of [
      ['circle', visited],
      ['gate', closed],
    ] as const) {
      const thread = await site.make.thread({ community: slug, author: 'writer' });
      expect(await composers(slug, thread)).toEqual([words, words, words]);
    }
  });
});
