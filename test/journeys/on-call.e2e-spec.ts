import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MINUTE } from '../../src/kernel/clock.js';
import {
  SendAlertJob,
  MailAlarmJob,
  RaiseAlarmsJob,
} from '../../src/moderation/on-call/alarms.job.js';
import { NoticeJobs } from '../../src/notifications/notify/notice-jobs.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf } from '../support/browser.js';

const SECRET = 'a secret between two machines';

interface Heard {
  body: string;
  signature: string;
}

describe('alarms for moderators on shift', () => {
  let site: TestApp;
  let server: Server;
  let received: Heard[] = [];
  let answers: number[] = [];

  beforeAll(async () => {
    server = createServer((req, res) => {
      const pieces: Buffer[] = [];
      req.on('data', (piece: Buffer) => pieces.push(piece));
      req.on('end', () => {
        received.push({
          body: Buffer.concat(pieces).toString(),
          signature: String(req.headers['x-sameboat-signature']),
        });
        const status = answers.shift() ?? 204;
        res.writeHead(status, status === 302 ? { Location: '/elsewhere' } : {}).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/alarms`;
    // The tests run the jobs themselves, so that each runs at a chosen minute.
    site = await testApp({
      workers: false,
      env: { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: SECRET },
    });
    await site.make.community({ slug: 'here' });
    for (const handle of ['first-mod', 'second-mod', 'lead-mod', 'off-mod'])
      await site.make.join(handle, 'here', 'moderator');
    await site.make.member('an-admin', { role: 'admin' });
  });
  afterAll(async () => {
    await site.close();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(async () => {
    await site.make.rows(
      `update review_cases set state = 'closed', closed_at = now() where state = 'open'`,
    );
    await site.make.rows('update follow_ups set done_at = now() where done_at is null');
    await site.make.rows('delete from shifts');
    await site.make.rows('delete from outbox');
    site.post.letters.length = 0;
    received = [];
  });

  async function onShift(handle: string, duty: string): Promise<void> {
    const now = site.clock.now();
    await site.make.rows(
      `
        insert into shifts (member_id, duty, starts_at, ends_at, created_at)
        values ($1, $2, $3, $4, $3)
      `,
      [
        await site.make.member(handle),
        duty,
        new Date(now.getTime() - 30 * MINUTE),
        new Date(now.getTime() + 210 * MINUTE),
      ],
    );
  }

  async function crew(): Promise<void> {
    for (const [handle, duty] of [
      ['first-mod', 'primary'],
      ['second-mod', 'second'],
      ['lead-mod', 'lead'],
    ] as const)
      await onShift(handle, duty);
  }

  async function caseOf(tier: 'crisis' | 'urgent' | 'watch', author = 'somebody'): Promise<string> {
    const post = await site.make.reply({
      thread: await site.make.thread({ community: 'here' }),
      author,
    });
    const id = await site.make.case({ post, tier });
    await site.make.rows(
      `
        update review_cases
        set opened_at = $2::timestamptz, due_at = $2::timestamptz + interval '1 hour'
        where id = $1
      `,
      [id, site.clock.now()],
    );
    await site.make.rows('update case_reasons set created_at = $2 where case_id = $1', [
      id,
      site.clock.now(),
    ]);
    return id;
  }

  /** Runs the minutely job and everything it triggers. @returns the recipients of mails */
  async function minute(minutes = 0): Promise<string[]> {
    site.clock.move(minutes * MINUTE);
    const before = site.post.letters.length;
    await site.app.get(RaiseAlarmsJob).run({});
    const events = (await site.make.rows('delete from outbox returning event, ids')) as {
      event: string;
      ids: { alarmId: string };
    }[];
    for (const { event, ids } of events) {
      if (event === 'alarm.called') await site.app.get(SendAlertJob).run(ids);
      if (event !== 'alarm.raised') continue;
      await site.app.get(NoticeJobs).run('tell-of-alarm', ids);
      // The queue delivers at least once: a job that runs twice sends one mail.
      for (let n = 0; n < 2; n += 1) await site.app.get(MailAlarmJob).run(ids);
    }
    return site.post.letters
      .slice(before)
      .map(({ to }) => to.replace('@example.org', ''))
      .sort();
  }

  it('a crisis alarms the primary, after five minutes the secondary, after ten the lead', async () => {
    await crew();
    await caseOf('crisis');
    expect(await minute()).toEqual(['first-mod']);
    expect(await minute(1)).toEqual([]);
    expect(await minute(4)).toEqual(['second-mod']);
    expect(await minute(5)).toEqual(['lead-mod']);
    expect(await minute(5)).toEqual(['an-admin']);
    const [letter] = site.post.letters;
    expect(letter?.subject).toBe('Please look now');
    expect(letter?.text).toContain('One thing needs your attention.');
    expect(`${letter?.subject}${letter?.text}`).not.toMatch(/crisis|somebody|community|moderat/i);
    const inbox = await (await site.as('first-mod')).get('/notifications?kind=team');
    expect(textOf(inbox.html)).toContain('Something on the moderators’ page needs you.');
  });

  it('an unclaimed crisis alarms everybody repeatedly until somebody claims it', async () => {
    await crew();
    const id = await caseOf('crisis');
    for (const minutes of [0, 5, 5, 5]) expect(await minute(minutes)).toHaveLength(1);
    const all = ['an-admin', 'first-mod', 'lead-mod', 'second-mod'];
    // Calls repeat after at most 30 minutes, rounded up to the next multiple of 5 minutes.
    for (let n = 0; n < 3; n += 1) expect(await minute(35)).toEqual(all);
    expect(await minute(1)).toEqual([]);
    await (await site.as('first-mod')).post(`/mod/cases/${id}/claim`);
    expect(await minute(14)).toEqual([]);
    expect(await minute(21)).toEqual(all);
    await (await site.as('first-mod')).post(`/mod/cases/${id}/decide`, { action: 'dismiss' });
    expect(await minute(60)).toEqual([]);
  });

  it('an urgent case escalates to the administrators, also if there are no shifts', async () => {
    await crew();
    await caseOf('urgent');
    expect(await minute(30)).toEqual(['first-mod']);
    expect(await minute(30)).toEqual(['lead-mod']);
    expect(await minute(60)).toEqual(['an-admin']);
    expect(await minute(120)).toContain('an-admin');
    await site.make.rows(`update review_cases set state = 'closed', closed_at = now()`);
    await site.make.rows('delete from shifts');
    await caseOf('urgent');
    expect(await minute(119)).toEqual([]);
    expect(await minute(1)).toEqual(['an-admin']);
    expect(site.post.letters.at(-1)?.subject).toBe('You have a message');
  });

  it('a case that is passed on with a higher tier alarms another person at once, each time', async () => {
    await crew();
    const id = await caseOf('watch');
    const first = await site.as('first-mod');
    await first.post(`/mod/cases/${id}/claim`);
    await first.post(`/mod/cases/${id}/decide`, { action: 'escalate' });
    expect(await site.make.rows(`select 1 from outbox where event = 'case.raised'`)).toHaveLength(
      1,
    );
    const [standing] = (await site.make.rows(
      'select tier, due_at as due from review_cases where id = $1',
      [id],
    )) as [{ tier: string; due: Date }];
    expect(standing.tier).toBe('urgent');
    expect(standing.due.getTime()).toBeLessThanOrEqual(site.clock.now().getTime() + 60 * MINUTE);
    expect(await minute()).toEqual(['lead-mod']);
    await (await site.as('lead-mod')).post(`/mod/cases/${id}/decide`, { action: 'escalate' });
    expect(await minute()).toEqual(['second-mod']);
    expect(site.post.letters.at(-1)?.subject).toBe('Please look now');
    expect(await minute(5)).not.toEqual([]);
    await (await site.as('second-mod')).post(`/mod/cases/${id}/decide`, { action: 'escalate' });
    expect(await minute()).not.toEqual([]);
  });

  it('a request for a second person alarms everybody but the requester until someone answers', async () => {
    await onShift('first-mod', 'primary');
    await onShift('second-mod', 'second');
    const thread = await site.make.thread({ community: 'here' });
    const post = await site.make.reply({ thread, author: 'hidden-one', alias: 'quiet-lamp' });
    const id = await site.make.case({ post, tier: 'none' });
    const [first, second] = [await site.as('first-mod'), await site.as('second-mod')];
    expect(
      (await first.post(`/mod/cases/${id}/unmask`, { reason: 'Somebody is looking for them.' }))
        .status,
    ).toBe(303);
    expect(await minute()).toEqual(['second-mod']);
    expect(textOf((await second.get('/mod')).html)).toContain(
      `Decide whether to show a name in case ${id}`,
    );
    expect(textOf((await first.get('/mod')).html)).not.toContain('Decide whether to show a name');
    expect(await minute(29)).toEqual([]);
    expect(await minute(1)).toEqual(['an-admin']);
    expect(await minute(30)).toEqual(['an-admin']);
    expect(await minute(90)).toEqual(['an-admin', 'second-mod']);
    expect(
      (await second.post(`/mod/cases/${id}/unmask/answer`, { answer: 'decline' })).status,
    ).toBe(303);
    expect(await minute(300)).toEqual([]);
    await onShift('second-mod', 'second');
    expect(
      (
        await first.post(`/mod/cases/${id}/escalation`, {
          told: 'A helpline',
          said: 'What happened.',
          shared: 'Nothing.',
          outcome: '',
        })
      ).status,
    ).toBe(303);
    expect(await minute()).toEqual(['second-mod']);
    const [record] = (await site.make.rows('select id from escalations where case_id = $1', [
      id,
    ])) as [{ id: string }];
    await second.post(`/mod/cases/${id}/escalation/${record.id}/second`);
    expect(await minute(300)).toEqual([]);
  });

  it('a closed crisis alarms a second person if nobody reviews it within a day', async () => {
    await onShift('first-mod', 'primary');
    const id = await caseOf('crisis');
    await (
      await site.as('first-mod')
    ).post(`/mod/cases/${id}/decide`, { action: 'dismiss', reason: 'Spoke with them.' });
    expect(await minute(24 * 60 - 1)).toEqual([]);
    await onShift('first-mod', 'primary');
    await onShift('second-mod', 'second');
    expect(await minute(1)).toEqual(['second-mod']);
    await (await site.as('second-mod')).post(`/mod/cases/${id}/look`, { answer: 'agree' });
    expect(await minute(300)).toEqual([]);
  });

  it('a claim silences an alarm until the claim expires', async () => {
    await crew();
    const id = await caseOf('crisis');
    expect(await minute()).toEqual(['first-mod']);
    const first = await site.as('first-mod');
    expect((await first.post(`/mod/cases/${id}/claim`)).status).toBe(303);
    expect(await minute(6)).toEqual([]);
    expect(await minute(10)).toEqual(['second-mod']);
    await first.post(`/mod/cases/${id}/decide`, { action: 'dismiss' });
    expect(await minute(20)).toEqual([]);
  });

  it('with nobody on shift, a crisis alarms the staff, and an urgent case waits for a shift', async () => {
    await caseOf('crisis');
    await caseOf('urgent');
    expect(await minute()).toEqual(['an-admin']);
    expect(await minute(4)).toEqual([]);
    await site.make.rows(
      `update review_cases set state = 'closed', closed_at = now() where tier = 'crisis'`,
    );
    expect(await minute(60)).toEqual([]);
    await onShift('first-mod', 'primary');
    expect(await minute(1)).toEqual(['first-mod']);
  });

  it('a crisis is not delayed by hundreds of cases that wait for a shift', async () => {
    const thread = await site.make.thread({ community: 'here' });
    await site.make.rows(
      `with p as (
         insert into posts (thread_id, number, author_id, body, body_html)
         select $1, n, $2, 'x', '<p>x</p>' from generate_series(2, 300) n
         returning id
       )
       insert into review_cases (kind, post_id, tier, due_at, opened_at)
       select 'post', id, 'watch', $3::timestamptz - interval '1 day', $3 from p`,
      [thread, await site.make.member('somebody'), site.clock.now()],
    );
    await caseOf('crisis');
    expect(await minute()).toEqual(['an-admin']);
  });

  it('an urgent case alarms after 30 minutes, a watch case when it is due, in one mail', async () => {
    await crew();
    await caseOf('urgent');
    await caseOf('watch');
    expect(await minute(29)).toEqual([]);
    expect(await minute(1)).toEqual(['first-mod']);
    await caseOf('watch');
    await site.make.rows('update review_cases set due_at = $1', [site.clock.now()]);
    expect(await minute()).toEqual(['lead-mod']);
    expect(site.post.letters.at(-1)?.text).toContain('Two things need your attention.');
  });

  it('nobody is alarmed about their own posts or cases they passed on', async () => {
    await onShift('first-mod', 'primary');
    await onShift('second-mod', 'second');
    await caseOf('crisis', 'first-mod');
    expect(await minute()).toEqual(['second-mod']);
    await site.make.rows(`update review_cases set state = 'closed', closed_at = now()`);
    const id = await caseOf('crisis');
    await (await site.as('first-mod')).post(`/mod/cases/${id}/pass`);
    expect(await minute()).toEqual(['second-mod']);
  });

  it('a moderator without a second factor, who cannot open cases, is alarmed only as a last resort', async () => {
    const lacks = (handle: string, yes: boolean): Promise<unknown> =>
      site.make.rows(
        `update members set second_factor_by = case when not $2 then now() + interval '20 years' end
         where handle = $1`,
        [handle, yes],
      );
    await lacks('first-mod', true);
    await onShift('first-mod', 'primary');
    await onShift('second-mod', 'second');
    await caseOf('crisis');
    expect(await minute()).toEqual(['second-mod']);
    await site.make.rows('delete from shifts');
    await site.make.rows(`update review_cases set state = 'closed', closed_at = now()`);
    await onShift('first-mod', 'primary');
    await caseOf('crisis');
    expect(await minute()).toEqual(['an-admin']);
    await lacks('first-mod', false);
  });

  it('the operator’s webhook gets a count and a tier, signed, is retried, and follows no redirect', async () => {
    await crew();
    await caseOf('crisis');
    await caseOf('crisis');
    await site.app.get(RaiseAlarmsJob).run({});
    const calls = (await site.make.rows(`select ids from outbox where event = 'alarm.called'`)) as {
      ids: { alarmId: string };
    }[];
    expect(calls).toHaveLength(1);
    const job = (): Promise<void> =>
      site.app.get(SendAlertJob).run(calls[0]?.ids ?? { alarmId: '0' });
    answers = [503, 302];
    await expect(job()).rejects.toThrow('503');
    await expect(job()).rejects.toThrow('302');
    await job();
    expect(received).toHaveLength(3);
    for (const { body, signature } of received)
      expect(signature).toBe(`sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`);
    expect(JSON.parse(received[2]?.body ?? '')).toEqual({
      id: calls[0]?.ids.alarmId,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      tier: 'crisis',
      count: 2,
    });
  });
});
