import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Queues } from '../../src/queue/queues.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

describe('the administration pages', () => {
  let site: TestApp;
  let boss: Browser;
  let mod: Browser;
  let wren: Browser;

  beforeAll(async () => {
    site = await testApp({ workers: false, env: { WEBHOOKS: 'on' } });
    await site.make.member('boss', { role: 'admin' });
    await site.make.community({ slug: 'nights' });
    await site.make.join('mod', 'nights', 'moderator');
    await site.make.join('wren', 'nights');
    boss = await site.as('boss');
    mod = await site.as('mod');
    wren = await site.as('wren');
  });
  afterAll(() => site.close());

  const described = {
    name: 'Tinnitus',
    summary: 'For people whose ears do not rest.',
    purpose: 'Noise that is not there.',
    language: 'en',
    topics: 'Nights\nWork',
    difficulties: ['sleep', 'anxiety'],
    situations: ['work'],
    formats: ['listening'],
    visitsAllowed: 'on',
    aliasesAllowed: 'on',
    preModeration: 'first-posts',
    holdOnShift: 'crisis',
    holdOutside: 'urgent',
    firstPostsCount: '2',
  };
  const deeds = async (): Promise<string[]> =>
    (
      (await site.make.rows('select deed from moderation_log order by id')) as { deed: string }[]
    ).map(({ deed }) => deed);

  it('return 404 to anybody else', async () => {
    for (const path of [
      '/admin',
      '/admin/communities',
      '/admin/settings',
      '/admin/memorials',
      '/admin/communities/nights',
    ]) {
      expect((await mod.get(path)).status).toBe(404);
      expect((await boss.get(path)).status).toBe(200);
    }
  });

  it('link from a community’s welcome and guidelines back to its settings, for administrators', async () => {
    const settings = 'href="/admin/communities/nights"';
    expect((await boss.get('/c/nights/edit')).html).toContain(settings);
    expect((await mod.get('/c/nights/edit')).html).not.toContain(settings);
  });

  it('start with linked tasks that need attention, and with figures', async () => {
    const needs = async (): Promise<string> =>
      /aria-labelledby="needs">([^]*?)<\/section>/.exec((await boss.get('/admin')).html)?.[1] ?? '';
    const before = textOf(await needs());
    expect(before).not.toMatch(/past|moderator|strategy/);
    await site.make.community({ slug: 'left-alone' });
    const post = await site.make.reply({ thread: await site.make.thread({ community: 'nights' }) });
    await site.make.case({ post, due: -5 });
    await site.make.case({ post: await site.make.reply({ thread: await site.make.thread() }) });
    await site.make.strategy({ status: 'proposed' });
    const found = await needs();
    for (const [href, words] of [
      ['/mod?due=on', 'One case is overdue'],
      ['/admin/communities', '2 communities have no moderator'],
      ['/mod/strategies', 'One strategy is waiting to be reviewed'],
    ] as const) {
      expect(found.replaceAll('&#x3D;', '=')).toContain(`<a href="${href}">${words}</a>`);
      expect((await boss.get(href)).status).toBe(200);
    }
    expect(textOf((await boss.get('/admin')).html)).toMatch(/Joined in the last seven days \d+/);
    await site.make.rows(`update review_cases set state = 'closed', closed_at = now()`);
    await site.make.rows(`delete from coping_strategies where status = 'proposed'`);
  });

  it('create a members-only community, which is found by its tags', async () => {
    const wrong = await boss.post(
      '/admin/communities/new',
      { ...described, slug: 'Tinnitus!', rules: '' },
      '/admin/communities/new',
    );
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('Noise that is not there.');
    expect(textOf(wrong.html)).toContain('Use 2 to 49 lower-case letters');
    expect(
      (
        await boss.post(
          '/admin/communities/new',
          { ...described, slug: 'tinnitus', rules: ' ' },
          '/admin/communities/new',
        )
      ).status,
    ).toBe(422);
    expect(
      (
        await boss.post(
          '/admin/communities/new',
          { ...described, slug: 'nights', rules: 'Be kind.' },
          '/admin/communities/new',
        )
      ).html,
    ).toContain('This address is taken');
    expect(
      (
        await boss.post(
          '/admin/communities/new',
          { ...described, slug: 'tinnitus', rules: 'Be kind.\nNo cures.' },
          '/admin/communities/new',
        )
      ).location,
    ).toBe('/c/tinnitus/edit');
    expect(textOf((await site.browser().get('/find?q=anxious+at+work')).html)).toContain(
      'Tinnitus',
    );
    expect(textOf((await site.browser().get('/c/tinnitus')).html)).toContain('No cures.');
    const edited = await boss.post(
      '/admin/communities/tinnitus',
      { ...described, name: 'Ears that ring', difficulties: ['sleep'] },
      '/admin/communities/tinnitus',
    );
    expect(edited.status).toBe(303);
    expect(
      (
        await boss.post(
          '/admin/communities/tinnitus',
          { ...described, difficulties: ['warts'] },
          '/admin/communities/tinnitus',
        )
      ).status,
    ).toBe(422);
    expect((await boss.get('/admin/communities')).html).toContain('Ears that ring');
  });

  it('require agreement to changed guidelines before the next post; unchanged ones make no version', async () => {
    await wren.post(
      '/c/nights/threads',
      {
        title: 'Before',
        body: 'Words',
        kind: 'support',
        replyWish: 'listen',
        idempotencyKey: 'a1',
      },
      '/c/nights/new',
    );
    expect((await wren.post('/c/nights/edit/guidelines', { rules: 'Mine.' })).status).toBe(404);
    expect(
      (
        await mod.post(
          '/c/nights/edit/guidelines',
          { rules: 'Be kind.\nNo advice unless asked.' },
          '/c/nights/edit',
        )
      ).status,
    ).toBe(303);
    await mod.post(
      '/c/nights/edit/guidelines',
      { rules: 'Be kind.\n\n  No advice unless asked.' },
      '/c/nights/edit',
    );
    expect(
      await site.make.rows(
        `
          select version
          from community_guidelines g
          join communities c on c.id = g.community_id
          where c.slug = 'nights'
          order by 1
        `,
      ),
    ).toEqual([{ version: 1 }, { version: 2 }]);
    const thread = {
      title: 'After',
      body: 'More words',
      kind: 'support',
      replyWish: 'listen',
      idempotencyKey: 'a2',
    };
    const response = await wren.post('/c/nights/threads', thread, '/c/nights/new');
    expect(response.status).toBe(422);
    expect(response.html).toContain('guidelinesAcknowledged');
    expect(
      (
        await wren.post(
          '/c/nights/threads',
          { ...thread, guidelinesAcknowledged: 'on' },
          '/c/nights/new',
        )
      ).status,
    ).toBe(303);
    const [row] = (await site.make.rows(
      `
        select a.version
        from guideline_acknowledgements a
        join members m on m.id = a.member_id
        join communities c on c.id = a.community_id
        where m.handle = 'wren' and c.slug = 'nights'
      `,
    )) as object[];
    expect(row).toEqual({ version: 2 });
  });

  it('let the community’s moderators change its hours, welcome and first-day thread', async () => {
    const wrong = await mod.post(
      '/c/nights/edit/hours',
      { timeZone: 'Europe/Madrid', day1: '9 to 5', day2: '09:00-17:00', outside: 'Later.' },
      '/c/nights/edit',
    );
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('9 to 5');
    expect(
      (
        await mod.post(
          '/c/nights/edit/hours',
          { timeZone: 'Mars/Base', day1: '' },
          '/c/nights/edit',
        )
      ).status,
    ).toBe(422);
    expect(
      (
        await mod.post(
          '/c/nights/edit/hours',
          {
            timeZone: 'Europe/Madrid',
            day1: '09:00-12:00, 14:00-17:00',
            day2: '09:00-12:00',
            outside: 'Later.',
          },
          '/c/nights/edit',
        )
      ).status,
    ).toBe(303);
    const [{ hours }] = (await site.make.rows(
      `select hours from communities where slug = 'nights'`,
    )) as [{ hours: object }];
    expect(hours).toEqual({
      timeZone: 'Europe/Madrid',
      weekly: [
        { days: [1, 2], from: '09:00', to: '12:00' },
        { days: [1], from: '14:00', to: '17:00' },
      ],
      outside: 'Later.',
    });
    await mod.post('/c/nights/edit/welcome', { welcome: 'Come **in**.' }, '/c/nights/edit');
    await mod.post(
      '/c/nights/edit/orientation',
      { title: 'Your first day', body: 'Look round.' },
      '/c/nights/edit',
    );
    await mod.post(
      '/c/nights/edit/orientation',
      { title: 'Your very first day', body: 'Look round, slowly.' },
      '/c/nights/edit',
    );
    const page = (await wren.get('/c/nights')).html;
    expect(page).toContain('Come <strong>in</strong>');
    expect(textOf(page)).toContain('New here? Start with this thread.');
    expect(
      await site.make.rows(
        `
          select title, pinned_at is not null as pinned, locked_at is not null as locked
          from threads
          where title like 'Your%'
          order by id
        `,
      ),
    ).toEqual([
      { title: 'Your first day', pinned: false, locked: true },
      { title: 'Your very first day', pinned: true, locked: false },
    ]);
  });

  it('change who can read after a confirmation; members-only posts stay members-only', async () => {
    const slug = await site.make.community({ slug: 'quiet', visibility: 'members' });
    const thread = await site.make.thread({ community: slug, author: 'wren', title: 'Between us' });
    const form = textOf((await boss.get('/admin/communities/quiet/visibility?to=public')).html);
    expect(form).toContain('The one post written so far stays for members of this community');
    expect(
      (
        await boss.post('/admin/communities/quiet/visibility', {
          to: 'public',
          reason: 'Asked for by all',
        })
      ).status,
    ).toBe(422);
    expect(
      (
        await boss.post('/admin/communities/quiet/visibility', {
          to: 'public',
          reason: 'Asked for by all',
          understood: 'on',
        })
      ).status,
    ).toBe(303);
    expect((await site.browser().get(`/t/${thread}`)).status).toBe(404);
    expect((await site.browser().get('/c/quiet')).html).not.toContain('Between us');
    await site.make.member('robin');
    expect((await (await site.as('robin')).get(`/t/${thread}`)).status).toBe(404);
    expect((await (await site.as('wren')).get(`/t/${thread}`)).status).toBe(200);
    const fresh = await site.make.thread({ community: slug, title: 'For all' });
    expect((await site.browser().get(`/t/${fresh}`)).status).toBe(200);
    await (await site.as('robin')).post('/c/quiet/visit');
    // A visitor is not a member: the thread stays members-only.
    expect((await (await site.as('robin')).get(`/t/${thread}`)).status).toBe(404);
    await boss.post('/admin/communities/quiet/visibility', {
      to: 'approval',
      reason: 'Too much at once',
      understood: 'on',
    });
    expect(await site.make.rows(`select 1 from memberships where state = 'visiting'`)).toEqual([]);
    expect((await (await site.as('robin')).get(`/t/${fresh}`)).status).toBe(404);
  });

  it('grant and transfer roles, and archive and reopen a community', async () => {
    expect(
      textOf(
        (
          await boss.post(
            '/admin/communities/nights/roles',
            { handle: 'nobody-here', role: 'supporter', reason: 'Trained' },
            '/admin/communities/nights/people',
          )
        ).html,
      ),
    ).toContain('No member here has that name. Check it.');
    expect(
      (
        await boss.post('/admin/communities/nights/roles', {
          handle: 'wren',
          role: 'king',
          reason: 'Trained',
        })
      ).status,
    ).toBe(422);
    expect(
      (
        await boss.post('/admin/communities/nights/hand-over', {
          from: 'mod',
          to: 'mod',
          reason: 'Moving on',
        })
      ).status,
    ).toBe(422);
    expect(
      (
        await boss.post('/admin/communities/nights/hand-over', {
          from: 'mod',
          to: 'wren',
          reason: 'Moving on',
        })
      ).status,
    ).toBe(303);
    expect((await mod.get('/c/nights/edit')).status).toBe(404);
    expect((await wren.get('/c/nights/edit')).status).toBe(200);
    expect((await boss.post('/admin/communities/nights/archive', { reason: '' })).status).toBe(422);
    expect(
      (await boss.post('/admin/communities/nights/archive', { reason: 'Nobody comes any more' }))
        .status,
    ).toBe(303);
    expect((await wren.get('/c/nights/new')).status).toBe(403);
    expect(textOf((await site.browser().get('/find?q=nights')).html)).not.toContain('The nights');
    expect(
      (await boss.post('/admin/communities/nights/reopen', { reason: 'They came back' })).status,
    ).toBe(303);
    expect((await wren.get('/c/nights/new')).status).toBe(200);
  });

  it('apply settings at once and log who changed them and why', async () => {
    const settings = { announcement: 'Answers take longer <this> week.', reason: 'Holidays' };
    expect(
      (await boss.post('/admin/settings', { ...settings, reason: '' }, '/admin/settings')).html,
    ).toContain('Answers take longer');
    expect((await boss.post('/admin/settings', settings, '/admin/settings')).status).toBe(303);
    const guest = site.browser();
    expect((await guest.get('/about')).html).toContain('Answers take longer &lt;this&gt; week.');
    const found = textOf((await guest.get('/find?q=I+want+to+die')).html);
    const help = found.indexOf('116 123');
    expect(help).toBeGreaterThan(0);
    expect(found.indexOf('Answers take longer')).toBeGreaterThan(help);
    const plain = textOf((await guest.get('/find')).html);
    expect(plain.indexOf('Answers take longer')).toBeLessThan(
      plain.lastIndexOf('Find your people'),
    );
    expect(textOf((await guest.get('/signup')).html)).toContain('Sign-up is closed');
    expect(
      (
        await guest.post('/signup', {
          handle: 'late-comer',
          email: 'late@example.org',
          password: 'four plain words here',
          ageConfirmed: 'on',
          guidelinesAccepted: 'on',
        })
      ).status,
    ).toBe(403);
    expect(textOf((await wren.get('/find/ask')).html)).toContain(
      'not taking requests for new communities at the moment',
    );
    expect((await wren.post('/find/ask', { wish: 'A group for gardeners' })).status).toBe(422);
    const log = (await site.make.rows(
      `select detail, reason from moderation_log where deed = 'setting.changed'`,
    )) as { detail: { key: string }; reason: string }[];
    expect(log.map(({ detail }) => detail.key).sort()).toEqual([
      'announcement',
      'groupRequestsOpen',
      'signUpsOpen',
    ]);
    expect(new Set(log.map(({ reason }) => reason))).toEqual(new Set(['Holidays']));
    await boss.post(
      '/admin/settings',
      { announcement: '', signUpsOpen: 'on', groupRequestsOpen: 'on', reason: 'Back' },
      '/admin/settings',
    );
    expect((await guest.get('/about')).html).not.toContain('Answers take longer');
  });

  it('memorialise an account: its posts stay, nobody can log in, and it gets no mail', async () => {
    const thread = await site.make.thread({
      community: 'nights',
      author: 'late-friend',
      title: 'What I planted',
    });
    const friend = await site.as('late-friend');
    expect((await friend.get('/notifications')).status).toBe(200);
    const form = {
      handle: 'late-friend',
      handleAgain: 'late-freind',
      reason: 'Told by the family',
    };
    expect((await boss.post('/admin/memorials', form)).status).toBe(422);
    expect(
      (await boss.post('/admin/memorials', { ...form, handleAgain: 'late-friend' })).status,
    ).toBe(303);
    expect(
      (await boss.post('/admin/memorials', { ...form, handleAgain: 'late-friend' })).status,
    ).toBe(422);
    expect((await friend.get('/notifications')).status).toBe(401);
    expect(
      await site.make.rows(`select email, password_hash from members where handle = 'late-friend'`),
    ).toEqual([{ email: null, password_hash: null }]);
    expect((await wren.get(`/t/${thread}`)).html).toContain('late-friend');
    expect(textOf((await wren.get('/@late-friend')).html)).toContain('kept in memory');
  });

  it('find members by handle prefix and grant site roles, but nobody changes their own', async () => {
    const results = textOf((await boss.get('/admin/members?q=WRE')).html);
    expect(results).toContain('wren');
    expect(results).not.toContain('mod,');
    const give = (fields: Record<string, string>) =>
      boss.post('/admin/members/role', { reason: 'She takes over', ...fields }, '/admin/members');
    expect((await give({ handle: 'boss', role: 'member' })).html).toContain(
      'Another administrator',
    );
    expect((await give({ handle: 'no-one-here', role: 'admin' })).status).toBe(422);
    expect((await give({ handle: 'wren', role: 'king' })).status).toBe(422);
    expect((await give({ handle: 'WREN', role: 'moderator' })).status).toBe(303);
    expect((await wren.get('/mod')).status).toBe(200);
    expect((await give({ handle: 'wren', role: 'member' })).status).toBe(303);
    expect((await deeds()).filter((deed) => deed === 'member.role-given')).toHaveLength(2);
  });

  it('show the counts of background jobs and retry failed ones', async () => {
    const queues = site.app.get(Queues);
    await queues.add('bulk', 'clear-visits', {});
    expect(textOf((await boss.get('/admin/jobs')).html)).toMatch(/Long 1 0 0 0 0/);
    expect(await boss.post('/admin/jobs/retry-failed')).toMatchObject({
      status: 303,
      location: '/admin/jobs',
    });
  });

  it('create webhooks with a key that is shown once, and resend deliveries from their log', async () => {
    const path = '/admin/webhooks';
    const faulty = await boss.post(path, { address: 'https://10.0.0.1/' }, path);
    expect(faulty.status).toBe(422);
    expect(textOf(faulty.html)).toContain('Choose what to send.');
    const inside = { address: 'https://10.0.0.1/', events: 'decision.made' };
    expect(textOf((await boss.post(path, inside, path)).html)).toContain('a private network');
    const fields = { address: 'https://hooks.example/in', events: ['decision.made'] };
    const made = await boss.post(path, fields, path);
    const key = /value="(whsec_[^"]+)"/.exec(made.html.replaceAll('&#x3D;', '='))?.[1];
    expect([made.status, key?.length]).toEqual([200, 50]);
    const { id } = await site.make.one<{ id: string }>('select id from webhook_endpoints');
    await site.make.rows(
      `
        insert into webhook_deliveries
          (endpoint_id, message_key, type, body, created_at, state, attempts, status, settled_at)
        values ($1, 'x', 'decision.made', '{}', now(), 'failed', 12, 500, now())
      `,
      [id],
    );
    const shown = textOf((await boss.get(path)).html);
    expect(shown).toContain('https://hooks.example/in');
    expect(shown).toContain('We stopped trying. The answer was 500. 12 attempts.');
    expect(shown).not.toContain(key);
    const delivery = await site.make.one<{ id: string }>('select id from webhook_deliveries');
    await boss.post(`${path}/deliveries/${delivery.id}/replay`);
    expect(await site.make.rows(`select ids from outbox where event = 'webhook.due'`)).toEqual([
      { ids: { deliveryId: delivery.id } },
    ]);
    const rotated = await boss.post(`${path}/${id}/key`);
    expect(rotated.html).toContain('whsec_');
    expect(rotated.html).not.toContain(key);
    await boss.post(`${path}/${id}/switch`, { to: 'off' });
    expect(textOf((await boss.get(path)).html)).toContain('Turn it on');
    await boss.post(`${path}/${id}/remove`);
    expect(await site.make.rows('select 1 from webhook_deliveries')).toEqual([]);
    expect((await deeds()).filter((deed) => deed.startsWith('webhook.'))).toEqual([
      'webhook.added',
      'webhook.replayed',
      'webhook.key-changed',
      'webhook.turned-off',
      'webhook.removed',
    ]);
    const log = await site.make.rows(
      `select detail::text from moderation_log where deed like 'webhook.%'`,
    );
    expect(JSON.stringify(log)).not.toContain('hooks.example');
  });

  it('record every action in the audit log', async () => {
    const done = await deeds();
    for (const deed of [
      'community.founded',
      'community.described',
      'community.guidelines-changed',
      'community.hours-changed',
      'community.welcome-changed',
      'community.orientation-opened',
      'community.visibility-changed',
      'community.handed-over',
      'community.archived',
      'community.reopened',
      'setting.changed',
      'member.memorialised',
    ])
      expect(done).toContain(deed);
    expect(done.filter((deed) => deed === 'community.guidelines-changed').length).toBe(1);
    const log = await boss.get('/mod/log');
    expect(log.status).toBe(200);
    expect(textOf(log.html)).toContain('boss turned an account into a memorial');
  });
});
