import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY } from '../../src/kernel/clock.js';
import { LookBacks } from '../../src/toolkit/look-back/look-back.service.js';
import { Reminders } from '../../src/toolkit/pages/reminders.service.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

/** Milliseconds from a time until the second day of the next month (UTC). */
function untilNextMonth(now: Date): number {
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 2) - now.getTime();
}

describe('opt-in reminders', () => {
  let site: TestApp;
  let sav: Browser;
  const inbox = async (who: Browser = sav): Promise<string> =>
    textOf((await who.get('/notifications')).html);

  beforeAll(async () => {
    site = await testApp();
    await site.make.strategy({ slug: 'walk', name: 'A walk' });
  });
  // Months pass in these tests: longer than a session lasts.
  beforeEach(async () => {
    sav = await site.as('sav');
  });
  afterAll(() => site.close());

  it('send one encrypted letter about the month before, in the member’s own words', async () => {
    const quiet = await site.as('quiet');
    for (const who of [sav, quiet]) {
      await who.post('/toolkit/check-ins', { level: '2', word: 'stormy' });
      await who.post('/strategies/walk/check-ins', { before: '2', after: '6' });
    }
    await sav.post('/toolkit/settings', { lookBack: 'on' });
    site.clock.move(untilNextMonth(site.clock.now()));
    const lookBacks = site.app.get(LookBacks);
    await Promise.all([lookBacks.writeDue(), lookBacks.writeDue()]);
    await lookBacks.writeDue();
    const notice = await eventually(
      async () => /\/notifications\/(\d+)/.exec((await sav.get('/notifications')).html)?.[0],
      'the notice',
    );
    expect((await inbox()).match(/Your monthly review is ready/g)?.length).toBe(1);
    const letter = textOf((await sav.follow(await sav.get(notice))).html);
    expect(letter).toContain('stormy');
    expect(letter).toContain('A walk, once');
    expect(await inbox(quiet)).not.toContain('look back');
    const rows = JSON.stringify(await site.make.rows('select t::text from toolkit_letters t'));
    expect((await site.make.rows('select 1 from toolkit_letters')).length).toBe(1);
    expect(rows).not.toContain(Buffer.from('stormy').toString('hex'));
    expect(JSON.stringify(await site.make.rows('select event, ids from outbox'))).not.toContain(
      'stormy',
    );
  });

  it('announce a letter by mail only on request, and reveal nothing in it', async () => {
    expect(site.post.letters).toEqual([]);
    await site.make.rows(
      `
        insert into mail_choices (member_id, kind, frequency)
        select id, 'own', 'at-once'
        from members
        where handle = 'sav'
      `,
    );
    await sav.post('/toolkit/check-ins', { level: '2', word: 'stormy' });
    site.clock.move(31 * DAY);
    await site.app.get(LookBacks).writeDue();
    const mail = await site.post.next('sav@example.org');
    for (const told of ['stormy', 'walk', 'look back', 'toolkit', 'Toolkit'])
      expect(`${mail.subject} ${mail.text} ${mail.html}`).not.toContain(told);
  });

  it('use neutral words, and come only as often as requested', async () => {
    const reminders = site.app.get(Reminders);
    await sav.post('/strategies/walk/save');
    await sav.post('/toolkit/settings', { remindEvery: '7' });
    await reminders.practice();
    expect(await inbox()).not.toContain('Here is the reminder you asked for');
    site.clock.move(8 * DAY);
    await Promise.all([reminders.practice(), reminders.practice()]);
    await eventually(
      async () =>
        (await inbox()).includes(
          'Here is the reminder you asked for, about something in your toolkit.',
        ),
      'the reminder',
    );
    expect((await inbox()).match(/Here is the reminder you asked for/g)?.length).toBe(1);
    await sav.post('/toolkit/settings', { remindEvery: '' });
    site.clock.move(8 * DAY);
    await reminders.practice();
    expect((await inbox()).match(/Here is the reminder you asked for/g)?.length).toBe(1);
  });

  it('ask once, two weeks after a sheet, how it went', async () => {
    const made = await sav.post('/toolkit/sheets', { wish: 'To be heard', askLater: 'on' });
    const reminders = site.app.get(Reminders);
    await reminders.askAboutSheets();
    const asks = async (): Promise<boolean> =>
      (await sav.get('/toolkit')).html.includes(`${made.location ?? ''}/nearer`);
    expect(await asks()).toBe(false);
    site.clock.move(15 * DAY);
    await reminders.askAboutSheets();
    expect(await asks()).toBe(true);
    await eventually(
      async () => (await inbox()).includes('There is a small question for you'),
      'the question',
    );
    expect((await sav.post(`${made.location ?? ''}/nearer`, { nearer: 'maybe' })).status).toBe(422);
    const answer = await sav.post(`${made.location ?? ''}/nearer`, { nearer: 'not-yet' });
    expect(answer.location).toBe('/bridge');
    expect(await asks()).toBe(false);
  });
});

