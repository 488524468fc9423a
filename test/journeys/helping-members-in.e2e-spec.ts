import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MINUTE } from '../../src/kernel/clock.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

interface Logged {
  deed: string;
  member: string | null;
  reason: string;
  detail: object;
}

describe('helping members to log in', () => {
  let site: TestApp;
  let boss: Browser;

  beforeAll(async () => {
    site = await testApp();
    await site.make.member('boss', { role: 'admin' });
    await site.make.member('wren');
    await site.make.rows(
      `update members set email = 'Wren@Boat.example', email_verified_at = null
       where handle = 'wren'`,
    );
    boss = await site.as('boss');
  });
  afterAll(() => site.close());

  const find = (email: string, reason = 'She wrote to us'): ReturnType<Browser['post']> =>
    boss.post('/admin/member-by-mail', { email, reason }, '/admin/member-by-mail');
  const help = (form: string, reason = 'She asked'): ReturnType<Browser['post']> =>
    boss.post(`/admin/members/wren/${form}`, { reason }, '/admin/members/wren');
  const logged = async (): Promise<Logged[]> =>
    (await site.make.rows(
      `select l.deed, m.handle::text as member, l.reason, l.detail
       from moderation_log l left join members m on m.id = l.member_id
       order by l.id`,
    )) as Logged[];

  it('finds an account by its address, and logs who asked and why, but not the address', async () => {
    const found = await find('wren@boat.EXAMPLE');
    expect(found).toMatchObject({ status: 303, location: '/admin/members/wren' });
    const nobody = await find('nobody@boat.example', 'Perhaps a slip');
    expect(nobody.status).toBe(422);
    expect(nobody.html).toContain('No open account has this address. Check it.');
    // The form keeps what was typed.
    expect(nobody.html).toContain('nobody@boat.example');
    expect((await find('wren@boat.example', '')).status).toBe(422);
    expect((await find('no address')).status).toBe(422);
    expect(await logged()).toEqual([
      { deed: 'member.looked-up', member: 'wren', reason: 'She wrote to us', detail: {} },
      { deed: 'member.looked-up', member: null, reason: 'Perhaps a slip', detail: {} },
    ]);
    const log = textOf((await boss.get('/mod/log')).html);
    expect(log).toContain('boss looked for an account by its email address, wren');
    expect(log).not.toMatch(/@boat/i);
  });

  it('shows no address on the page of an account', async () => {
    const page = await boss.get('/admin/members/wren');
    expect(textOf(page.html)).toContain('The address is not confirmed.');
    expect(page.html).not.toMatch(/wren@boat/i);
    expect((await boss.get('/admin/members/no-one-here')).status).toBe(404);
  });

  it('resends the confirmation once, however often the button is pressed', async () => {
    expect((await help('confirmation', '')).status).toBe(422);
    expect(await help('confirmation')).toMatchObject({
      status: 303,
      location: '/admin/members/wren',
    });
    expect((await help('confirmation')).status).toBe(303);
    const letter = await site.post.next('Wren@Boat.example');
    expect(letter.text).toMatch(/\/verify\//);
    site.clock.move(2 * MINUTE);
    expect((await help('reset')).status).toBe(303);
    const reset = await site.post.next('Wren@Boat.example', 2);
    const link = new URL(/http\S+\/reset\/\S+/.exec(reset.text)?.[0] ?? '').pathname;
    const wren = site.browser();
    const chosen = await wren.post(link, { password: 'four plain words here' }, link);
    expect(chosen.status).toBe(303);
    expect(
      site.post.to('Wren@Boat.example').filter(({ text }) => /\/verify\//.test(text)).length,
    ).toBe(1);
    // Setting a password through the mailed link also confirms the address.
    expect((await help('confirmation')).html).toContain('The address is already confirmed.');
  });

  it('resumes stopped emails', async () => {
    expect((await help('mail')).html).toContain('Emails to this account are not stopped.');
    await site.make.rows(
      `insert into mail_suppressions as s (member_id, reason, since)
       select id, 'hard', now() from members where handle = 'wren'
       on conflict (member_id) do update
       set reason = excluded.reason, since = excluded.since, lifted_at = null`,
    );
    expect(textOf((await boss.get('/admin/members')).html)).toContain('emails are stopped');
    expect(textOf((await boss.get('/admin/members/wren')).html)).toContain(
      'because the mailbox does not exist.',
    );
    expect((await help('mail')).status).toBe(303);
    expect(textOf((await boss.get('/admin/members')).html)).not.toContain('emails are stopped');
    expect((await logged()).map(({ deed }) => deed).slice(2)).toEqual([
      'member.confirmation-sent',
      'member.confirmation-sent',
      'member.reset-sent',
      'member.mail-resumed',
    ]);
  });

  it('lists every member, page by page', async () => {
    for (let n = 0; n < 120; n += 1) await site.make.member(`sailor-${n}`);
    const seen = new Set<string>();
    let path: string | undefined = '/admin/members?q=sailor';
    let pages = 0;
    while (path !== undefined && pages < 5) {
      const { html } = await boss.get(path);
      for (const [, handle] of html.matchAll(/\/admin\/members\/(sailor-\d+)"/g))
        seen.add(handle ?? '');
      path = /href="(\/admin\/members\?[^"]+)"/
        .exec(html)?.[1]
        ?.replaceAll('&amp;', '&')
        .replaceAll('&#x3D;', '=');
      pages += 1;
    }
    expect([seen.size, pages]).toEqual([120, 3]);
  });
});
