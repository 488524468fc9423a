import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HOUR, MINUTE } from '../../src/kernel/clock.js';
import { account, logIn, PASSWORD, setUpApp, codeOf } from '../support/accounts.js';
import { testApp, type TestApp } from '../support/app.js';
import { encode, type Browser } from '../support/browser.js';

describe('a shared device', () => {
  let site: TestApp;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    site.clock.freeze();
  });
  beforeEach(() => site.make.rows('delete from rate_limits'));
  afterAll(() => site.close());

  const isIn = async (browser: Browser): Promise<boolean> =>
    (await browser.get('/notifications')).status === 200;
  const shared = async (handle: string): Promise<Browser> => {
    await account(site, handle);
    const browser = site.browser();
    expect((await logIn(browser, handle, { shared: 'on' })).status).toBe(303);
    return browser;
  };
  /** The cookies that a response sets, by name. */
  const cookies = (headers: Headers): Record<string, string> =>
    Object.fromEntries(
      headers.getSetCookie().map((line) => [line.slice(0, line.indexOf('=')), line]),
    );

  it('keeps the session until the browser closes, and forgets the browser as a known device', async () => {
    await account(site, 'library');
    const browser = site.browser();
    const set = cookies((await logIn(browser, 'library', { shared: 'on' })).headers);
    expect(set.session).not.toMatch(/max-age|expires/i);
    expect(set.device).toBeUndefined();
    const own = cookies((await logIn(site.browser(), 'library')).headers);
    expect(own.session).toMatch(/max-age/i);
    expect(own.device).toMatch(/max-age/i);
  });

  it('shows neutral titles and a plain icon on every page', async () => {
    const browser = await shared('neutral');
    await site.make.community({ slug: 'lakeside' });
    for (const path of ['/', '/c/lakeside', '/settings/security', '/nowhere', '/toolkit/unlock']) {
      const { html } = await browser.get(path);
      expect([path, /<title>(.*?)<\/title>/.exec(html)?.[1]]).toEqual([path, 'Notes']);
      expect(html).toMatch(/rel="icon"[^>]*plain-/);
      expect(html).toMatch(/rel="apple-touch-icon"[^>]*plain-/);
      expect(html).toContain('<link rel="manifest" href="/plain.webmanifest">');
    }
    const { html: manifest } = await browser.get('/plain.webmanifest');
    expect(manifest).not.toMatch(/sameboat/i);
    expect(JSON.parse(manifest)).toMatchObject({ name: 'Notes', short_name: 'Notes' });
    const other = await (await site.as('neutral')).get('/');
    expect(other.html).toMatch(/<title>.*Sameboat<\/title>/);
    expect(other.html).not.toContain('/plain-');
  });

  it('ends the session after idle minutes, and at the latest after eight hours', async () => {
    const quiet = await shared('quiet-visitor');
    site.clock.move(14 * MINUTE);
    expect(await isIn(quiet)).toBe(true);
    site.clock.move(16 * MINUTE);
    expect(await isIn(quiet)).toBe(false);
    const busy = await shared('busy-visitor');
    for (let minutes = 0; minutes < 8 * 60 - 10; minutes += 10) {
      site.clock.move(10 * MINUTE);
      expect([minutes, await isIn(busy)]).toEqual([minutes, true]);
    }
    site.clock.move(10 * MINUTE);
    expect(await isIn(busy)).toBe(false);
  });

  it('stays shared after the session has expired, until somebody logs out', async () => {
    const browser = await shared('came-back');
    site.clock.move(16 * MINUTE);
    const page = await browser.get('/notifications');
    expect(page.status).toBe(401);
    expect(page.html).toContain('<title>Notes</title>');
    expect(page.html).toMatch(/name="shared" value="on"[^>]* checked/);
    expect((await browser.get('/login')).html).toMatch(/name="shared" value="on"[^>]* checked/);
    const kept = await browser.post('/login/kept', { kept: 'sealed' }, '/login');
    expect(kept.html).toMatch(/name="shared" value="on"[^>]* checked/);
    expect((await browser.get('/keep')).html).not.toContain('data-keep');
    expect((await browser.get('/keep/state')).html).toBe('{"owner":null,"shared":true}');
    await logIn(browser, 'came-back', { shared: 'on' });
    await browser.post('/logout');
    const after = (await browser.get('/login')).html;
    expect(after).not.toContain('<title>Notes</title>');
    expect(after).not.toMatch(/name="shared" value="on"[^>]* checked/);
    // Logging in without ticking the box declares the device private.
    const own = await shared('own-after-all');
    site.clock.move(16 * MINUTE);
    await logIn(own, 'own-after-all');
    expect((await own.get('/')).html).not.toContain('<title>Notes</title>');
    expect(own.cookie('shared') ?? '').toBe('');
  });

  it('locks the private area automatically', async () => {
    const browser = await shared('locked');
    expect((await browser.get('/toolkit')).location).toContain('/toolkit/unlock');
    await browser.post('/toolkit/unlock', { password: PASSWORD }, '/toolkit/unlock');
    expect((await browser.get('/toolkit')).status).toBe(200);
    site.clock.move(6 * MINUTE);
    expect((await browser.get('/toolkit')).location).toContain('/toolkit/unlock');
    expect((await (await site.as('locked')).get('/toolkit')).status).toBe(200);
  });

  it('offers to lock the private area at once, even if no automatic lock was chosen', async () => {
    const browser = await shared('lock-now');
    await browser.post('/toolkit/unlock', { password: PASSWORD }, '/toolkit/unlock');
    expect((await browser.get('/toolkit')).html).toContain('action="/toolkit/lock"');
    await browser.post('/toolkit/lock', {}, '/toolkit');
    expect((await browser.get('/toolkit')).location).toContain('/toolkit/unlock');
    const own = await (await site.as('lock-now')).get('/toolkit');
    expect(own.html).not.toContain('action="/toolkit/lock"');
  });

  it('stores neither help nor the member’s own pages offline', async () => {
    const browser = await shared('keeps-none');
    const { html } = await browser.get('/keep');
    expect(html).toContain('Nothing is kept on it.');
    expect(html).not.toContain('data-keep');
    await browser.post('/toolkit/unlock', { password: PASSWORD }, '/toolkit/unlock');
    expect((await browser.get('/toolkit')).html).not.toContain('href="/keep"');
    expect((await browser.get('/toolkit/kept?plan=on')).status).toBe(404);
    expect(JSON.parse((await browser.get('/keep/state')).html)).toMatchObject({ shared: true });
    const own = await site.as('keeps-none');
    expect((await own.get('/toolkit')).html).toContain('href="/keep"');
    expect(JSON.parse((await own.get('/keep/state')).html)).toMatchObject({ shared: false });
  });

  it('is cleared by logging out and by leaving quickly', async () => {
    const browser = await shared('leaver');
    const out = await browser.post('/logout');
    expect(out.headers.get('clear-site-data')).toBe('"cache", "storage"');
    expect(await isIn(browser)).toBe(false);
    const plain = await (await site.as('leaver')).post('/logout');
    expect(plain.headers.get('clear-site-data')).toBeNull();
    const left = await (await shared('leaver')).get('/leave');
    expect(left.headers.get('clear-site-data')).toContain('"storage"');
  });

  it('can be marked as shared after the log-in', async () => {
    await account(site, 'second-thought');
    const browser = site.browser();
    await logIn(browser, 'second-thought');
    const answer = await browser.post('/settings/security/shared-device');
    const set = cookies(answer.headers);
    expect(set.session).not.toMatch(/max-age|expires/i);
    expect(set.device).toMatch(/max-age=0/i);
    expect((await browser.get('/')).html).toContain('<title>Notes</title>');
    site.clock.move(9 * HOUR);
    expect(await isIn(browser)).toBe(false);
  });

  it('stays shared through a second step and a new password', async () => {
    await account(site, 'careful');
    const first = site.browser();
    await logIn(first, 'careful');
    const { secret } = await setUpApp(site, first);
    site.clock.move(MINUTE);
    const browser = site.browser();
    const response = await logIn(browser, 'careful', { shared: 'on' });
    expect(response.html).toContain('name="shared" value="on"');
    const ticket = /name="ticket" value="([^"]+)"/.exec(response.html)?.[1] ?? '';
    const fields = { ticket, shared: 'on', code: await codeOf(site, secret) };
    const set = cookies((await browser.post('/login/code', fields)).headers);
    expect(set.session).not.toMatch(/max-age/i);
    const body = { currentPassword: PASSWORD, newPassword: 'other plain words here' };
    const token = await browser.token('/settings/security');
    const changed = await browser.postRaw(
      '/settings/security/password',
      encode({ ...body, _csrf: token }),
    );
    expect(cookies(changed.headers).session).not.toMatch(/max-age/i);
    expect((await browser.get('/')).html).toContain('<title>Notes</title>');
  });
});
