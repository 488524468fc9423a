import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.js';
import { RemindAfterCrisisJob } from '../../src/moderation/wellbeing/remind-after-crisis.job.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

describe('care for moderators and for threads', () => {
  let site: TestApp;
  let first: Browser;
  let second: Browser;
  let admin: Browser;

  beforeAll(async () => {
    site = await testApp();
    await site.make.community({ slug: 'here' });
    for (const handle of ['mod-one', 'mod-two']) await site.make.join(handle, 'here', 'moderator');
    await site.make.member('an-admin', { role: 'admin' });
    [first, second, admin] = [
      await site.as('mod-one'),
      await site.as('mod-two'),
      await site.as('an-admin'),
    ];
  });
  afterAll(() => site.close());

  async function caseOf(
    tier: 'crisis' | 'urgent' | 'watch',
    reasons = ['triage.watch'],
    thread?: string,
  ): Promise<string> {
    const place = thread ?? (await site.make.thread({ community: 'here' }));
    return site.make.case({
      post: await site.make.reply({ thread: place, author: 'somebody' }),
      tier,
      reasons,
    });
  }

  it('the week shows who is on call, and the gaps', async () => {
    await site.make.rows(
      `
        update communities
        set hours = '{"timeZone": "UTC", "outside": "", "weekly": [
          {"days": [1, 2, 3, 4, 5, 6, 7], "from": "06:00", "to": "22:00"}]}'
        where slug = 'here'
      `,
    );
    const day = new Date(site.clock.ms() + 8 * DAY).toISOString().slice(0, 10);
    const gaps = async (): Promise<string> =>
      textOf((await first.get(`/mod/shifts?week=${day}`)).html);
    expect(await gaps()).toContain('but no one is on shift');
    const past = textOf((await first.get('/mod/shifts?week=2020-01-06')).html);
    expect([past.includes('No shifts this week.'), past.includes('whenever a community')]).toEqual([
      true,
      false,
    ]);
    const faulty = await first.post('/mod/shifts', {
      duty: 'lead',
      day: 'soon',
      from: '09:00',
      to: '10:00',
    });
    expect([faulty.status, textOf(faulty.html).includes('Choose a day.')]).toEqual([422, true]);
    expect(
      (
        await first.post('/mod/shifts', {
          duty: 'primary',
          day: '2020-01-01',
          from: '09:00',
          to: '10:00',
        })
      ).status,
    ).toBe(422);
    expect(
      (
        await first.post('/mod/shifts', {
          member: 'mod-two',
          duty: 'primary',
          day,
          from: '06:00',
          to: '22:00',
        })
      ).status,
    ).toBe(422);
    const form = { duty: 'lead', day, from: '06:00', to: '22:00' };
    // A form sent twice creates one shift; overlapping shifts of one person are refused.
    for (let n = 0; n < 2; n += 1) expect((await first.post('/mod/shifts', form)).status).toBe(303);
    expect(
      (await first.post('/mod/shifts', { ...form, duty: 'second', from: '08:00' })).status,
    ).toBe(422);
    expect(
      (await admin.post('/mod/shifts', { ...form, member: 'mod-two', duty: 'second' })).status,
    ).toBe(303);
    expect((await admin.post('/mod/shifts', { ...form, member: 'somebody-else' })).status).toBe(
      422,
    );
    const page = await gaps();
    for (const part of [
      'mod-one lead',
      'mod-two added by an-admin second on call',
      'added by an-admin',
      'longer than four hours',
    ])
      expect(page).toContain(part);
    const rows = (await site.make.rows('select id, member_id from shifts')) as {
      id: string;
      member_id: string;
    }[];
    expect(rows).toHaveLength(2);
    const other = rows.find((row) => row.member_id !== rows[0]?.member_id);
    expect((await first.post(`/mod/shifts/${other?.id ?? ''}/remove`)).status).toBe(404);
    expect((await admin.post(`/mod/shifts/${other?.id ?? ''}/remove`)).status).toBe(303);
  });

  it('a hand-over note is shown to the next shift', async () => {
    expect((await first.post('/mod/shifts/hand-over', { body: ' ' })).status).toBe(422);
    await first.post('/mod/shifts/hand-over', { body: 'One thread needs a look at ten.' });
    expect(textOf((await second.get('/mod')).html)).toContain('One thread needs a look at ten.');
    expect(textOf((await first.get('/mod')).html)).not.toContain('One thread needs a look at ten.');
    site.clock.move(DAY + HOUR);
    expect(textOf((await second.get('/mod')).html)).not.toContain(
      'One thread needs a look at ten.',
    );
    site.clock.move(-DAY - HOUR);
  });

  it('five hard cases suggest a break, ten crises ask for confirmation; a lead sees only yes or no', async () => {
    await site.make.rows(
      `
        insert into shifts (member_id, duty, starts_at, ends_at, created_at)
        values ($1, 'primary', now() - interval '1 minute', now() + interval '3 hours', now())
      `,
      [await site.make.member('mod-one')],
    );
    const over = async (): Promise<string> => textOf((await admin.get('/mod/shifts')).html);
    expect(await over()).toContain('mod-one: within their limit.');
    for (let n = 0; n < 5; n += 1) await first.post(`/mod/cases/${await caseOf('crisis')}/read`);
    expect(textOf((await first.get('/mod')).html)).toMatch(/5 hard cases this shift.*/);
    expect(textOf((await first.get('/mod')).html)).toContain('Take ten minutes away');
    expect(await over()).toContain('mod-one: over their limit.');
    expect(await over()).not.toContain('5 hard cases');
    for (let n = 0; n < 5; n += 1) await first.post(`/mod/cases/${await caseOf('crisis')}/read`);
    const id = await caseOf('crisis');
    const response = await first.post(`/mod/cases/${id}/read`);
    expect(response.location).toBe(`/mod/cases/${id}?sure=stop#words`);
    expect(textOf((await first.get(`/mod/cases/${id}?sure=stop`)).html)).toContain(
      'Open it anyway',
    );
    expect((await first.post(`/mod/cases/${id}/read`, { sure: 'on' })).location).toBe(
      `/mod/cases/${id}?words=open#words`,
    );
    // Cases below crisis open without confirmation.
    const calm = await caseOf('watch');
    expect((await first.post(`/mod/cases/${calm}/read`)).location).toBe(
      `/mod/cases/${calm}?words=open#words`,
    );
    await site.make.rows(`update review_cases set state = 'closed', closed_at = now()`);
    await site.make.rows('delete from shifts');
  });

  it('a case shows title, notes and the author’s summary, with the text folded', async () => {
    const id = await caseOf('watch');
    await site.make.rows(
      `
        with p as (update posts
            set content_warnings = '{death-and-grief}', added_notes = '{eating-and-body}', summary = 'About a loss.',
              body = 'Words that stay closed.'
            where id = (select post_id from review_cases where id = $1)
            returning thread_id)
        update threads set title = 'The name of the thread' where id = (select thread_id from p)
      `,
      [id],
    );
    await first.post(`/mod/cases/${id}/claim`);
    const closed = textOf((await first.get(`/mod/cases/${id}`)).html);
    for (const words of [
      'The name of the thread',
      'Content notes: death and grief, eating and body image.',
      'What the author says about it: About a loss.',
      'The text is hidden',
    ])
      expect(closed).toContain(words);
    expect(closed).not.toContain('stay closed');
    await first.post(`/mod/cases/${id}/read`);
    const open = textOf((await first.get(`/mod/cases/${id}?words=open`)).html);
    expect(open).toContain('Words that stay closed.');
    expect(open.match(/The name of the thread/g)).toHaveLength(1);
    await site.make.rows(`update review_cases set state = 'closed', closed_at = now()`);
  });

  it('cases on a topic that a moderator avoids come last and ask for confirmation', async () => {
    const hard = await caseOf('urgent', ['concern.self-harm']);
    const calm = await caseOf('watch', ['report.bullying']);
    const order = async (browser: Browser): Promise<string[]> =>
      [...(await browser.get('/mod')).html.matchAll(/href="\/mod\/cases\/(\d+)"/g)].map(
        ([, id]) => id ?? '',
      );
    expect(await order(second)).toEqual([hard, calm]);
    expect((await second.post('/mod/me', { topics: 'nothing.known', mail: 'on' })).status).toBe(
      422,
    );
    await second.post('/mod/me', { topics: 'concern.self-harm', mail: 'on' });
    expect(await order(second)).toEqual([calm, hard]);
    expect(await order(first)).toEqual([hard, calm]);
    expect(textOf((await second.get('/mod')).html)).toContain('a subject you asked to avoid');
    expect((await second.post(`/mod/cases/${hard}/read`)).location).toBe(
      `/mod/cases/${hard}?sure=spared#words`,
    );
    await second.post('/mod/me', { mail: 'on' });
    expect(await order(second)).toEqual([hard, calm]);
  });

  it('two moderators can act in one crisis, whichever of them claimed it', async () => {
    const id = await caseOf('crisis');
    await first.post(`/mod/cases/${id}/claim`);
    expect(
      (
        await second.post(`/mod/cases/${id}/decide`, {
          action: 'reach-out',
          message: 'We are here.',
        })
      ).status,
    ).toBe(409);
    for (const handle of ['mod-one', 'somebody', 'nobody-here'])
      expect((await first.post(`/mod/cases/${id}/pair`, { handle })).status).toBe(422);
    expect((await first.post(`/mod/cases/${id}/pair`, { handle: 'mod-two' })).status).toBe(303);
    await eventually(
      async () =>
        textOf((await second.get('/notifications?kind=team')).html).includes(
          'A colleague has asked you to join a case.',
        ),
      'the notice of the colleague',
    );
    expect(
      (
        await second.post(`/mod/cases/${id}/decide`, {
          action: 'reach-out',
          message: 'We are here.',
        })
      ).status,
    ).toBe(303);
    expect(textOf((await admin.get(`/mod/log?case=${id}`)).html)).toContain(
      'mod-one asked a colleague to join the case',
    );
  });

  it('the handler of a crisis is reminded after one and three days, until a debrief is held', async () => {
    const id = await caseOf('crisis');
    await first.post(`/mod/cases/${id}/decide`, {
      action: 'add-warning',
      contentWarnings: 'suicide',
      reason: '',
    });
    const about = async (what: string): Promise<number> => {
      const [row] = (await site.make.rows(
        'select count(*)::int as count from case_reminders where case_id = $1 and about = $2',
        [id, what],
      )) as [{ count: number }];
      return row.count;
    };
    const run = (): Promise<void> => site.app.get(RemindAfterCrisisJob).run();
    await run();
    expect(await about('debrief')).toBe(0);
    site.clock.move(24 * HOUR + MINUTE);
    for (let n = 0; n < 2; n += 1) await run();
    expect([await about('debrief'), await about('look-in')]).toEqual([1, 1]);
    await eventually(
      async () =>
        /You handled something hard.*|look in on somebody/s.test(
          textOf((await first.get('/notifications?kind=team')).html),
        ),
      'the reminder',
    );
    await first.post(`/mod/cases/${id}/debrief`, { felt: 'Like lead in the bones' });
    expect((await first.get(`/mod/cases/${id}/debrief`)).html).toContain('Like lead in the bones');
    expect((await second.get(`/mod/cases/${id}/debrief`)).html).not.toContain(
      'Like lead in the bones',
    );
    const lead = await admin.get('/mod/shifts');
    expect(textOf(lead.html)).toContain('mod-one asked to talk');
    expect(lead.html).not.toContain('Like lead in the bones');
    const done = /\/mod\/debriefs\/(\d+)\/done/.exec(lead.html)?.[1] ?? '';
    for (const browser of [first, second])
      expect((await browser.post(`/mod/debriefs/${done}/done`)).status).toBe(404);
    expect((await admin.post(`/mod/debriefs/${done}/done`)).status).toBe(303);
    site.clock.move(48 * HOUR);
    await run();
    expect([await about('debrief'), await about('look-in')]).toEqual([1, 2]);
    site.clock.move(-72 * HOUR - MINUTE);
  });

  it('members who replied in a crisis thread are thanked once, without names or reasons', async () => {
    const thread = await site.make.thread({
      community: 'here',
      author: 'somebody',
      title: 'A very long night',
    });
    const reader = await site.as('kind-reader');
    for (const alias of [undefined, 'grey-hill'])
      await site.make.reply({
        thread,
        author: 'kind-reader',
        ...(alias === undefined ? {} : { alias }),
      });
    await site.make.reply({ thread, author: 'mod-two' });
    const ids = [
      await caseOf('crisis', ['triage.watch'], thread),
      await caseOf('crisis', ['triage.watch'], thread),
    ];
    await second.post(`/mod/cases/${ids[0] ?? ''}/decide`, { action: 'escalate' });
    await eventually(
      async () =>
        (await reader.get('/notifications?kind=team')).html.includes(
          'Thank you for replying in a hard thread.',
        ),
      'the note',
    );
    await second.post(`/mod/cases/${ids[1] ?? ''}/decide`, {
      action: 'fold',
      rule: 'detail',
      reason: 'To keep others safe.',
    });
    const notes = (await site.make.rows(
      `
        select n.id, m.handle
        from aftercare_notes n
        join members m on m.id = n.member_id
        where n.thread_id = $1
      `,
      [thread],
    )) as { id: string; handle: string }[];
    expect(notes.map(({ handle }) => handle)).toEqual(['kind-reader']);
    const note = `/aftercare/${notes[0]?.id ?? ''}`;
    const page = await reader.get(note);
    expect(textOf(page.html)).toContain('Thank you for being there');
    expect(page.html).not.toMatch(/somebody<|A very long night|crisis case|\/t\//);
    expect((await reader.post(note, { body: ' ' })).status).toBe(422);
    for (let n = 0; n < 2; n += 1)
      expect((await reader.post(note, { body: 'Is everything well?' })).status).toBe(303);
    const [opened] = (await site.make.rows(
      `
        select rc.id, (select count(*)::int from case_notes n where n.case_id = rc.id) as notes
        from review_cases rc
        join members m on m.id = rc.member_id
        where m.handle = 'kind-reader'
      `,
    )) as [{ id: string; notes: number }];
    expect(opened.notes).toBe(1);
    expect(textOf((await admin.get(`/mod/cases/${opened.id}`)).html)).toContain(
      'Is everything well?',
    );
    // The team posts a neutral line in the thread, or words that the author agreed to.
    const update = `/mod/cases/${ids[0] ?? ''}/update`;
    expect((await second.post(update, { body: 'They are well and say thanks.' })).status).toBe(422);
    await second.post(update, { body: '' });
    expect(textOf((await reader.get(`/t/${thread}`)).html)).toContain(
      'The team has read this thread',
    );
    await second.post(update, { body: 'They are well and say thanks.', agreed: 'on' });
    expect(textOf((await reader.get(`/t/${thread}`)).html)).toContain(
      'They are well and say thanks.',
    );
  });

  it('a false alarm is unfolded, and a decision about it can be reversed', async () => {
    const thread = await site.make.thread({ community: 'here', author: 'somebody' });
    const post = await site.make.reply({
      thread,
      author: 'somebody',
      body: 'This film killed me.',
    });
    await site.make.rows(`update posts set tier = 'urgent' where id = $1`, [post]);
    const id = await site.make.case({ post, tier: 'urgent', reasons: ['report.other'] });
    const tier = async (): Promise<string> =>
      (
        (await site.make.rows('select tier from posts where id = $1', [post])) as [{ tier: string }]
      )[0].tier;
    await first.post(`/mod/cases/${id}/decide`, { action: 'dismiss' });
    expect(await tier()).toBe('none');
    await site.make.rows(
      `
        insert into reports (number, case_id, post_id, reporter_id, reason, snapshot, outcome,
          answered_at, created_at)
        values ('RRRRRRRR', $1, $2, $3, 'other', '{}', 'no-action', now(),
          now() - interval '1 hour')
      `,
      [id, post, await site.make.member('reporter')],
    );
    const [decision] = (await site.make.rows('select id from decisions where case_id = $1', [
      id,
    ])) as [{ id: string }];
    expect(
      (
        await (
          await site.as('reporter')
        ).post(`/decisions/${decision.id}/appeal`, { statement: 'Look again' })
      ).status,
    ).toBe(303);
    const [appeal] = (await site.make.rows('select id from review_cases where decision_id = $1', [
      decision.id,
    ])) as [{ id: string }];
    expect(
      (
        await second.post(`/mod/cases/${appeal.id}/decide`, {
          action: 'add-warning',
          contentWarnings: 'suicide',
          reason: 'It should have a note.',
        })
      ).status,
    ).toBe(303);
    expect(await tier()).toBe('urgent');
  });

  it('a button ends the pre-moderation of a member', async () => {
    await site.make.join('new-one', 'here');
    expect(textOf((await first.get('/mod/members/new-one')).html)).toContain(
      'Stop holding their first posts',
    );
    expect((await first.post('/mod/members/new-one/trust')).status).toBe(303);
    const page = textOf((await first.get('/mod/members/new-one')).html);
    expect(page).not.toContain('Stop holding their first posts');
    expect(textOf((await admin.get('/mod/log?deed=member.trusted')).html)).toContain(
      'mod-one ended the review',
    );
  });
});
