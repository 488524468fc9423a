import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClearVisitsJob } from '../../src/visits/clear-visits.job.js';
import { DAY } from '../../src/kernel/clock.js';
import { FirstWeeksJob } from '../../src/notifications/notify/first-weeks.job.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

describe('from a guest to a member, without script', () => {
  let site: TestApp;
  let wren: Browser;
  let thread: string;
  let post: string;

  beforeAll(async () => {
    site = await testApp();
    await site.make.community({ slug: 'nights', visibility: 'members' });
    await site.make.rows(
      `
        update communities
        set difficulties = '{sleep}', situations = '{new-parent}', formats = '{listening}'
        where slug = 'nights'
      `,
    );
    await site.make.join('old-hand', 'nights');
    await site.make.join('mod', 'nights', 'moderator');
    thread = await site.make.thread({ community: 'nights', author: 'old-hand', title: 'Up again' });
    post = await site.make.reply({ thread, author: 'old-hand' });
    await site.make.member('wren');
    wren = await site.as('wren');
  });
  afterAll(() => site.close());

  const place = async (): Promise<{ state: string; expires_at: Date | null }[]> =>
    (await site.make.rows(
      `
        select s.state, s.expires_at
        from memberships s
        join members m on m.id = s.member_id
        where m.handle = 'wren'
      `,
    )) as { state: string; expires_at: Date | null }[];
  const members = async (): Promise<number> =>
    (
      (await site.make.rows(`select member_count from communities where slug = 'nights'`)) as [
        { member_count: number },
      ]
    )[0].member_count;

  it('a guest finds a community with the reason; no cookie is set and nothing stored', async () => {
    const guest = site.browser();
    const answer = await guest.get('/find?q=can%27t+sleep+since+the+baby&need=listen');
    expect(answer.headers.getSetCookie().filter((cookie) => !/csrf/i.test(cookie))).toEqual([]);
    const page = textOf(answer.html);
    expect(page).toContain('The nights');
    expect(page).toContain('It is about trouble sleeping.');
    expect(page).toContain('It fits your situation: a new baby.');
    expect(page).toContain('Many people there want to be heard');
    expect(page).not.toContain('Someone is looking after this community');
  });

  it('somebody who may be in danger is shown help before the list', async () => {
    const { html } = await site.browser().get('/find?q=I+want+to+die%2C+I+never+sleep');
    expect(html.indexOf('notice--help')).toBeGreaterThan(0);
    expect(html.indexOf('notice--help')).toBeLessThan(html.indexOf('The nights'));
  });

  it('the preview shows the purpose of a community, and no thread', async () => {
    const { html, status } = await wren.get('/c/nights');
    expect(status).toBe(200);
    expect(html).not.toContain('Up again');
    expect(textOf(html)).toContain('Visit for 14 days');
    expect((await wren.get(`/t/${thread}`)).status).toBe(404);
  });

  it('a visitor can read and react, but not post', async () => {
    expect((await wren.follow(await wren.post('/c/nights/visit'))).html).toContain('Up again');
    expect((await wren.get(`/t/${thread}`)).status).toBe(200);
    expect((await wren.post(`/posts/${post}/reactions`, { kind: 'same-boat' })).status).toBe(303);
    expect((await wren.post(`/t/${thread}/replies`, { body: 'Hello' })).status).toBe(403);
    expect((await wren.get('/c/nights/new')).status).toBe(403);
  });

  it('a visitor is not counted, and visiting is idempotent', async () => {
    expect(await members()).toBe(2);
    const [before] = await place();
    await wren.post('/c/nights/visit');
    expect(await place()).toEqual([before]);
  });

  it('after a week one notice, however often the job runs, links to an active thread', async () => {
    site.clock.move(8 * DAY);
    await site.app.get(FirstWeeksJob).run();
    await site.app.get(FirstWeeksJob).run();
    const notices = (await site.make.rows(
      `select n.id from notices n join members m on m.id = n.member_id where m.handle = 'wren'`,
    )) as { id: string }[];
    expect(notices.length).toBe(1);
    const week = await wren.follow(await wren.get(`/notifications/${notices[0]?.id ?? ''}`));
    expect(textOf(week.html)).toContain('Your first week');
    expect(site.post.to('wren@example.org')).toEqual([]);
  });

  it('an expired visit gives no access even before the job has run', async () => {
    await site.make.rows(
      `update memberships set expires_at = now() - interval '1 second' where state = 'visiting'`,
    );
    expect((await place())[0]?.state).toBe('visiting');
    expect((await wren.get(`/t/${thread}`)).status).toBe(404);
    expect((await wren.get('/c/nights')).html).not.toContain('Up again');
    expect((await wren.post(`/posts/${post}/reactions`, { kind: 'with-you' })).status).toBe(404);
    const [{ id }] = (await site.make.rows(`select id from communities where slug = 'nights'`)) as [
      { id: string },
    ];
    expect((await wren.get(`/visits/${id}`)).status).toBe(404);
  });

  it('the job then deletes the visit with its notice, without telling anybody', async () => {
    await site.app.get(ClearVisitsJob).run();
    expect(await place()).toEqual([]);
    await eventually(
      async () =>
        (await site.make.rows(`select 1 from notices where kind = 'first-week'`)).length === 0,
      'the note is gone',
    );
    expect(site.post.letters).toEqual([]);
  });

  it('a visitor can visit again, and join with one button', async () => {
    await wren.post('/c/nights/visit');
    expect((await wren.get(`/t/${thread}`)).status).toBe(200);
    expect((await wren.post('/c/nights/join', {}, '/c/nights')).status).toBe(303);
    expect(await place()).toEqual([{ state: 'active', expires_at: null }]);
    expect(await members()).toBe(3);
    expect(
      (await wren.post(`/t/${thread}/replies`, { body: 'I am staying.', idempotencyKey: 'w1' }))
        .status,
    ).toBe(303);
  });

  it('communities by approval, by link only, or without visits cannot be visited', async () => {
    await site.make.member('robin');
    const robin = await site.as('robin');
    for (const visibility of ['approval', 'unlisted'] as const) {
      const slug = await site.make.community({ visibility });
      expect((await robin.post(`/c/${slug}/visit`)).status).toBe(
        visibility === 'unlisted' ? 404 : 403,
      );
    }
    const slug = await site.make.community({ visibility: 'members' });
    await site.make.rows('update communities set visits_allowed = false where slug = $1', [slug]);
    expect((await robin.post(`/c/${slug}/visit`)).status).toBe(403);
    expect(textOf((await robin.get(`/c/${slug}`)).html)).not.toContain('Visit for 14 days');
  });

  it('the answer to a request to join is in the inbox, with the moderator’s line', async () => {
    const slug = await site.make.community({ visibility: 'approval' });
    await site.make.join('mod', slug, 'moderator');
    const robin = await site.as('robin');
    await robin.post(`/c/${slug}/join`, { note: 'May I?' });
    const mod = await site.as('mod');
    expect(
      (
        await mod.post(`/c/${slug}/requests/robin/decline`, {
          line: 'We are full just now. Try in May.',
        })
      ).status,
    ).toBe(303);
    const notice = await eventually(
      async () =>
        (
          (await site.make.rows(
            `
              select n.id
              from notices n
              join members m on m.id = n.member_id
              where m.handle = 'robin' and n.kind = 'answered'
            `,
          )) as { id: string }[]
        )[0],
      'the notice',
    );
    const answer = await robin.follow(await robin.get(`/notifications/${notice.id}`));
    expect(textOf(answer.html)).toContain('We are full just now. Try in May.');
    expect(textOf(answer.html)).toContain('It says nothing about you as a person');
    expect(
      (await wren.get(answer.html.includes('/answers/') ? '/' : '/answers/1')).status,
    ).not.toBe(500);
  });

  it('a request for a group is answered in writing by staff, and only the requester reads it', async () => {
    const robin = await site.as('robin');
    const wish = { wish: 'People with tinnitus', why: 'It keeps me up.' };
    const sent = await robin.post('/find/ask', wish);
    expect((await robin.post('/find/ask', wish)).location).toBe(sent.location);
    expect((await robin.post('/find/ask', { wish: 'x' })).status).toBe(422);
    expect((await wren.get(sent.location ?? '')).status).toBe(404);
    await site.make.member('boss', { role: 'admin' });
    const boss = await site.as('boss');
    expect(textOf((await boss.get('/admin/requests')).html)).toContain('People with tinnitus');
    const id = sent.location?.split('/').pop() ?? '';
    expect(
      (await boss.post(`/admin/requests/${id}`, { outcome: 'sideways', answer: 'Kept words' }))
        .html,
    ).toContain('Kept words');
    expect(
      (
        await boss.post(`/admin/requests/${id}`, {
          outcome: 'later',
          answer: 'In the new year, we hope.',
        })
      ).status,
    ).toBe(303);
    await boss.post(`/admin/requests/${id}`, { outcome: 'no', answer: 'A second answer.' });
    const page = textOf((await robin.get(sent.location ?? '')).html);
    expect(page).toContain('In the new year, we hope.');
    expect(page).not.toContain('A second answer.');
    await eventually(
      async () =>
        (await site.make.rows(`select 1 from notices where kind = 'group-request'`)).length === 1,
      'the notice of the answer',
    );
  });
});
