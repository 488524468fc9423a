import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostPromptsJob } from '../../src/prompts/post-prompts.job.js';
import { TRAINING } from '../../src/peer-support/supporters.dto.js';
import { DAY, HOUR } from '../../src/kernel/clock.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Answer, type Browser } from '../support/browser.js';

describe('belonging without having a crisis', () => {
  let site: TestApp;
  let mod: Browser;
  let wren: Browser;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.community({ slug: 'nights' });
    await site.make.join('mod', 'nights', 'moderator');
    await site.make.join('wren', 'nights');
    mod = await site.as('mod');
    wren = await site.as('wren');
  });
  afterAll(() => site.close());

  const threads = async (): Promise<
    { id: string; title: string; pinned: boolean; locked: boolean; author: string }[]
  > =>
    (await site.make.rows(`
        select t.id, t.title, t.pinned_at is not null as pinned, t.locked_at is not null as locked,
          m.handle::text as author
      from threads t
      join posts p on p.thread_id = t.id and p.number = 1
      join members m on m.id = p.author_id
      order by t.id`)) as {
      id: string;
      title: string;
      pinned: boolean;
      locked: boolean;
      author: string;
    }[];

  /** The current weekday and hour in the community's time zone (London in winter, i.e. UTC). */
  function thisHour(): { weekday: string; hour: string } {
    const now = site.clock.now();
    return { weekday: String(((now.getUTCDay() + 6) % 7) + 1), hour: String(now.getUTCHours()) };
  }

  it('a moderator sets up a weekly thread, with errors beside their fields', async () => {
    const form = {
      kind: 'check-in',
      title: 'Weekly check-in',
      body: 'How was it?',
      weekday: '8',
      hour: '9',
    };
    const wrong = await mod.post('/c/nights/prompts', form, '/c/nights/prompts');
    expect(wrong.status).toBe(422);
    expect(textOf(wrong.html)).toContain('Choose a day of the week.');
    expect(wrong.html).toContain('How was it?');
    // The error summary links to the field of this kind of thread, not of another kind.
    expect(wrong.html).toContain('<a href="#weekday-check-in">');
    expect(wrong.html).toContain('id="weekday-check-in-error"');
    expect(
      (
        await mod.post(
          '/c/nights/prompts',
          { ...form, weekday: '1', kind: 'rant' },
          '/c/nights/prompts',
        )
      ).status,
    ).toBe(422);
    await site.make.rows(
      `
        update communities
        set hours = '{"timeZone":"UTC","weekly":[],"outside":""}'
        where slug = 'nights'
      `,
    );
    // Set it up two hours ago, so that it is due whatever the time is now.
    site.clock.move(-2 * HOUR);
    const before = site.clock.now();
    site.clock.move(2 * HOUR);
    expect(
      (await mod.post('/c/nights/prompts', { ...form, ...thisHour() }, '/c/nights/prompts')).status,
    ).toBe(303);
    await site.make.rows('update community_prompts set created_at = $1', [before]);
  });

  it('the job opens it once, however often and concurrently it runs', async () => {
    const job = site.app.get(PostPromptsJob);
    await Promise.all([job.run(), job.run(), job.run()]);
    await job.run();
    const [thread, ...more] = await threads();
    expect(more).toEqual([]);
    expect(thread).toMatchObject({ pinned: true, locked: false, author: 'mod' });
    expect(thread?.title).toMatch(/^Weekly check-in, \d+ \w+$/);
    expect(
      (await wren.post(`/t/${thread?.id ?? ''}/replies`, { body: 'A long one.' })).status,
    ).toBe(303);
  });

  it('the next week’s thread replaces the pinned one', async () => {
    site.clock.move(7 * DAY);
    await site.app.get(PostPromptsJob).run();
    expect((await threads()).map(({ pinned, locked }) => [pinned, locked])).toEqual([
      [false, false],
      [true, false],
    ]);
    site.clock.move(7 * DAY);
    await site.app.get(PostPromptsJob).run();
    // Nobody replied to the second thread: it is locked, so that it does not wait for replies.
    expect((await threads()).map(({ pinned, locked }) => [pinned, locked])).toEqual([
      [false, false],
      [false, true],
      [true, false],
    ]);
  });

  it('a paused prompt opens nothing, and only moderators can pause it', async () => {
    expect((await wren.post('/c/nights/prompts/check-in/pause')).status).toBe(404);
    expect((await mod.post('/c/nights/prompts/check-in/pause')).status).toBe(303);
    site.clock.move(7 * DAY);
    await site.app.get(PostPromptsJob).run();
    expect((await threads()).length).toBe(3);
    expect((await mod.post('/c/nights/prompts/check-in/resume')).status).toBe(303);
    await site.app.get(PostPromptsJob).run();
    expect((await threads()).length).toBe(4);
  });

  it('another moderator is its author if the one who set it up has left', async () => {
    await site.make.member('boss', { role: 'admin' });
    await site.make.rows(
      `delete from memberships where member_id = (select id from members where handle = 'mod')`,
    );
    site.clock.move(7 * DAY);
    await site.app.get(PostPromptsJob).run();
    expect((await threads()).at(-1)?.author).toBe('boss');
    await site.make.join('mod', 'nights', 'moderator');
  });

  it('a member offers to support; a moderator can accept once the checklist is complete', async () => {
    const offer = { why: 'I have been there.', capacity: '2', steps: ['listening', 'limits'] };
    const wrong = await wren.post(
      '/c/nights/supporting',
      { ...offer, capacity: 'many' },
      '/c/nights/supporting',
    );
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('I have been there.');
    expect((await wren.post('/c/nights/supporting', offer, '/c/nights/supporting')).status).toBe(
      303,
    );
    expect(textOf((await mod.get('/c/nights/supporters')).html)).toContain(
      '2 of 6 steps of the checklist done.',
    );
    expect((await mod.post('/c/nights/supporters/wren/accept')).status).toBe(403);
    await wren.post(
      '/c/nights/supporting',
      { ...offer, steps: [...TRAINING] },
      '/c/nights/supporting',
    );
    expect(
      (await mod.post('/c/nights/supporters/wren/accept', { line: 'Glad you are here.' })).status,
    ).toBe(303);
    expect(textOf((await site.browser().get('/c/nights')).html)).toMatch(/wren Peer supporter/);
    const [answer] = (await site.make.rows(
      'select accepted, words from member_answers',
    )) as object[];
    expect(answer).toEqual({ accepted: true, words: 'Glad you are here.' });
  });

  it('a supporter goes off duty or stops without giving a reason', async () => {
    const day = new Date(site.clock.now().getTime() + 5 * DAY).toISOString().slice(0, 10);
    expect(
      (
        await wren.post(
          '/c/nights/supporting/duty',
          { capacity: '1', offDutyUntil: '2020-01-01' },
          '/c/nights/supporting',
        )
      ).status,
    ).toBe(422);
    expect(
      (
        await wren.post(
          '/c/nights/supporting/duty',
          { capacity: '1', offDutyUntil: day },
          '/c/nights/supporting',
        )
      ).status,
    ).toBe(303);
    const [row] = (await site.make.rows(
      'select state, capacity, off_duty_until > now() as off from supporters',
    )) as object[];
    expect(row).toEqual({ state: 'active', capacity: 1, off: true });
    expect((await wren.post('/c/nights/supporting/stop')).status).toBe(303);
    expect(await site.make.rows('select 1 from supporters')).toEqual([]);
    expect(
      await site.make.rows(
        `
          select s.role
          from memberships s
          join members m on m.id = s.member_id
          where m.handle = 'wren'
        `,
      ),
    ).toEqual([{ role: 'member' }]);
  });

  it('the moderators’ actions are in the audit log', async () => {
    const deeds = (
      (await site.make.rows('select deed from moderation_log order by id')) as { deed: string }[]
    ).map(({ deed }) => deed);
    expect(deeds).toEqual([
      'prompt.saved',
      'prompt.paused',
      'prompt.resumed',
      'supporter.accepted',
    ]);
  });

  it('moderators collect useful threads in folders', async () => {
    await site.make.community({ slug: 'shelf', visibility: 'members' });
    await site.make.community({ slug: 'elsewhere' });
    await site.make.join('mod', 'shelf', 'moderator');
    await site.make.join('wren', 'shelf');
    const [sleep, night] = [
      await site.make.thread({ community: 'shelf', author: 'wren', title: 'What helped me sleep' }),
      await site.make.thread({ community: 'shelf', author: 'loud', title: 'A night walk' }),
    ];
    const page = '/c/shelf/folders';
    expect((await wren.get(page)).html).not.toContain('<form class="form form--sheet"');
    const short = await mod.post(page, { name: 'S' }, page);
    expect([
      short.status,
      textOf(short.html).includes('Give it a name of 2 to 60 characters.'),
    ]).toEqual([422, true]);
    const press = (): Promise<Answer> => mod.post(page, { name: 'Sleep', summary: 'Nights' }, page);
    const presses = await Promise.all([press(), press()]);
    expect(presses.map(({ status }) => status)).toEqual([303, 303]);
    expect(textOf((await mod.post(page, { name: 'sleep' }, page)).html)).toContain(
      'There is already a folder with this name. Choose another name.',
    );
    const folder = /href="(\/c\/shelf\/folders\/(\d+))"/.exec((await wren.get('/c/shelf')).html);
    const [, path = '', id = ''] = folder ?? [];
    for (const thread of [sleep, night]) {
      expect((await mod.get(`/t/${thread}`)).html).toContain(`href="/t/${thread}/folders"`);
      await mod.post(`/t/${thread}/folders`, { folders: [id] }, `/t/${thread}/folders`);
    }
    // A folder of another community accepts no thread, even if a form names it.
    const foreign = await site.make.folder({ community: 'elsewhere', name: 'Foreign' });
    await mod.post(`/t/${sleep}/folders`, { folders: [id, foreign] }, `/t/${sleep}/folders`);
    expect(
      await site.make.rows('select 1 from folder_threads where folder_id = $1', [foreign]),
    ).toEqual([]);
    expect((await mod.get(`/t/${sleep}/folders`)).html).toMatch(
      new RegExp(`value="${id}" checked`),
    );
    const listed = async (who: Browser): Promise<string[]> =>
      [...(await who.get(path)).html.matchAll(/href="\/t\/(\d+)"/g)].map(([, one]) => one ?? '');
    expect(await listed(wren)).toEqual([night, sleep]);
    expect((await site.browser().get(path)).status).toBe(404);
    expect((await wren.get(`/c/elsewhere/folders/${id}`)).status).toBe(404);
    // A folder shows nobody a thread that the lists hide from them.
    await site.make.rows(`update threads set status = 'hidden' where id = $1`, [sleep]);
    expect(await listed(wren)).toEqual([night]);
    await wren.post(`/t/${night}/mute`, {}, `/t/${night}`);
    expect(await listed(wren)).toEqual([]);
    // A thread that was moved no longer shows under its former community.
    await site.make.rows(
      `
        update threads
        set community_id = (select id from communities where slug = 'elsewhere')
        where id = $1
      `,
      [night],
    );
    expect(await listed(mod)).toEqual([]);
    await mod.post(`${path}/remove`, {}, path);
    expect((await wren.get(path)).status).toBe(404);
    expect((await wren.get('/c/shelf')).html).not.toContain('/folders/');
    expect(await site.make.rows('select 1 from threads where id = $1', [sleep])).toHaveLength(1);
    const actions = (await site.make.rows(
      `select deed from moderation_log where deed like 'folder.%' order by id`,
    )) as { deed: string }[];
    expect(actions.map(({ deed }) => deed.replace('folder.', ''))).toEqual([
      'saved',
      'filled',
      'filled',
      'filled',
      'removed',
    ]);
  });
});