describe('stories on the way to help', () => {
  let site: TestApp;

  beforeAll(async () => {
    site = await testApp({ workers: false });
  });
  afterAll(() => site.close());

  const story = async (
    community: string,
    wishes: { title: string; alias?: string; author?: string },
  ): Promise<string> => {
    const id = await site.make.thread({ community, author: 'teller', ...wishes });
    await site.make.rows(`update threads set kind = 'experience' where id = $1`, [id]);
    return id;
  };
  const shown = async (who: Browser, step = 'waiting'): Promise<string> =>
    textOf((await who.get(`/bridge?step=${step}`)).html);

  it('are marked by their authors, and found by step', async () => {
    await site.make.community({ slug: 'open' });
    const id = await story('open', { title: 'Nine months on a list', alias: 'quiet-lamp' });
    const teller = await site.as('teller');
    expect(
      (await (await site.as('other')).post(`/bridge/stories/${id}`, { step: 'waiting' })).status,
    ).toBe(404);
    expect((await teller.get(`/t/${id}`)).html).toContain('href="/bridge"');
    expect((await (await site.as('other')).get(`/t/${id}`)).html).not.toContain('href="/bridge"');
    expect((await teller.post(`/bridge/stories/${id}`, { step: 'paying' })).status).toBe(422);
    expect((await teller.post(`/bridge/stories/${id}`, { step: 'waiting' })).status).toBe(303);
    const page = await shown(site.browser());
    expect(page).toContain('Nine months on a list');
    expect(page).toContain('quiet-lamp');
    expect(page).not.toContain('teller');
    expect(await shown(site.browser(), 'thinking')).not.toContain('Nine months');
    await teller.post(`/bridge/stories/${id}`, { step: '' });
    expect(await shown(site.browser())).not.toContain('Nine months');
  });

  it('include their author’s update, for those who may read it', async () => {
    await site.make.community({ slug: 'harbour', visibility: 'members' });
    await site.make.join('harbour-reader', 'harbour');
    const later = async (community: string, title: string, author: string): Promise<string> => {
      const thread = await site.make.thread({ community, author, title });
      const update = await site.make.reply({ thread, author, body: 'It is easier now.' });
      await site.make.rows('update posts set is_update = true where id = $1', [update]);
      return thread;
    };
    const open = await later('open', 'A year of night shifts', 'shift-worker');
    await later('harbour', 'Told my manager', 'shift-worker');
    const page = (await site.browser().get('/bridge')).html;
    expect(textOf(page)).toContain('Where are they now?');
    expect(page).toContain(`href="/t/${open}#post-2">A year of night shifts`);
    expect(page).not.toContain('Told my manager');
    expect((await (await site.as('harbour-reader')).get('/bridge')).html).toContain(
      'Told my manager',
    );
    // Hidden updates, and those whose author removed their name, are not listed.
    await site.make.rows(
      `update posts set name_detached = true where thread_id = $1 and is_update`,
      [open],
    );
    expect((await site.browser().get('/bridge')).html).not.toContain('A year of night shifts');
  });

  it('of a closed group are shown only to its members; held, blocked or other posts to nobody', async () => {
    await site.make.community({ slug: 'closed', visibility: 'members' });
    await site.make.join('insider', 'closed');
    const teller = await site.as('teller');
    const closed = await story('closed', { title: 'Behind the door' });
    await teller.post(`/bridge/stories/${closed}`, { step: 'waiting' });
    expect(await shown(await site.as('insider'))).toContain('Behind the door');
    for (const who of [site.browser(), await site.as('other')])
      expect(await shown(who)).not.toContain('Behind the door');
    await site.make.rows(
      `
        insert into blocks (member_id, blocked_id)
        select a.id, b.id
        from members a, members b
        where a.handle = 'insider' and b.handle = 'teller'
      `,
    );
    expect(await shown(await site.as('insider'))).not.toContain('Behind the door');
    const held = await story('open', { title: 'Not yet read' });
    await teller.post(`/bridge/stories/${held}`, { step: 'waiting' });
    await site.make.rows(`update posts set status = 'held' where thread_id = $1`, [held]);
    expect(await shown(site.browser())).not.toContain('Not yet read');
    const question = await site.make.thread({
      community: 'open',
      author: 'teller',
      title: 'A question',
    });
    expect((await teller.post(`/bridge/stories/${question}`, { step: 'waiting' })).status).toBe(
      404,
    );
  });
});
