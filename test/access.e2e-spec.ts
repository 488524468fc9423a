import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from './support/app.js';
import { table } from './access.table.js';

const PEOPLE = ['guest', 'member', 'author', 'elsewhere', 'moderator', 'admin'] as const;

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}

describe('the access census', () => {
  let site: TestApp;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.member('admin-person', { role: 'admin' });
    await site.make.community({ slug: 'other-place', visibility: 'members' });
    await site.make.join('elsewhere-mod', 'other-place', 'moderator');
    await site.make.member('member-person');
  });
  afterAll(() => site.close());

  /** A community with its people, threads and posts, fresh for each row: some rows change what others look at. */
  async function stage(row: string): Promise<Record<string, string>> {
    const slug = await site.make.community({ visibility: 'members' });
    await site.make.join('author-person', slug);
    await site.make.join('moderator-person', slug, 'moderator');
    const thread = await site.make.thread({ community: slug, author: 'author-person' });
    const post = await site.make.reply({ thread, author: 'author-person' });
    const id = row.includes('/t/') ? thread : row.includes('/posts/') ? post : '999999';
    return { slug, id, handle: 'author-person', token: 'x'.repeat(43), answer: 'accept' };
  }

  it('has a row for every route, and no other', () => {
    const router = (site.app.getHttpAdapter().getInstance() as unknown as { router: { stack: Layer[] } }).router;
    const routes = router.stack.flatMap(({ route }) => (route === undefined ? [] : Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`)));
    expect(routes.length).toBeGreaterThan(50);
    expect([...new Set(routes)].sort()).toEqual(Object.keys(table).sort());
  });

  it.each(Object.entries(table))('%s', async (row, expected) => {
    const [method, pattern = ''] = row.split(' ');
    const got: number[] = [];
    for (const person of PEOPLE) {
      const names = await stage(row);
      const path = pattern.replace(/:(\w+)/g, (_, name: string) => names[name] ?? '');
      const handle = person === 'elsewhere' ? 'elsewhere-mod' : `${person}-person`;
      const browser = person === 'guest' ? site.browser() : await site.as(handle);
      const answer = method === 'GET' ? await browser.get(path) : await browser.post(path);
      got.push(answer.status);
    }
    expect(Object.fromEntries(PEOPLE.map((person, at) => [person, got[at]]))).toEqual(Object.fromEntries(PEOPLE.map((person, at) => [person, expected[at]])));
  });
});
