import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RecurringJobs } from '../src/queue/recurring-jobs.js';
import { testApp, type TestApp } from './support/app.js';

describe('the figures for operators', () => {
  let site: TestApp;

  beforeAll(async () => {
    site = await testApp({ workers: false });
  });
  afterAll(() => site.close());

  it('count answers by pattern, never by address, and what waits', async () => {
    const thread = await site.make.thread({ title: 'A title that is nobody’s business' });
    expect((await site.browser().get(`/t/${thread}`)).status).toBe(200);
    await site.make.rows(`insert into outbox (event, ids) values ('thing.happened', '{}')`);
    const { status, html, headers } = await site.browser().get('/metrics');
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(html).toContain(
      'sameboat_http_request_seconds_count{method="GET",route="/t/:id",status="2xx"} 1',
    );
    expect(html).toContain('sameboat_outbox{what="waiting"} 1');
    expect(html).toContain('sameboat_post_fragments{what="rendered"} 1');
    expect(html).toMatch(/sameboat_post_fragments\{what="bytes"\} \d+/);
    expect(html).toMatch(/sameboat_jobs\{queue="urgent",state="failed"\} 0/);
    expect(html).not.toContain(`/t/${thread}`);
    expect(html).not.toContain('business');
  });

  it('show which recurring job is overdue: not planned at all, or late', async () => {
    const overdue = async (job: string): Promise<string | undefined> =>
      new RegExp(`sameboat_recurring_job_overdue\\{queue="\\w+",job="${job}"\\} (\\d)`).exec(
        (await site.browser().get('/metrics')).html,
      )?.[1];
    expect([await overdue('raise-alarms'), await overdue('compute-fit')]).toEqual(['1', '1']);
    await site.app.get(RecurringJobs).reconcile();
    expect([await overdue('raise-alarms'), await overdue('compute-fit')]).toEqual(['0', '0']);
    // The first run is due at once, but nothing runs it here.
    site.clock.move(5 * 60_000);
    expect(await overdue('raise-alarms')).toBe('1');
  });

  it('measure how long posts are held, and how many threads nobody replied to', async () => {
    const open = await site.make.thread({});
    const answered = await site.make.thread({});
    const post = await site.make.reply({ thread: answered });
    await site.make.rows(
      `update threads set created_at = now() - interval '3 days' where id in ($1, $2)`,
      [open, answered],
    );
    const ended = await site.make.case({ post, opened: 60 });
    const decision = await site.make.decision({ case: ended, action: 'publish' });
    await site.make.rows(`update decisions set detail = '{"held": true}' where id = $1`, [
      decision,
    ]);
    const waiting = await site.make.reply({ thread: answered });
    await site.make.rows(`update posts set status = 'held' where id = $1`, [waiting]);
    await site.make.case({ post: waiting, opened: 30 });
    // The figures above were cached for five minutes.
    site.clock.move(6 * 60_000);
    const { html } = await site.browser().get('/metrics');
    const value = (name: string, what: string): number =>
      Number(new RegExp(`sameboat_${name}\\{what="${what}"\\} ([\\d.]+)`).exec(html)?.[1]);
    expect(value('holds', 'waiting')).toBe(1);
    expect(value('holds', 'oldest')).toBeGreaterThanOrEqual(30 * 60);
    expect(Math.round(value('holds', 'median') / 60)).toBe(60);
    expect(Math.round(value('holds', 'high') / 60)).toBe(60);
    expect([value('threads', 'all'), value('threads', 'unanswered')]).toEqual([2, 1]);
  });

  it('are not for who comes through a proxy', async () => {
    expect(
      (await site.browser().get('/metrics', { 'x-forwarded-for': '203.0.113.9' })).status,
    ).toBe(404);
  });

  it('are for who holds the token, where there is one', async () => {
    const guarded = await testApp({
      workers: false,
      env: { METRICS_TOKEN: 'a-token-of-some-length' },
    });
    expect((await guarded.browser().get('/metrics')).status).toBe(404);
    expect(
      (await guarded.browser().get('/metrics', { authorization: 'Bearer a-token-of-some-length' }))
        .status,
    ).toBe(200);
    await guarded.close();
  });
});
