import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Screening } from '../../src/triage/screening.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

const DAY = 86_400_000;

interface Case {
  id: string;
  tier: string;
  reasons: string[];
}

describe('reports', () => {
  let site: TestApp;
  let reporter: Browser;
  let author: Browser;
  let moderator: Browser;
  let thread: string;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    // Disable screening, which has its own tests.
    site.app.get(Screening).assess = () => ({
      tier: 'none',
      named: 'none',
      signals: [],
      rulesVersion: 'test',
    });
    await site.make.community({ slug: 'here' });
    for (const handle of ['reporter', 'author', 'second-reporter', 'fresh-face'])
      await site.make.join(handle, 'here');
    await site.make.rows(
      `update members set created_at = now() - interval '90 days' where handle <> 'fresh-face'`,
    );
    [reporter, author] = [await site.as('reporter'), await site.as('author')];
    await site.make.join('keeper', 'here', 'moderator');
    moderator = await site.as('keeper');
    thread = await site.make.thread({ community: 'here', author: 'opener' });
  });
  afterAll(() => site.close());

  const post = (body = 'Words that somebody reads.', by = 'author'): Promise<string> =>
    site.make.reply({ thread, author: by, body });
  const report = (by: Browser, id: string, reason: string, note = '') =>
    by.post(`/posts/${id}/report`, { reason, note }, `/posts/${id}/report`);
  const caseOf = async (id: string): Promise<Case[]> =>
    (await site.make.rows(
      `
        select c.id, c.tier,
          array(select r.source || ' ' || r.reason
            from case_reasons r
            where r.case_id = c.id
            order by r.id) as reasons
        from review_cases c
        where c.post_id = $1 and c.state = 'open'
      `,
      [id],
    )) as Case[];
  /** A moderator claims the case and dismisses it. */
  const dismiss = async (caseId: string): Promise<void> => {
    await moderator.post(`/mod/cases/${caseId}/claim`);
    expect(
      (
        await moderator.post(`/mod/cases/${caseId}/decide`, {
          action: 'dismiss',
          reason: 'Nothing to do here.',
        })
      ).status,
    ).toBe(303);
  };

  it('ask separately about worries and rules, and promise confidentiality', async () => {
    const id = await post();
    const page = await reporter.get(`/t/${thread}`);
    expect(page.html).toContain(`/posts/${id}/report`);
    expect((await author.get(`/t/${thread}`)).html).not.toContain(`/posts/${id}/report`);
    const form = textOf((await reporter.get(`/posts/${id}/report`)).html);
    expect(form.indexOf('I am worried about them')).toBeLessThan(form.indexOf('It breaks a rule'));
    expect(form).toContain('We do not tell the person who wrote the post.');
    expect((await author.get(`/posts/${id}/report`)).status).toBe(403);
  });

  it('lead from the form to the outcome, and to a second review on request', async () => {
    const id = await post('Words as they were.');
    const sent = await report(reporter, id, 'medication', 'It tells people to stop.');
    expect(sent.location).toMatch(/^\/reports\/[A-Z0-9]{8}$/);
    const receipt = textOf((await reporter.follow(sent)).html);
    expect(receipt).toContain(`Your report number is ${sent.location?.slice(9) ?? ''}.`);
    expect(receipt).toContain('Not decided yet. Someone from the team should read it by');
    const [open] = await caseOf(id);
    expect(open).toMatchObject({ tier: 'watch', reasons: ['report medication'] });
    // A snapshot of the reported text stays as evidence even if the post changes.
    await author.post(
      `/posts/${id}/edit`,
      { body: 'Other words.', version: '1' },
      `/posts/${id}/edit`,
    );
    const [{ snapshot }] = (await site.make.rows(
      'select snapshot from reports where post_id = $1',
      [id],
    )) as [{ snapshot: { body: string } }];
    expect(snapshot.body).toBe('Words as they were.');

    await dismiss(open?.id ?? '');
    expect(textOf((await reporter.follow(sent)).html)).toContain(
      'We have read it and left it as it is.',
    );
    expect((await reporter.post(`${sent.location ?? ''}/again`)).status).toBe(303);
    expect(textOf((await reporter.follow(sent)).html)).toContain(
      'Someone is looking at it once more.',
    );
    expect(await caseOf(id)).toMatchObject([{ tier: 'watch', reasons: ['report asked-again'] }]);
    expect(textOf((await reporter.get('/reports')).html)).toContain(
      'It tells others what to do about medicines',
    );
    for (const other of [author, await site.as('second-reporter')]) {
      expect((await other.get(sent.location ?? '')).status).toBe(404);
      expect((await other.post(`${sent.location ?? ''}/again`)).status).toBe(404);
    }
  });

  it('of one post make one case, and one report per reporter', async () => {
    const id = await post();
    const second = await site.as('second-reporter');
    const token = await reporter.token(`/posts/${id}/report`);
    const body = new URLSearchParams({ _csrf: token, reason: 'self-harm', note: '' }).toString();
    const answers = await Promise.all(
      [0, 1, 2].map(() => reporter.postRaw(`/posts/${id}/report`, body)),
    );
    expect(new Set(answers.map((answer) => answer.location)).size).toBe(1);
    await report(second, id, 'danger-now');
    expect(await caseOf(id)).toMatchObject([
      { tier: 'urgent', reasons: ['concern self-harm', 'concern danger-now'] },
    ]);
    expect((await site.make.rows('select 1 from reports where post_id = $1', [id])).length).toBe(2);
  });

  it('are not disclosed to the reported member, and hide nothing automatically', async () => {
    const id = await post();
    const before = await author.get(`/t/${thread}`);
    await report(reporter, id, 'danger-now');
    await report(reporter, id, 'bullying');
    const after = await author.get(`/t/${thread}`);
    const shape = (html: string): string => html.replace(/value="[^"]+"/g, '');
    expect(shape(after.html)).toBe(shape(before.html));
    expect(
      await site.make.rows(
        `select 1 from notices where member_id = (select id from members where handle = 'author')`,
      ),
    ).toEqual([]);
    expect((await site.browser().get(`/t/${thread}`)).html).toContain(`id="post-`);
  });

  it('of personal details hide the post at once, and tell the author why', async () => {
    const id = await post('My number is in here somewhere.');
    await report(reporter, id, 'personal-details');
    expect((await site.browser().get(`/t/${thread}`)).html).not.toContain('My number is in here');
    const own = textOf((await author.get(`/t/${thread}`)).html);
    expect(own).toContain('My number is in here');
    expect(own).toContain('It may contain a detail that could hurt you or someone else.');
    // A new account has no track record: its report hides nothing.
    const other = await post('A post that a stranger wants gone.');
    await report(await site.as('fresh-face'), other, 'threats');
    expect((await site.browser().get(`/t/${thread}`)).html).toContain(
      'A post that a stranger wants gone.',
    );
    expect(await caseOf(other)).toMatchObject([{ tier: 'urgent' }]);
  });

  it('of concern that harass are recognised by earlier outcomes, and open a case about the reporter', async () => {
    const target = 'harassed';
    await site.make.join(target, 'here');
    await site.make.join('sender', 'here');
    await site.make.rows(
      `update members set created_at = now() - interval '90 days' where handle = 'sender'`,
    );
    const sender = await site.as('sender');
    for (let n = 0; n < 2; n += 1) {
      const id = await post('Ordinary words.', target);
      await report(sender, id, 'danger-now');
      const [open] = await caseOf(id);
      expect(open).toMatchObject({ tier: 'urgent' });
      await dismiss(open?.id ?? '');
      site.clock.move(2 * DAY);
    }
    const third = await post('More ordinary words.', target);
    const sent = await report(sender, third, 'danger-now');
    expect(textOf((await sender.follow(sent)).html)).toContain(
      'Thank you for looking out for someone.',
    );
    expect(await caseOf(third)).toMatchObject([
      { tier: 'watch', reasons: ['concern danger-now', 'concern by-one-person'] },
    ]);
    const about = (await site.make.rows(
      `
        select m.handle::text
        from review_cases c
        join members m on m.id = c.member_id
        where c.kind = 'member' and c.state = 'open'
      `,
    )) as object[];
    expect(about).toEqual([{ handle: 'sender' }]);
    // A report by another member about the same post counts in full.
    await report(reporter, third, 'danger-now');
    expect(await caseOf(third)).toMatchObject([{ tier: 'urgent' }]);
    expect(
      await site.make.rows(
        `select 1 from notices where member_id = (select id from members where handle = $1)`,
        [target],
      ),
    ).toEqual([]);
  });

  it('return an incomplete form with its input, and are rate-limited generously', async () => {
    const id = await post();
    const faulty = await reporter.post(
      `/posts/${id}/report`,
      { reason: 'nonsense', note: 'A careful sentence.' },
      `/posts/${id}/report`,
    );
    expect(faulty.status).toBe(422);
    expect(faulty.html).toContain('A careful sentence.');
    expect((await report(reporter, id, 'other', 'x'.repeat(1_001))).status).toBe(422);
    await site.make.join('eager', 'here');
    const eager = await site.as('eager');
    const statuses: number[] = [];
    for (let n = 0; n < 11; n += 1)
      statuses.push((await report(eager, await post(), 'other')).status);
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(303));
    expect(statuses[10]).toBe(429);
  });

  it('that somebody may be in danger now are never refused; many open a case about the reporter', async () => {
    await site.make.join('alert-one', 'here');
    const alert = await site.as('alert-one');
    for (let n = 0; n < 11; n += 1) await report(alert, await post(), 'other');
    const sent: [status: number, tier: string | undefined][] = [];
    const ids: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      await site.make.join(`quiet-${n}`, 'here');
      ids.push(await post('Words in the night.', `quiet-${n}`));
      const answer = await report(alert, ids[n] ?? '', 'danger-now');
      sent.push([answer.status, (await caseOf(ids[n] ?? ''))[0]?.tier]);
    }
    expect(sent.slice(0, 10)).toEqual(Array(10).fill([303, 'urgent']));
    expect(sent.slice(10)).toEqual(Array(2).fill([303, 'watch']));
    // All of them come first in the queue, whatever the reporter's track record.
    const danger = (await site.make.rows(
      `
        select c.id
        from review_cases c
        join case_reasons r on r.case_id = c.id and r.reason = 'danger-now'
        where c.state = 'open'
      `,
    )) as { id: string }[];
    const queue = [...(await moderator.get('/mod')).html.matchAll(/mod\/cases\/(\d+)"/g)].map(
      ([, id]) => id ?? '',
    );
    expect(danger.length).toBeGreaterThanOrEqual(ids.length);
    expect(queue.length).toBeGreaterThan(danger.length);
    expect(queue.slice(0, danger.length).sort()).toEqual(danger.map(({ id }) => id).sort());
    expect(
      await site.make.rows(
        `
          select 1
          from review_cases c
          join members m on m.id = c.member_id
          where m.handle = 'alert-one' and c.kind = 'member' and c.state = 'open'
        `,
      ),
    ).toHaveLength(1);
    // A repeated report of the same post is merged into the open case.
    await report(alert, ids[0] ?? '', 'danger-now');
    expect(await site.make.rows('select 1 from reports where post_id = $1', [ids[0]])).toHaveLength(
      1,
    );
  });

  it('by moderators count as moderation only in their own communities', async () => {
    await site.make.community({ slug: 'elsewhere' });
    await site.make.join('keeper', 'elsewhere');
    const there = await site.make.thread({ community: 'elsewhere', author: 'opener' });
    const statuses: number[] = [];
    for (let n = 0; n < 12; n += 1)
      statuses.push((await report(moderator, await post(), 'other')).status);
    expect(statuses).toEqual(Array(12).fill(303));
    const away: number[] = [];
    for (let n = 0; n < 11; n += 1)
      away.push(
        (await report(moderator, await site.make.reply({ thread: there }), 'other')).status,
      );
    expect(away).toEqual([...Array.from({ length: 10 }, () => 303), 429]);
    const illegal: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      const form = {
        place: `/t/${thread}`,
        note: 'It breaks the law on this and that.',
        goodFaith: 'on',
      };
      illegal.push((await moderator.post('/report-illegal', form, '/report-illegal')).status);
    }
    expect(illegal).toEqual(Array(12).fill(303));
  });

  it('of illegal content need no account', async () => {
    const id = await post('Something that the law forbids.');
    const [{ number }] = (await site.make.rows('select number from posts where id = $1', [id])) as [
      { number: number },
    ];
    const guest = site.browser();
    const good = {
      place: `${site.url}/t/${thread}#post-${number}`,
      note: 'It breaks the law on this and that.',
      email: 'guest@example.org',
      goodFaith: 'on',
    };
    for (const [wrong, says] of [
      [{ place: '/nowhere' }, 'We could not find that page.'],
      [{ place: '/t/999999999' }, 'We could not find that page.'],
      [{ goodFaith: '' }, 'Tick this box to confirm'],
      [{ note: 'short' }, 'Tell us in 10 to 1,000'],
      [{ email: 'not an address' }, 'Check the email address'],
      [{ website: 'https://spam.example' }, 'One field has to stay empty'],
    ] as const) {
      const answer = await guest.post('/report-illegal', { ...good, ...wrong }, '/report-illegal');
      expect(answer.status).toBe(422);
      expect(textOf(answer.html)).toContain(says);
    }
    const sent = await guest.post('/report-illegal', good, '/report-illegal');
    expect(textOf((await guest.follow(sent)).html)).toMatch(/Your report number is [A-Z0-9]{8}\./);
    expect(await caseOf(id)).toMatchObject([{ tier: 'urgent', reasons: ['report illegal'] }]);
    expect(
      (await guest.post('/report-illegal', { ...good, place: '/@author' }, '/report-illegal'))
        .status,
    ).toBe(303);
    expect(
      await site.make.rows(
        `
          select 1
          from review_cases c
          join members m on m.id = c.member_id
          where m.handle = 'author' and c.kind = 'member'
        `,
      ),
    ).toHaveLength(1);
  });
});
