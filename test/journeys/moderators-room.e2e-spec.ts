import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

describe('the moderators’ pages', () => {
  let site: TestApp;
  let first: Browser;
  let second: Browser;
  let admin: Browser;

  beforeAll(async () => {
    site = await testApp();
    await site.make.community({ slug: 'here' });
    await site.make.community({ slug: 'there' });
    for (const [handle, slug] of [
      ['mod-one', 'here'],
      ['mod-two', 'here'],
      ['mod-there', 'there'],
    ] as const)
      await site.make.join(handle, slug, 'moderator');
    await site.make.member('an-admin', { role: 'admin' });
    [first, second, admin] = [
      await site.as('mod-one'),
      await site.as('mod-two'),
      await site.as('an-admin'),
    ];
  });
  afterAll(() => site.close());

  async function caseOf(author: string, alias?: string, slug = 'here'): Promise<string> {
    const thread = await site.make.thread({ community: slug });
    return site.make.case({
      post: await site.make.reply({ thread, author, ...(alias === undefined ? {} : { alias }) }),
    });
  }

  it('reveal an alias for an hour with a reason and two people, and tell every administrator', async () => {
    const id = await caseOf('hidden-writer', 'quiet-lamp');
    expect((await first.post(`/mod/cases/${id}/unmask`, { reason: ' ' })).status).toBe(422);
    expect(
      (
        await first.post(`/mod/cases/${id}/unmask`, {
          reason: 'They wrote where they are, and a life is in danger.',
        })
      ).status,
    ).toBe(303);
    const page = (): string => `/mod/cases/${id}/escalation`;
    expect((await first.get(page())).html).not.toContain('hidden-writer');
    expect((await first.post(`/mod/cases/${id}/unmask/answer`, { answer: 'agree' })).status).toBe(
      403,
    );
    expect((await second.post(`/mod/cases/${id}/unmask/answer`, { answer: 'agree' })).status).toBe(
      303,
    );
    for (const browser of [first, second])
      expect(textOf((await browser.get(page())).html)).toContain('It is hidden-writer.');
    await site.make.join('mod-three', 'here', 'moderator');
    expect((await (await site.as('mod-three')).get(page())).html).not.toContain('hidden-writer');
    expect((await first.get(`/mod/cases/${id}`)).html).not.toContain('hidden-writer');
    await eventually(
      async () =>
        (await admin.get('/notifications')).html.includes(
          'looked up who is writing under another name',
        )
          ? true
          : null,
      'the notice of the administrator',
    );
    const log = textOf((await admin.get('/mod/log?deed=alias.allowed')).html);
    expect(log).toContain('agreed to show who is writing under another name');
    expect(log).not.toContain('hidden-writer');
    site.clock.move(61 * 60_000);
    for (const browser of [first, second])
      expect((await browser.get(page())).html).not.toContain('hidden-writer');
    site.clock.move(-61 * 60_000);
  });

  it('keep the alias hidden if the second person declines', async () => {
    const id = await caseOf('still-hidden', 'soft-bell');
    await first.post(`/mod/cases/${id}/unmask`, { reason: 'I would like to know.' });
    await second.post(`/mod/cases/${id}/unmask/answer`, { answer: 'decline', note: 'No need' });
    for (const browser of [first, second])
      expect((await browser.get(`/mod/cases/${id}/escalation`)).html).not.toContain('still-hidden');
  });

  it('record a call to the emergency services in full, with two people responsible', async () => {
    const id = await caseOf('somebody');
    const faulty = await first.post(`/mod/cases/${id}/escalation`, {
      told: '',
      said: 'That somebody may be in danger',
      shared: 'nothing',
    });
    expect(faulty.status).toBe(422);
    expect(faulty.html).toContain('That somebody may be in danger');
    await first.post(`/mod/cases/${id}/escalation`, {
      told: 'The emergency number',
      said: 'That somebody may be in danger',
      shared: 'The town they named',
      outcome: 'They went there',
    });
    const [record] = (await site.make.rows('select id from escalations where case_id = $1', [
      id,
    ])) as [{ id: string }];
    expect((await first.post(`/mod/cases/${id}/escalation/${record.id}/second`)).status).toBe(403);
    expect((await second.post(`/mod/cases/${id}/escalation/${record.id}/second`)).status).toBe(303);
    const page = textOf((await admin.get(`/mod/cases/${id}/escalation`)).html);
    for (const part of [
      'The emergency number',
      'The town they named',
      'They went there',
      'mod-one and mod-two',
    ])
      expect(page).toContain(part);
  });

  it('show the decisions about a member’s handle, and none about an alias', async () => {
    await site.make.join('two-names', 'here');
    const [open, hidden] = [await caseOf('two-names'), await caseOf('two-names', 'grey-hill')];
    await first.post(`/mod/cases/${open}/decide`, {
      action: 'warn',
      rule: 'kind',
      reason: 'Please be gentle.',
    });
    await first.post(`/mod/cases/${hidden}/decide`, {
      action: 'suspend',
      rule: 'kind',
      reason: 'A week.',
      days: '7',
    });
    await first.post('/mod/members/two-names/notes', { body: 'Answers kindly when asked.' });
    const page = await second.get('/mod/members/two-names');
    expect(textOf(page.html)).toContain('Answers kindly when asked.');
    expect(page.html).toContain(`/mod/cases/${open}`);
    expect(page.html).not.toContain(`/mod/cases/${hidden}`);
    expect(textOf(page.html)).toContain('The account is open.');
    expect(textOf((await admin.get('/mod/log?member=two-names')).html)).not.toContain(
      'account suspended',
    );
    // The handler of the next case sees the history of the same name only.
    const next = await caseOf('two-names');
    await second.post(`/mod/cases/${next}/claim`);
    const handling = textOf((await second.get(`/mod/cases/${next}`)).html);
    expect(handling).toContain('member warned');
    expect(handling).not.toContain('account suspended');
    expect(textOf((await first.get(`/mod/cases/${next}`)).html)).not.toContain('member warned');
    expect((await (await site.as('mod-there')).get('/mod/members/two-names')).status).toBe(404);
  });

  it('limit the log to the moderator’s own communities', async () => {
    const [here, there] = [await caseOf('somebody'), await caseOf('somebody', undefined, 'there')];
    const elsewhere = await site.as('mod-there');
    await first.post(`/mod/cases/${here}/claim`);
    await elsewhere.post(`/mod/cases/${there}/claim`);
    expect((await elsewhere.get('/mod/log')).html).toContain(`/mod/cases/${there}"`);
    expect((await elsewhere.get('/mod/log')).html).not.toContain(`/mod/cases/${here}"`);
    expect((await admin.get('/mod/log?who=mod-one&deed=case.claimed')).html).toContain(
      `/mod/cases/${here}"`,
    );
    for (const odd of [
      '?before=x',
      '?deed=nothing',
      '?case=abc',
      `?who=${encodeURIComponent("' or 1=1")}`,
    ])
      expect((await admin.get(`/mod/log${odd}`)).status).toBe(200);
  });

  it('remove a case from the queue of the moderator who passed it on only', async () => {
    const id = await caseOf('somebody');
    await first.post(`/mod/cases/${id}/pass`);
    expect((await first.get('/mod')).html).not.toContain(`/mod/cases/${id}"`);
    expect((await second.get('/mod')).html).toContain(`/mod/cases/${id}"`);
  });

  it('let a claim expire after 15 minutes', async () => {
    const id = await caseOf('somebody');
    await first.post(`/mod/cases/${id}/claim`);
    expect((await second.post(`/mod/cases/${id}/claim`)).status).toBe(409);
    site.clock.move(16 * 60_000);
    expect((await second.post(`/mod/cases/${id}/claim`)).status).toBe(303);
    site.clock.move(-16 * 60_000);
  });

  it('filter the queue, and ignore invalid filters', async () => {
    const id = await site.make.case({
      post: await site.make.reply({ thread: await site.make.thread({ community: 'here' }) }),
      tier: 'unknown',
      reasons: ['triage.language-not-screened'],
      due: -30,
      opened: 60,
    });
    for (const query of ['?tier=unknown', '?due=on', '?reason=triage', '?community=here'])
      expect((await first.get(`/mod${query}`)).html).toContain(`/mod/cases/${id}"`);
    for (const query of [
      '?tier=crisis',
      '?reason=appeals',
      '?community=there',
      '?mine=on',
      '?state=closed',
    ])
      expect((await first.get(`/mod${query}`)).html).not.toContain(`/mod/cases/${id}"`);
    expect(textOf((await first.get('/mod')).html)).toContain('not screened');
    for (const query of [
      '?tier=x',
      '?after=x',
      '?after=1.1.1.1',
      '?after=99999999999999.9.-999999999999999999.1',
      '?community=%01',
      '?state=closed&after=1.0.1.1',
    ])
      expect((await first.get(`/mod${query}`)).status).toBe(200);
  });

  it('run as many queries for a long queue as for a short one, and page it without gaps', async () => {
    const thread = await site.make.thread({ community: 'there' });
    const elsewhere = await site.as('mod-there');
    const cost = async (): Promise<number> => {
      // Freeze the clock: on a slow machine, expired caches would add queries to the count.
      site.clock.freeze();
      const before = site.sql.count;
      expect((await elsewhere.get('/mod')).status).toBe(200);
      return site.sql.count - before;
    };
    await cost();
    const few = await cost();
    for (let n = 0; n < 60; n += 1)
      await site.make.case({
        post: await site.make.reply({ thread }),
        tier: n % 2 === 0 ? 'watch' : 'none',
      });
    expect(await cost()).toBe(few);
    expect(few).toBeLessThanOrEqual(7);
    // Paging shows every case exactly once.
    const seen: string[] = [];
    let next: string | undefined = '/mod';
    while (next !== undefined) {
      const { html } = await elsewhere.get(next);
      seen.push(...[...html.matchAll(/href="\/mod\/cases\/(\d+)"/g)].map(([, id]) => id ?? ''));
      next = /rel="next" href="([^"]+)"/
        .exec(html)?.[1]
        ?.replaceAll('&amp;', '&')
        .replaceAll('&#x3D;', '=');
    }
    expect(seen.length).toBeGreaterThanOrEqual(60);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('show no notice about screening while it is on', async () => {
    expect(textOf((await first.get('/mod')).html)).not.toContain('Automatic ordering');
  });

  it('show moderators exact figures, and withhold small ones in public', async () => {
    const stats = (await first.get('/mod/stats')).html;
    expect(textOf(stats)).toContain('Time until someone read it');
    expect(stats).toContain('<div class="bars"');
    const open = await site.browser().get('/transparency');
    expect(open.status).toBe(200);
    // All counts are below the threshold here: a bar would reveal what the table withholds.
    expect(open.html).not.toMatch(/<svg class="(chart|bars__bar)"/);
    const cells = [...open.html.matchAll(/<td class="number"[^>]*>([^<]*)<\/td>/g)].map(
      ([, text]) => text ?? '',
    );
    expect(cells.length).toBeGreaterThan(5);
    expect(cells).toContain('&lt;10');
    for (const cell of cells) expect(cell).not.toMatch(/^[1-9]$/);
    expect(open.html).not.toMatch(/mod-one|two-names/);
  });

  it('find a member by name, from the log and from the profile, and nobody else’s members', async () => {
    await site.make.join('pebble-one', 'here');
    await site.make.join('pebble-two', 'there');
    const results = (await first.get('/mod/members?q=PEBBLE')).html;
    expect(results).toContain('href="/mod/members/pebble-one"');
    expect(results).not.toContain('pebble-two');
    expect((await admin.get('/mod/members?q=pebble')).html).toContain('/mod/members/pebble-two');
    // An empty search lists nobody; a percent sign is matched literally.
    for (const q of ['', '%25', 'hidden-writ%25'])
      expect((await admin.get(`/mod/members?q=${q}`)).html).not.toContain('href="/mod/members/');
    expect((await first.get('/@pebble-one')).html).toContain('href="/mod/members/pebble-one"');
    expect((await first.get('/@pebble-two')).html).not.toContain('/mod/members/');
    expect((await (await site.as('pebble-one')).get('/@pebble-two')).html).not.toContain(
      '/mod/members/',
    );
    await first.post('/mod/members/pebble-one/notes', { body: 'Likes short replies.' });
    expect((await admin.get('/mod/log')).html).toContain(
      '<a href="/mod/members/pebble-one">pebble-one</a>',
    );
  });

  it('link to the strategies to review for those who may review them', async () => {
    expect((await admin.get('/mod')).html).toContain('href="/mod/strategies"');
    expect((await first.get('/mod')).html).not.toContain('href="/mod/strategies"');
    expect((await admin.get('/mod/strategies')).html).toMatch(
      /href="\/mod\/strategies" aria-current="page"/,
    );
  });

  it('let moderators edit their templates', async () => {
    expect(
      (await first.post('/mod/wordings', { tier: 'watch', title: '', body: 'Words' })).status,
    ).toBe(422);
    expect(
      (
        await first.post('/mod/wordings', {
          tier: 'watch',
          title: 'A gentle start',
          body: 'Thank you for writing.',
        })
      ).status,
    ).toBe(303);
    const id = await caseOf('somebody');
    expect(textOf((await second.get(`/mod/cases/${id}`)).html)).toContain('A gentle start');
    const [row] = (await site.make.rows(
      `select id from reply_templates where title = 'A gentle start'`,
    )) as [{ id: string }];
    // One press appends the template to the typed text; nothing is lost and nothing decided.
    await second.post(`/mod/cases/${id}/claim`);
    const filled = await second.post(`/mod/cases/${id}/decide`, {
      reason: 'Half a reason',
      message: 'Hello.',
      useTemplate: row.id,
    });
    expect(filled.status).toBe(200);
    expect(filled.html).toMatch(/>\s*Hello\.\n\nThank you for writing\.<\/textarea>/);
    expect(filled.html).toMatch(/>\s*Half a reason<\/textarea>/);
    expect(filled.html).not.toContain('error-summary');
    expect(
      (await second.post(`/mod/cases/${id}/decide`, { message: 'Kept.', useTemplate: '999' })).html,
    ).toMatch(/>\s*Kept\.<\/textarea>/);
    // Enter in a field must not insert a template: the form's first button is a hidden submit.
    const form = /<form[^>]*action="\/mod\/cases\/\d+\/decide"[^]*?<\/form>/.exec(filled.html)?.[0];
    expect(/<button type="submit"[^>]*>/.exec(form ?? '')?.[0]).toBe(
      '<button type="submit" hidden>',
    );
    await second.post(`/mod/cases/${id}/release`);
    expect(
      (
        await second.post(`/mod/wordings/${row.id}`, {
          tier: 'watch',
          title: 'A soft start',
          body: 'Thank you.',
        })
      ).status,
    ).toBe(303);
    expect((await second.post(`/mod/wordings/${row.id}/retire`)).status).toBe(303);
    expect(textOf((await first.get(`/mod/cases/${id}`)).html)).not.toContain('A soft start');
  });
});

describe('the queue while screening is off', () => {
  it('says so', async () => {
    const site = await testApp({ workers: false, env: { TRIAGE: 'off' } });
    await site.make.member('keeper', { role: 'moderator' });
    expect(textOf((await (await site.as('keeper')).get('/mod')).html)).toContain(
      'Automatic ordering is off',
    );
    await site.close();
  });
});
