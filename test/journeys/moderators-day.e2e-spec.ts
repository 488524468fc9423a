import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

describe('the day of a moderator', () => {
  let site: TestApp;
  let moderator: Browser;
  const cases: Record<string, string> = {};

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.community({ slug: 'nights' });
    await site.make.member('keeper');
    await site.make.join('keeper', 'nights', 'moderator');
    moderator = await site.as('keeper');
    for (const [title, wishes] of Object.entries({
      crisis: { tier: 'crisis', due: 10, reasons: ['triage.crisis'] },
      late: { tier: 'watch', due: -60, opened: 800 },
      calm: { tier: 'watch', due: 600 },
    } as const)) {
      const thread = await site.make.thread({ community: 'nights', author: 'opener', title });
      const post = await site.make.post.opening(thread);
      cases[title] = await site.make.case({
        post,
        ...wishes,
        reasons: [...(wishes.reasons ?? [])],
      });
    }
  });
  afterAll(() => site.close());

  it('starts with the queue in groups, each with an explanation', async () => {
    const { html } = await moderator.get('/mod');
    const groups = html.split('<section aria-labelledby="group-').slice(1);
    expect(groups.map((group) => /^\w+/.exec(group)?.[0])).toEqual(['first', 'waiting', 'then']);
    for (const [at, name] of ['crisis', 'late', 'calm'].entries()) {
      const links = [...(groups[at] ?? '').matchAll(/\/mod\/cases\/(\d+)/g)].map(([, id]) => id);
      expect(links).toEqual([cases[name]]);
    }
    expect(textOf(html)).toContain('Read first Someone may be in danger');
    expect(html).toMatch(/<a[^>]*href="#group-first"[^>]*>To the cases<\/a>/);
  });

  it('puts reaching out first when somebody is in crisis', async () => {
    const actions = async (name: string): Promise<string[]> =>
      [
        ...(await moderator.get(`/mod/cases/${cases[name] ?? ''}`)).html.matchAll(
          /name="action" value="([a-z-]+)"/g,
        ),
      ].map(([, action]) => action ?? '');
    const hard = await actions('crisis');
    expect(hard.slice(0, 2)).toEqual(['reach-out', 'escalate']);
    const calm = await actions('calm');
    expect(calm[0]).not.toBe('reach-out');
    expect([...hard].sort()).toEqual([...calm].sort());
    // Also where somebody says so of a case that seems calm.
    const reason = [cases.calm, 'concern', 'danger-now'];
    await site.make.rows(
      'insert into case_reasons (case_id, source, reason, created_at) values ($1, $2, $3, now())',
      reason,
    );
    expect((await actions('calm')).slice(0, 2)).toEqual(['reach-out', 'escalate']);
    await site.make.rows(
      'delete from case_reasons where case_id = $1 and source = $2 and reason = $3',
      reason,
    );
  });

  it('leads from a decision to the next unclaimed case', async () => {
    const here = `/mod/cases/${cases.crisis ?? ''}`;
    expect((await moderator.get('/mod/next')).location).toBe(here);
    const version =
      /name="version" value="(\d+)"/.exec((await moderator.get(here)).html)?.[1] ?? '';
    const fields = { action: 'dismiss', reason: 'Read with care.', version };
    const decided = await moderator.post(`${here}/decide`, fields, here);
    expect(decided.status).toBe(303);
    expect((await moderator.follow(decided)).html).toContain('href="/mod/next"');
    await site.make.member('colleague');
    await site.make.rows(
      `
        update review_cases
        set claimed_by = (select id from members where handle = 'colleague'),
          claimed_until = now() + interval '1 hour'
        where id = $1
      `,
      [cases.late],
    );
    expect((await moderator.get('/mod/next')).location).toBe(`/mod/cases/${cases.calm ?? ''}`);
  });
});
