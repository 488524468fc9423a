import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from './support/app.js';
import { privateId } from './support/private-rows.js';
import { fields, openTable, table, type Row } from './access.table.js';

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

  /**
   * A community with its people, threads and posts: some rows change what others look at.
   */
  async function stage(
    row: string,
    visibility: 'members' | 'public',
  ): Promise<Record<string, string>> {
    const slug = await site.make.community({ visibility });
    await site.make.join('author-person', slug);
    await site.make.join('moderator-person', slug, 'moderator');
    const thread = await site.make.thread({ community: slug, author: 'author-person' });
    // A block on a post is one of the alias it was written under.
    const post = await site.make.reply({
      thread,
      author: 'author-person',
      ...(/block$/.test(row) ? { alias: 'quiet-lamp' } : {}),
    });
    const strategy =
      row.includes('/strategies') || row.includes('/toolkit')
        ? await site.make.strategy({ author: 'author-person' })
        : slug;
    const id = row.includes('/t/')
      ? thread
      : row.includes('/posts/')
        ? post
        : row.includes('/mod/cases/')
          ? await site.make.case({ post })
          : row.includes('/decisions/')
            ? await site.make.decision({ case: await site.make.case({ post }) })
            : row.includes('/notifications/')
              ? await site.make.notice('author-person', post)
              : await privateId(site.make, 'author-person', row, strategy);
    return {
      slug: /\/(strategies|use)\/:slug/.test(row) ? strategy : slug,
      strategy,
      id,
      handle: 'author-person',
      token: 'x'.repeat(43),
      kind: 'check-in',
      change: 'pause',
      answer: 'accept',
      number: 'ABCDEFGH',
      days: '7',
      queue: 'bulk',
      preview: 'notice',
      record: '999999',
    };
  }

  async function answers(
    row: string,
    visibility: 'members' | 'public',
  ): Promise<Record<string, number>> {
    const [method, pattern = ''] = row.split(' ');
    const got: Record<string, number> = {};
    // What is only read is staged once for all; what changes something, anew for each.
    const shared = method === 'GET' ? await stage(row, visibility) : null;
    for (const person of PEOPLE) {
      const names = shared ?? (await stage(row, visibility));
      const fill = (text: string): string =>
        text.replace(/:([a-z]\w*)/g, (_, name: string) => names[name] ?? '');
      const handle = person === 'elsewhere' ? 'elsewhere-mod' : `${person}-person`;
      const browser = person === 'guest' ? site.browser() : await site.as(handle);
      const sent = Object.fromEntries(
        Object.entries(fields[row] ?? {}).map(([name, value]) => [name, fill(value)]),
      );
      got[person] = (
        method === 'GET'
          ? await browser.get(fill(pattern))
          : await browser.post(fill(pattern), sent)
      ).status;
    }
    return got;
  }

  const named = (row: Row): Record<string, number> =>
    Object.fromEntries(PEOPLE.map((person, at) => [person, row[at] ?? 0]));

  it('has a row for every route, and no other', () => {
    const router = (
      site.app.getHttpAdapter().getInstance() as unknown as { router: { stack: Layer[] } }
    ).router;
    const routes = router.stack.flatMap(({ route }) =>
      route === undefined
        ? []
        : Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`),
    );
    expect(routes.length).toBeGreaterThan(50);
    expect([...new Set(routes)].sort()).toEqual(Object.keys(table).sort());
  });

  it.each(Object.entries(table))('%s', async (row, expected) => {
    expect(await answers(row, 'members')).toEqual(named(expected));
  });

  it.each(Object.entries(openTable))('%s in an open community', async (row, expected) => {
    expect(table).toHaveProperty([row]);
    expect(await answers(row, 'public')).toEqual(named(expected));
  });

  it('what one may not know of answers as what is not there', async () => {
    const { id } = await stage('GET /t/:id', 'members');
    for (const person of [site.browser(), await site.as('member-person')]) {
      const [hidden, missing] = [
        await person.get(`/t/${id ?? ''}`),
        await person.get('/t/987654321'),
      ];
      expect(hidden.status).toBe(404);
      const shape = (html: string): string =>
        html
          .replaceAll(`/t/${id ?? ''}`, '/t/987654321')
          .replace(/name="_csrf" value="[^"]+"/g, '');
      expect(shape(hidden.html)).toBe(shape(missing.html));
    }
  });

  it('another person’s session is not ended', async () => {
    await stage('x', 'public');
    const author = await site.as('author-person');
    const sessions = await site.make.all<{ id: string }>(
      `
        select id
        from sessions
        where member_id = (select id from members where handle = 'author-person')
      `,
    );
    expect(sessions.length).toBeGreaterThan(0);
    const member = await site.as('member-person');
    for (const { id } of sessions) await member.post(`/settings/security/sessions/${id}/end`);
    expect((await author.get('/notifications')).status).toBe(200);
  });
});
