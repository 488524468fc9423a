import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY, HOUR } from '../../src/kernel/clock.js';
import { UnansweredThreads } from '../../src/peer-support/unanswered.service.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

const ASKED = 'Someone is waiting for a first reply. Would you like to write it?';

describe('finding supporters for unanswered threads', () => {
  let site: TestApp;
  let opener: Browser;
  let thread: string;

  beforeAll(async () => {
    site = await testApp();
    await site.make.community({ slug: 'nights' });
    await site.make.join('opener', 'nights');
    await site.make.join('mod', 'nights', 'moderator');
    for (const handle of ['ready', 'resting', 'full', 'blocker', 'blocked', 'second', 'third'])
      await site.make.join(handle, 'nights', 'supporter');
    opener = await site.as('opener');
    await supporter('resting', 3, `$3::timestamptz + interval '3 days'`);
    await supporter('full', 0, 'null');
    await rows(
      `
        insert into blocks (member_id, blocked_id)
        select a.id, b.id
        from members a, members b
        where (a.handle, b.handle) in (('blocker', 'opener'), ('opener', 'blocked'))
      `,
    );
  });
  afterAll(() => site.close());

  const rows = (text: string, params: unknown[] = []): Promise<unknown[]> =>
    site.make.rows(text, params);
  const supporter = async (handle: string, capacity: number, off: string): Promise<unknown> =>
    rows(
      `
        insert into supporters (community_id, member_id, state, capacity, off_duty_until, asked_at)
        select c.id, $1, 'active', $2, ${off}, $3::timestamptz
        from communities c
        where c.slug = 'nights'
      `,
      [await site.make.member(handle), capacity, site.clock.now()],
    );
  const run = (): Promise<void> => site.app.get(UnansweredThreads, { strict: false }).passOnDue();
  const askedOf = async (id: string): Promise<string[]> =>
    (
      (await rows(
        `
          select m.handle::text as handle
          from askings k
          join members m on m.id = k.member_id
          where k.thread_id = $1
          order by k.id
        `,
        [id],
      )) as { handle: string }[]
    ).map(({ handle }) => handle);
  const open = async (
    title: string,
    wishes: { author?: string; alias?: string } = {},
  ): Promise<string> => {
    const id = await site.make.thread({ community: 'nights', author: 'opener', title, ...wishes });
    await rows('update threads set created_at = $2 where id = $1', [id, site.clock.now()]);
    return id;
  };

  it('nobody is asked before the waiting time is over', async () => {
    thread = await open('Awake again');
    site.clock.move(11 * HOUR);
    await run();
    expect(await askedOf(thread)).toEqual([]);
    const page = textOf((await opener.get(`/t/${thread}`)).html);
    expect(page).toContain('If it stays that way, we show your thread to peer supporters');
    const compose = textOf((await opener.get('/c/nights/new')).html);
    expect(compose).toContain('If nobody has replied after 12 hours, we show your thread to peer');
    const before = textOf((await (await site.as('third')).get('/c/nights')).html);
    expect(before).toContain('If there is still no reply after a day, we pass it to the team.');
  });

  it('two supporters on duty, with capacity and not blocked are asked, however often the job runs', async () => {
    site.clock.move(2 * HOUR);
    await Promise.all([run(), run()]);
    await run();
    expect(await askedOf(thread)).toEqual(['ready', 'second']);
    const page = textOf((await opener.get(`/t/${thread}`)).html);
    expect(page).toContain('we have shown your thread to peer supporters.');
    expect(page).not.toMatch(/ready|second/);
    expect(textOf((await (await site.as('third')).get(`/t/${thread}`)).html)).not.toContain(
      'Nobody has replied yet',
    );
  });

  it('a supporter sees the request in the inbox and can pass without a reason; the next is asked', async () => {
    for (const handle of ['ready', 'second']) {
      const browser = await site.as(handle);
      const inbox = await eventually(async () => {
        const { html } = await browser.get('/notifications');
        return textOf(html).includes(ASKED) && html;
      }, 'the asking');
      const notice = /href="(\/notifications\/\d+)"/.exec(inbox)?.[1] ?? '';
      const { location } = await browser.get(notice);
      expect(location).toMatch(/^\/asked\/\d+$/);
      const page = await browser.get(location ?? '');
      expect(textOf(page.html)).toContain('Awake again');
      expect((await browser.post(`${location ?? ''}/pass`, {}, location ?? '')).location).toBe(
        '/c/nights',
      );
      expect((await (await site.as('third')).get(location ?? '')).status).toBe(404);
    }
    await run();
    expect(await askedOf(thread)).toEqual(['ready', 'second', 'third']);
  });

  it('accepting leads to the thread, and passing does not use up capacity', async () => {
    const third = await site.as('third');
    const [{ id }] = (await rows(
      `select k.id from askings k join members m on m.id = k.member_id where m.handle = 'third'`,
    )) as [{ id: string }];
    expect((await third.post(`/asked/${id}/accept`, {}, `/asked/${id}`)).location).toBe(
      `/t/${thread}#reply`,
    );
    site.clock.move(5 * HOUR);
    await run();
    expect((await askedOf(thread)).length).toBe(3);
    await supporter('ready', 1, 'null');
    await supporter('second', 0, 'null');
    await supporter('third', 1, 'null');
    const another = await open('Another night');
    site.clock.move(13 * HOUR);
    await run();
    expect(await askedOf(another)).toEqual(['ready']);
  });

  it('after a day the team is asked once, and the author is told', async () => {
    site.clock.move(DAY);
    await run();
    await run();
    const cases = (await rows(
      `
        select rc.tier, r.source, count(*)::int as count
        from review_cases rc
        join case_reasons r on r.case_id = rc.id
        join posts p on p.id = rc.post_id
        where p.thread_id = $1
        group by 1, 2
      `,
      [thread],
    )) as unknown[];
    expect(cases).toEqual([{ tier: 'none', source: 'unanswered', count: 1 }]);
    expect(textOf((await opener.get(`/t/${thread}`)).html)).toContain(
      'we have passed your thread to the team',
    );
    expect(textOf((await (await site.as('mod')).get('/mod')).html)).toContain('nobody has replied');
    const askedBefore = await askedOf(thread);
    await run();
    expect(await askedOf(thread)).toEqual(askedBefore);
  });

  it('after a reply nobody else is asked, and the note to the author is gone', async () => {
    await site.make.reply({ thread, author: 'third' });
    const [{ id }] = (await rows(
      `
        select k.id
        from askings k
        join members m on m.id = k.member_id
        where m.handle = 'ready' and k.thread_id = $1
      `,
      [thread],
    )) as [{ id: string }];
    expect(textOf((await (await site.as('ready')).get(`/asked/${id}`)).html)).toContain(
      'This thread is not waiting any more.',
    );
    expect(textOf((await opener.get(`/t/${thread}`)).html)).not.toContain('passed on');
  });

  it('a block of a handle does not affect its alias, and an alias is blocked separately', async () => {
    await rows(`update supporters set capacity = 0`);
    const hidden = await open('Under another name', { alias: 'quiet-lamp' });
    site.clock.move(13 * HOUR);
    await rows(
      `
        insert into alias_blocks (member_id, alias_id)
        select m.id, a.id
        from members m, thread_aliases a
        where m.handle = 'blocked' and a.thread_id = $1
      `,
      [hidden],
    );
    await run();
    expect(await askedOf(hidden)).toEqual(['blocker']);
  });

  it('nobody is asked for a pinned, locked, held, urgent or prompt thread, or during a break', async () => {
    const left: [string, string][] = [];
    for (const [title, change] of [
      ['Pinned', `update threads set pinned_at = now() where id = $1`],
      ['Locked', `update threads set locked_at = now() where id = $1`],
      ['Held', `update threads set status = 'held' where id = $1`],
      ['Urgent', `update posts set tier = 'urgent' where thread_id = $1`],
      [
        'By itself',
        `
          with p as (insert into community_prompts (community_id, kind, title, body, weekday, hour,
            created_at)
            select community_id, 'check-in', 'Weekly', 'Words', 1, 9, now()
            from threads
            where id = $1
            returning id)
          insert into prompt_threads (prompt_id, day, thread_id)
          select id, now()::date, $1
          from p
        `,
      ],
    ] as const) {
      const id = await open(title);
      await rows(change, [id]);
      left.push([title, id]);
    }
    const away = await open('Away', { author: 'away' });
    await rows(
      `update members set break_until = $1::timestamptz + interval '30 days' where handle = 'away'`,
      [site.clock.now()],
    );
    const calm = await open('Calm');
    await rows(`update supporters set capacity = 9`);
    site.clock.move(13 * HOUR);
    await run();
    expect((await askedOf(calm)).length).toBe(2);
    for (const [title, id] of [...left, ['Away', away] as const])
      expect([title, await askedOf(id)]).toEqual([title, []]);
  });

  it('a supporter of somebody in danger is offered a rest once, and is not asked during it', async () => {
    const hard = await open('A hard night');
    await rows(`update posts set tier = 'crisis' where thread_id = $1`, [hard]);
    const ready = await site.as('ready');
    for (const key of ['one', 'two'])
      expect(
        (
          await ready.post(
            `/t/${hard}/replies`,
            { body: 'I read you.', idempotencyKey: key },
            `/t/${hard}`,
          )
        ).status,
      ).toBe(303);
    const { location } = await eventually(async () => {
      const [notice] = (await rows(
        `
          select n.id
          from notices n
          join members m on m.id = n.member_id
          where m.handle = 'ready' and n.kind = 'rest-offered'
        `,
      )) as { id: string }[];
      return notice !== undefined && ready.get(`/notifications/${notice.id}`);
    }, 'the offer');
    expect((await rows('select 1 from rests_offered')).length).toBe(1);
    const page = textOf((await ready.get(location ?? '')).html);
    expect(page).toContain('Would you like a rest?');
    expect(page).not.toContain('A hard night');
    expect((await ready.post(`${location ?? ''}/7`, {}, location ?? '')).location).toBe(
      '/c/nights/supporting',
    );
    expect((await ready.post(`${location ?? ''}/400`, {}, location ?? '')).status).toBe(404);
    const [row] = (await rows(
      `
        select s.capacity, s.off_duty_until > $1::timestamptz + interval '6 days' as off
        from supporters s
        join members m on m.id = s.member_id
        where m.handle = 'ready'
      `,
      [site.clock.now()],
    )) as unknown[];
    expect(row).toEqual({ capacity: 9, off: true });
    const next = await open('The night after');
    site.clock.move(13 * HOUR);
    await run();
    expect(await askedOf(next)).not.toContain('ready');
  });
});
