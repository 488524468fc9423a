import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from './support/app.js';
import { censusPeople, handleOf, PEOPLE, stageFor } from './support/census-stage.js';
import { fields, openTable, table, type Row } from './access.table.js';

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}

describe('the access census', () => {
  let site: TestApp;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await censusPeople(site.make);
  });
  afterAll(() => site.close());

  async function answers(
    row: string,
    visibility: 'members' | 'public',
  ): Promise<Record<string, number>> {
    const [method, pattern = ''] = row.split(' ');
    const got: Record<string, number> = {};
    // Read-only routes share one stage; others get a fresh one for each visitor.
    const shared = method === 'GET' ? await stageFor(site.make, row, visibility) : null;
    for (const person of PEOPLE) {
      const names = shared ?? (await stageFor(site.make, row, visibility));
      const fill = (text: string): string =>
        text.replace(/:([a-z]\w*)/g, (_, name: string) => names[name] ?? '');
      const browser = person === 'guest' ? site.browser() : await site.as(handleOf(person));
      const sent = Object.fromEntries(
        Object.entries(fields[row] ?? {}).map(([name, value]) => [name, fill(value)]),
      );
      const path = fill(pattern);
      const answer = path.startsWith('/api/v1/')
        ? browser.call(method ?? '', path)
        : method === 'GET'
          ? browser.get(path)
          : browser.post(path, sent);
      got[person] = (await answer).status;
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

  it('a form that is wrong in every field says so beside each, and leads to each', async () => {
    // Longer than any field, in no list, not a number and not an address.
    const wrong = 'x'.repeat(25_000);
    const names = await stageFor(site.make, 'GET /t/:id', 'members');
    const fill = (text: string): string =>
      text.replace(/:([a-z]\w*)/g, (_, name: string) => names[name] ?? '1');
    const admin = await site.as(handleOf('admin'));
    const lost: string[] = [];
    let told = 0;
    for (const [row, sent] of Object.entries(fields)) {
      const [method, pattern = ''] = row.split(' ');
      if (method !== 'POST') continue;
      const body = Object.fromEntries(Object.keys(sent).map((name) => [name, wrong]));
      const { status, html } = await admin.post(fill(pattern), body);
      const summary = /<div class="error-summary"[^]*?<\/ul>/.exec(html)?.[0];
      if (status !== 422 || summary === undefined) continue;
      told += 1;
      for (const [, field = ''] of summary.matchAll(/href="#([^"]+)"/g)) {
        // The saved search is a hidden field, which nobody can mistype.
        if (html.includes(`type="hidden" name="${field}"`)) continue;
        if (!html.includes(` id="${field}"`)) lost.push(`${row}: no #${field}`);
        if (!html.includes(` id="${field}-error"`)) lost.push(`${row}: no message at ${field}`);
      }
    }
    expect(lost).toEqual([]);
    expect(told).toBeGreaterThan(20);
  });

  it('what one may not know of answers as what is not there', async () => {
    const { id } = await stageFor(site.make, 'GET /t/:id', 'members');
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
    await stageFor(site.make, 'x', 'public');
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
