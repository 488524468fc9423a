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

  it('decides several cases together, and says what came of each', async () => {
    const thread = await site.make.thread({ community: 'nights' });
    const reported = async (): Promise<string> =>
      site.make.case({
        post: await site.make.reply({ thread, author: 'seller' }),
        tier: 'none',
        reasons: ['report.spam'],
      });
    const [first, second, third] = [await reported(), await reported(), await reported()];
    const queue = (await moderator.get('/mod')).html;
    expect(queue).toContain(`name="case" value="${first}" form="together"`);
    expect(queue).not.toContain(`name="case" value="${cases.crisis ?? ''}"`);
    // A pressing text is read before it can be ticked.
    const pressing = await site.make.case({
      post: await site.make.reply({ thread, author: 'seller' }),
      tier: 'urgent',
    });
    const box = `name="case" value="${pressing}" form="together"`;
    const readFirst = 'Open it and read it first, then you can decide it with others.';
    const unread = (await moderator.get('/mod?tier=urgent')).html;
    expect(unread).not.toContain(box);
    expect(textOf(unread)).toContain(readFirst);
    expect((await moderator.post(`/mod/cases/${pressing}/read`)).status).toBe(303);
    const read = (await moderator.get('/mod?tier=urgent')).html;
    expect(read).toContain(box);
    expect(textOf(read)).not.toContain(readFirst);

    const page = `/mod/bulk?case=${first}&case=${second}&case=${third}`;
    const chosen = [
      ...(await moderator.get(page)).html.matchAll(/name="case" value="(\d+\.\d+)"/g),
    ].map(([, value]) => value ?? '');
    expect(chosen).toEqual([`${first}.1`, `${second}.1`, `${third}.1`]);
    const fields = { action: 'remove', rule: 'selling', reason: 'This sells something.' };
    const faulty = await moderator.post('/mod/bulk', { ...fields, rule: '', case: chosen }, page);
    expect(faulty.status).toBe(422);
    expect(faulty.html).toContain('This sells something.');

    // A colleague takes the third case in the meantime.
    await site.make.rows(
      `
        update review_cases
        set claimed_by = $2, claimed_until = now() + interval '10 minutes'
        where id = $1
      `,
      [third, await site.make.member('colleague')],
    );
    const mixed = await moderator.post('/mod/bulk', { ...fields, case: chosen }, page);
    expect(mixed.status).toBe(409);
    expect(textOf(mixed.html)).toContain('colleague has this case.');
    expect(mixed.html).toContain('This sells something.');
    expect(textOf(mixed.html).match(/You decided this case .*?: removed\./g)).toHaveLength(2);

    // The author is told of each decision, and of each once.
    const again = await moderator.post('/mod/bulk', { ...fields, case: chosen }, page);
    expect(again.status).toBe(409);
    const statements = await site.make.all<{ id: string }>(
      `
        select id
        from decisions
        where member_id = (select id from members where handle = 'seller')
        order by id
      `,
    );
    expect(statements).toHaveLength(2);
    const seller = await site.as('seller');
    for (const { id } of statements)
      expect((await seller.get(`/decisions/${id}`)).html).toContain('This sells something.');
    const last = await reported();
    const done = await moderator.post(
      '/mod/bulk',
      { ...fields, case: [`${last}.1`] },
      `/mod/bulk?case=${last}`,
    );
    expect(done).toMatchObject({ status: 303, location: `/mod/bulk?case=${last}.1` });
    expect(textOf((await moderator.follow(done)).html)).toContain('You decided this case');
  });

  it('keeps the text open while the case is taken, noted and kept open', async () => {
    const thread = await site.make.thread({ community: 'nights' });
    const post = await site.make.reply({ thread, author: 'opener' });
    const here = `/mod/cases/${await site.make.case({ post, tier: 'watch' })}`;
    const shown = async (path: string | null): Promise<boolean> =>
      (await moderator.get((path ?? '').replace(/#.*$/, ''))).html.includes(
        '<article class="post">',
      );
    const opened = (await moderator.post(`${here}/read`)).location;
    expect(await shown(opened)).toBe(true);
    // Each form that leaves the case open returns with the text as it was.
    const forms = async (path: string): Promise<string[]> =>
      [...(await moderator.get(path)).html.matchAll(/<form[^>]*? action="(\/mod\/cases\/[^"]+)"/g)]
        .map(([, action = '']) => action.replace('&#x3D;', '='))
        .filter((action) => !/\/(pass|release|read)$/.test(action));
    const open = await forms(`${here}?words=open`);
    expect(open.length).toBeGreaterThan(2);
    expect(open.filter((action) => !action.endsWith('?words=open'))).toEqual([]);
    expect((await forms(here)).filter((action) => action.includes('?'))).toEqual([]);
    const fields: Record<string, Record<string, string>> = {
      claim: {},
      notes: { body: 'A note for colleagues.' },
      decide: { action: 'escalate', reason: 'A second pair of eyes.' },
    };
    for (const [form, values] of Object.entries(fields)) {
      const open = await moderator.post(`${here}/${form}?words=open`, values);
      expect([form, open.status, await shown(open.location)]).toEqual([form, 303, true]);
    }
    const folded = await moderator.post(`${here}/claim`);
    expect(await shown(folded.location)).toBe(false);
  });
});
