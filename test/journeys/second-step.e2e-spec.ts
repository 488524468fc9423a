import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import jsQR from 'jsqr';
import { DAY, MINUTE } from '../../src/kernel/clock.js';
import { account, codeOf, logIn, PASSWORD, setUpApp, STEP_PAGE } from '../support/accounts.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Answer, type Browser } from '../support/browser.js';

describe('the second step of a log-in', () => {
  let site: TestApp;

  beforeAll(async () => {
    site = await testApp();
    site.clock.freeze();
  });
  beforeEach(() => site.make.rows('delete from rate_limits'));
  afterAll(() => site.close());

  const withApp = async (
    handle: string,
  ): Promise<{ browser: Browser; secret: string; codes: string[] }> => {
    await account(site, handle);
    const browser = site.browser();
    await logIn(browser, handle);
    const made = await setUpApp(site, browser);
    // The code that turned it on cannot be used again.
    site.clock.move(MINUTE);
    return { browser, ...made };
  };
  const codesIn = ({ html }: Answer): string[] =>
    textOf(html).match(/\b[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}\b/g) ?? [];
  const ticketOf = ({ html }: Answer): string =>
    /name="ticket" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const isIn = async (browser: Browser): Promise<boolean> =>
    (await browser.get('/notifications')).status === 200;

  /** Decodes the QR code as a camera would. */
  const scanned = (html: string): string => {
    const svg = /<svg class="qr".*?<\/svg>/s.exec(html)?.[0] ?? '';
    const size = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
    const scale = 4;
    const pixels = new Uint8ClampedArray((size * scale) ** 2 * 4).fill(255);
    for (const [, x, y] of svg.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
      for (let row = 0; row < scale; row += 1)
        for (let column = 0; column < scale; column += 1) {
          const at = (Number(y) * scale + row) * size * scale + Number(x) * scale + column;
          pixels.fill(0, at * 4, at * 4 + 3);
        }
    }
    const read = jsQR as unknown as typeof jsQR.default;
    return read(pixels, size * scale, size * scale)?.data ?? '';
  };

  it('is set up with the QR code or the key, and takes effect after a valid code', async () => {
    await account(site, 'setter');
    const browser = await site.as('setter');
    await browser.post(`${STEP_PAGE}/app`);
    const { html } = await browser.get(STEP_PAGE);
    const key = /<code>([A-Z2-7 ]+)<\/code>/.exec(html)?.[1]?.replaceAll(' ', '') ?? '';
    const uri = new URL(scanned(html));
    expect([uri.protocol, uri.hostname, uri.searchParams.get('secret')]).toEqual([
      'otpauth:',
      'totp',
      key,
    ]);
    const wrong = await browser.post(`${STEP_PAGE}/app/confirm`, { code: '000000' });
    expect(wrong.status).toBe(422);
    expect((await logIn(site.browser(), 'setter')).status).toBe(303);
    const form = { code: await codeOf(site, key), idempotencyKey: 'a key from the page' };
    const right = await browser.post(`${STEP_PAGE}/app/confirm`, form);
    expect([right.status, codesIn(right).length]).toEqual([200, 10]);
    const pressedTwice = await browser.post(`${STEP_PAGE}/app/confirm`, form);
    expect(codesIn(pressedTwice)).toEqual(codesIn(right));
    expect((await logIn(site.browser(), 'setter')).status).toBe(422);
    expect((await browser.get(STEP_PAGE)).html).not.toContain(key.slice(0, 4));
    const { sealed } = await site.make.one<{ sealed: Buffer }>(
      `select sealed from totp_secrets
       where member_id = (select id from members where handle = 'setter')`,
    );
    expect(sealed.includes(key)).toBe(false);
    const { text } = await site.post.next('setter@example.org');
    expect(text).toContain('A second step to log in was turned on');
  });

  it('logs every other device out when it is turned on', async () => {
    await account(site, 'elsewhere');
    const other = await site.as('elsewhere');
    const here = await site.as('elsewhere');
    await setUpApp(site, here);
    expect([await isIn(other), await isIn(here)]).toEqual([false, true]);
  });

  it('accepts address, password and code in one form', async () => {
    const { secret } = await withApp('in-one');
    const browser = site.browser();
    const code = await codeOf(site, secret);
    expect((await logIn(browser, 'in-one', { code })).location).toBe('/');
    expect(await isIn(browser)).toBe(true);
  });

  it('asks for the code on a separate page, and returns to the requested one', async () => {
    const { secret } = await withApp('in-two');
    const browser = site.browser();
    const response = await logIn(browser, 'in-two', { next: '/toolkit' });
    expect(response.status).toBe(422);
    expect(response.html).toContain('autocomplete="one-time-code"');
    expect(response.html).not.toContain(PASSWORD);
    expect(await isIn(browser)).toBe(false);
    const fields = { ticket: ticketOf(response), next: '/toolkit' };
    const wrong = await browser.post('/login/code', { ...fields, code: '000000' });
    expect(wrong.status).toBe(422);
    expect(textOf(wrong.html)).toContain('That code is wrong');
    const code = await codeOf(site, secret);
    expect((await browser.post('/login/code', { ...fields, code })).location).toBe('/toolkit');
    expect(await isIn(browser)).toBe(true);
    // Neither the ticket nor the code can be used a second time.
    const again = await site.browser().post('/login/code', { ...fields, code });
    expect(textOf(again.html)).toContain('That took too long');
    expect((await logIn(site.browser(), 'in-two', { code })).status).toBe(422);
  });

  it.each(['000000', '12345', 'abcdef', '１２３４５６'])('rejects %s', async (code) => {
    await withApp(`wrong-${code.charCodeAt(0)}-${code.length}`);
    const handle = `wrong-${code.charCodeAt(0)}-${code.length}`;
    const browser = site.browser();
    expect((await logIn(browser, handle, { code })).status).toBe(422);
    expect(await isIn(browser)).toBe(false);
  });

  it('accepts a ticket for ten minutes, and no forged one', async () => {
    const { secret } = await withApp('slow');
    const browser = site.browser();
    const ticket = ticketOf(await logIn(browser, 'slow'));
    site.clock.move(11 * MINUTE);
    for (const each of [ticket, 'x'.repeat(43), '']) {
      const code = await codeOf(site, secret);
      const answer = await browser.post('/login/code', { ticket: each, code });
      expect(answer.status).toBe(422);
    }
    expect(await isIn(browser)).toBe(false);
  });

  it('limits guesses, even if each starts a new log-in', async () => {
    const { secret } = await withApp('guessed');
    await site.make.rows('delete from rate_limits');
    const statuses: number[] = [];
    for (let n = 0; n < 7; n += 1)
      statuses.push((await logIn(site.browser(), 'guessed', { code: `00000${n}` })).status);
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429]);
    const code = await codeOf(site, secret);
    expect((await logIn(site.browser(), 'guessed', { code })).status).toBe(429);
    site.clock.move(6 * MINUTE);
    const later = await codeOf(site, secret);
    expect((await logIn(site.browser(), 'guessed', { code: later })).status).toBe(303);
  });

  it('accepts each of ten recovery codes once, in any format', async () => {
    const { codes } = await withApp('lost-phone');
    expect(new Set(codes).size).toBe(10);
    const [first = '', second = ''] = codes;
    const typed = first.toLowerCase().replaceAll('-', ' ');
    expect((await logIn(site.browser(), 'lost-phone', { code: typed })).status).toBe(303);
    expect((await logIn(site.browser(), 'lost-phone', { code: first })).status).toBe(422);
    expect((await logIn(site.browser(), 'lost-phone', { code: second })).status).toBe(303);
    const stored = await site.make.all<{ digest: Buffer }>('select digest from recovery_codes');
    for (const { digest } of stored)
      expect(codes.map((code) => digest.includes(code.replaceAll('-', '')))).not.toContain(true);
  });

  it('replaces the recovery codes with new ones', async () => {
    const { browser, codes } = await withApp('new-codes');
    const { html } = await browser.get(STEP_PAGE);
    const idempotencyKey = /name="idempotencyKey" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const press = async (): Promise<string[]> =>
      codesIn(await browser.post(`${STEP_PAGE}/codes`, { idempotencyKey }));
    const [shown, again] = await Promise.all([press(), press()]);
    expect([shown.length, again]).toEqual([10, shown]);
    expect((await logIn(site.browser(), 'new-codes', { code: codes[0] ?? '' })).status).toBe(422);
    expect((await logIn(site.browser(), 'new-codes', { code: shown[0] ?? '' })).status).toBe(303);
  });

  it('is turned off with its codes, and the owner is told', async () => {
    const { browser, codes } = await withApp('had-enough');
    await browser.post(`${STEP_PAGE}/app/remove`);
    expect((await logIn(site.browser(), 'had-enough')).status).toBe(303);
    expect(textOf((await browser.get(STEP_PAGE)).html)).not.toContain(codes[0]);
    const { text } = await site.post.next('had-enough@example.org', 2);
    expect(text).toContain('was removed from your account');
  });

  describe('after ten minutes', () => {
    it('asks for the password again before it shows or changes anything', async () => {
      const { browser } = await withApp('left-open');
      site.clock.move(11 * MINUTE);
      const page = await browser.get(STEP_PAGE);
      expect(page.status).toBe(401);
      expect(textOf(page.html)).toContain('Enter your password');
      for (const path of ['app', 'app/confirm', 'app/remove', 'codes'])
        expect((await browser.post(`${STEP_PAGE}/${path}`)).status).toBe(401);
      expect((await browser.get('/settings/security')).status).toBe(200);
      const other = await site.as('left-open');
      for (const path of ['7/end', 'end-others'])
        expect((await browser.post(`/settings/security/sessions/${path}`)).status).toBe(401);
      expect(await isIn(other)).toBe(true);
      expect((await logIn(site.browser(), 'left-open')).status).toBe(422);
      const wrong = await browser.post('/settings/confirm', { currentPassword: 'a guess' });
      expect(wrong.status).toBe(422);
      expect((await browser.get(STEP_PAGE)).status).toBe(401);
      const before = site.browser();
      before.setCookie('session', browser.cookie('session') ?? '');
      const right = { currentPassword: PASSWORD, next: STEP_PAGE };
      expect((await browser.post('/settings/confirm', right)).location).toBe(STEP_PAGE);
      expect((await browser.get(STEP_PAGE)).status).toBe(200);
      expect((await browser.post('/settings/security/sessions/end-others')).status).toBe(303);
      expect(await isIn(other)).toBe(false);
      // The earlier session token is revoked.
      expect(await isIn(before)).toBe(false);
    });

    it('returns the form to be sent again', async () => {
      const { browser } = await withApp('sends-again');
      site.clock.move(11 * MINUTE);
      const response = await browser.post(`${STEP_PAGE}/app/remove`);
      const kept = /name="kept" value="([^"]+)"/.exec(response.html)?.[1] ?? '';
      const answer = await browser.post('/settings/confirm', { currentPassword: PASSWORD, kept });
      expect(answer.html).toContain(`action="${STEP_PAGE}/app/remove"`);
      expect((await browser.post(`${STEP_PAGE}/app/remove`)).status).toBe(303);
    });
  });

  describe('of a moderator', () => {
    const grace = (handle: string, days: number | null): Promise<unknown> =>
      site.make.rows('update members set second_factor_by = $2 where handle = $1::citext', [
        handle,
        days === null ? null : new Date(site.clock.ms() + days * DAY),
      ]);

    it.each(['moderator', 'admin'] as const)('is required: %s', async (role) => {
      await site.make.member(`new-${role}`, { role });
      await account(site, `new-${role}`);
      await grace(`new-${role}`, null);
      const browser = await site.as(`new-${role}`);
      for (const path of ['/mod', '/mod/log', ...(role === 'admin' ? ['/admin/members'] : [])]) {
        const page = await browser.get(path);
        expect([path, page.status]).toEqual([path, 403]);
        expect(page.html).toContain(`href="${STEP_PAGE}"`);
      }
      await setUpApp(site, browser);
      expect((await browser.get('/mod')).status).toBe(200);
    });

    it('is required of a community’s moderators only', async () => {
      await site.make.community({ slug: 'harbour' });
      await site.make.join('place-mod', 'harbour', 'moderator');
      await grace('place-mod', null);
      const browser = await site.as('place-mod');
      expect((await browser.get('/mod')).status).toBe(403);
      await site.make.join('plain-member', 'harbour');
      await grace('plain-member', null);
      const member = await site.as('plain-member');
      expect((await member.get('/mod')).status).toBe(404);
      expect((await member.get('/c/harbour')).status).toBe(200);
    });

    it('is required for rights inside a community as well', async () => {
      await site.make.community({ slug: 'quay' });
      await site.make.join('quay-mod', 'quay', 'moderator');
      await site.make.join('quay-poster', 'quay');
      const thread = await site.make.thread({ community: 'quay', author: 'quay-poster' });
      const body = 'Held for a person to read';
      const post = await site.make.reply({ thread, author: 'quay-poster', body });
      await site.make.rows(`update posts set status = 'held' where id = $1`, [post]);
      const pages = ['/c/quay/edit', '/c/quay/requests', '/c/quay/health'];
      await grace('quay-mod', 3);
      const browser = await site.as('quay-mod');
      const own = await browser.get(`/t/${thread}`);
      expect(own.html).toContain(body);
      expect(textOf((await browser.get('/c/quay')).html)).toContain('if you moderate');
      for (const path of pages)
        expect([path, (await browser.get(path)).status]).toEqual([path, 200]);
      await grace('quay-mod', null);
      expect((await browser.get(`/t/${thread}`)).html).not.toContain(body);
      expect((await browser.get(`/posts/${post}/history`)).status).toBe(404);
      for (const path of pages)
        expect([path, (await browser.get(path)).status]).toEqual([path, 403]);
      expect(textOf((await browser.get('/c/quay')).html)).toContain('You can moderate once');
      await account(site, 'quay-mod');
      await setUpApp(site, browser);
      expect((await browser.get(`/t/${thread}`)).html).toContain(body);
    });

    it('may be missing during a grace period, which the pages mention', async () => {
      await site.make.member('grace-mod', { role: 'moderator' });
      await grace('grace-mod', 3);
      const browser = await site.as('grace-mod');
      const page = await browser.get('/mod');
      expect(page.status).toBe(200);
      expect(textOf(page.html)).toContain('you need a second step to log in if you moderate');
      expect(textOf((await browser.get('/')).html)).not.toContain(
        'you need a second step to log in if you moderate',
      );
      site.clock.move(4 * DAY);
      expect((await (await site.as('grace-mod')).get('/mod')).status).toBe(403);
    });

    it('is not required of the demo’s moderator', async () => {
      await site.make.member('demo-mod', { role: 'moderator', email: 'demo-mod@demo.example' });
      await grace('demo-mod', null);
      expect((await (await site.as('demo-mod')).get('/mod')).status).toBe(200);
    });
  });

  describe('that was lost', () => {
    let admin: Browser;
    let second: Browser;

    beforeAll(async () => {
      await site.make.member('asking-admin', { role: 'admin' });
      await site.make.member('second-mod', { role: 'moderator' });
    });
    beforeEach(async () => {
      await site.make.rows(
        `update members set second_factor_by = $1 where handle in ('asking-admin', 'second-mod')`,
        [new Date(site.clock.ms() + DAY)],
      );
      admin = await site.as('asking-admin');
      second = await site.as('second-mod');
    });
    const ask = (handle: string): Promise<Answer> =>
      admin.post('/admin/members/second-step', { handle, reason: 'We met them.' });
    const idOf = async (): Promise<string> =>
      /second-step\/(\d+)\/settle/.exec((await second.get('/mod/second-step')).html)?.[1] ?? '';

    it('is removed by two people, with audit log entries and a mail', async () => {
      const { browser } = await withApp('loser');
      expect((await ask('loser')).status).toBe(303);
      expect((await logIn(site.browser(), 'loser')).status).toBe(422);
      const id = await idOf();
      const alone = await admin.post(`/mod/second-step/${id}/settle`, { answer: 'agree' });
      expect(alone.status).toBe(403);
      const agreed = await second.post(`/mod/second-step/${id}/settle`, { answer: 'agree' });
      expect(agreed.status).toBe(303);
      expect(await isIn(browser)).toBe(false);
      expect((await logIn(site.browser(), 'loser')).status).toBe(303);
      const log = await site.make.all<{ deed: string; who: string; reason: string }>(
        `select l.deed, m.handle::text as who, l.reason
         from moderation_log l
         join members m on m.id = l.actor_id
         where l.member_id = (select id from members where handle = 'loser')
         order by l.id`,
      );
      expect(log).toEqual([
        { deed: 'member.second-factor-reset-asked', who: 'asking-admin', reason: 'We met them.' },
        { deed: 'member.second-factor-reset', who: 'second-mod', reason: '' },
      ]);
      expect((await site.post.next('loser@example.org', 2)).text).toContain('was removed');
    });

    it('stays if the second person declines', async () => {
      await withApp('keeper');
      await ask('keeper');
      await second.post(`/mod/second-step/${await idOf()}/settle`, { answer: 'decline' });
      expect((await logIn(site.browser(), 'keeper')).status).toBe(422);
      expect(await idOf()).toBe('');
    });

    it.each([['nobody-here'], ['asking-admin']])('cannot be reset: %s', async (handle) => {
      expect((await ask(handle)).status).toBe(422);
    });
  });
});
