import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Browser as Chromium, type BrowserContext, type Page } from 'playwright-core';
import webPush from 'web-push';
import { account, PASSWORD } from '../support/accounts.js';
import { testApp, type TestApp } from '../support/app.js';
import { axeFindings, launchChromium } from '../support/chromium.js';
import { eventually } from '../support/eventually.js';

const STATUS = '[data-keep-status]';
const SEALED = `(async () => {
  const opening = indexedDB.open('kept');
  const database = await new Promise((resolve) => (opening.onsuccess = () => resolve(opening.result)));
  const store = database.transaction('kept').objectStore('kept');
  const get = (key) => new Promise((resolve) => {
    const request = store.get(key);
    request.onsuccess = () => resolve(request.result);
  });
  const [own, key] = [await get('own'), await get('key')];
  database.close();
  return {
    text: new TextDecoder('latin1').decode(own.sealed),
    exported: await crypto.subtle.exportKey('raw', key).then(() => 'yes', () => 'no'),
  };
})()`;
const LEFT = `(async () => ({
  caches: await caches.keys(),
  databases: (await indexedDB.databases()).map(({ name }) => name),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
}))()`;
const NOTHING = { caches: [], databases: [], workers: 0 };

describe('help without a connection, in Chromium', () => {
  let site: TestApp;
  let browser: Chromium;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    const { publicKey, privateKey } = webPush.generateVAPIDKeys();
    site = await testApp({
      workers: false,
      env: {
        VAPID_PUBLIC_KEY: publicKey,
        VAPID_PRIVATE_KEY: privateKey,
        VAPID_SUBJECT: 'mailto:team@example.org',
      },
    });
    // Quick exit leads to a page on this machine.
    site.config.LEAVE_URL = `${site.url}/robots.txt`;
    await site.make.community({ slug: 'here' });
    for (const handle of ['sav', 'other']) await account(site, handle);
    const sav = await site.as('sav');
    await sav.post('/toolkit/card', { people: 'Sam 020 7946 0000', reasons: 'My cat' });
    await sav.post('/toolkit/items', { name: 'Tea', steps: 'Boil water\nSit down' });
    browser = await launchChromium('whole');
  });
  beforeEach(async () => {
    await site.make.rows('delete from rate_limits');
    context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'en-GB' });
    page = await context.newPage();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  const go = (path: string): Promise<unknown> => page.goto(`${site.url}${path}`);
  const logIn = async (handle: string, shared = false): Promise<void> => {
    await go('/login');
    await page.fill('#email', `${handle}@example.org`);
    await page.fill('#password', PASSWORD);
    if (shared) await page.check('#shared');
    await Promise.all([
      page.waitForEvent('load'),
      page.click('form[action="/login"] button[type=submit]'),
    ]);
  };
  const keep = async (own: boolean): Promise<void> => {
    await go('/keep');
    if (own) {
      await page.check('#plan');
      await page.selectOption('#toolkit', 'all');
    }
    await page.click('form[data-keep] button[type=submit]');
    await page.waitForSelector(`${STATUS}:has-text("Saved on")`);
  };
  const text = (): Promise<string> => page.innerText('main');
  /** Whether the device stores nothing any more, once the open page has been left. */
  const isEmpty = async (): Promise<boolean> => {
    await go('/robots.txt');
    return isDeepStrictEqual(await page.evaluate(LEFT), NOTHING);
  };

  it('shows Help now for some hours after a visit, from the ordinary cache', async () => {
    const { headers } = await site.browser().get('/help-now');
    expect(headers.get('cache-control')).toBe('public, max-age=28800, s-maxage=300');
    await go('/help-now');
    await go('/about');
    await context.setOffline(true);
    await go('/help-now');
    expect(await page.locator('.emergency').textContent()).toContain('999');
    expect(await page.evaluate(LEFT)).toEqual(NOTHING);
  });

  it('stores Help now for a guest, and nothing else', async () => {
    await go('/c/here');
    expect(await page.evaluate(LEFT)).toEqual(NOTHING);
    await keep(false);
    await go('/c/here');
    await context.setOffline(true);
    await go('/help-now');
    expect(await text()).toMatch(/This copy was saved on \d/);
    expect(await page.getAttribute('.emergency a', 'href')).toBe('tel:999');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(
      await page.evaluate('getComputedStyle(document.querySelector(".emergency")).padding'),
    ).not.toBe('0px');
    expect(await axeFindings(page)).toEqual([]);
    await go('/c/here');
    expect(await text()).toContain('Help now');
    await go('/toolkit');
    expect(await text()).not.toContain('Tea');
  });

  it('stores the card and the toolkit encrypted, and reads them offline', async () => {
    await logIn('sav');
    await keep(true);
    const { text: sealed, exported } = await page.evaluate<{ text: string; exported: string }>(
      SEALED,
    );
    expect(sealed.length).toBeGreaterThan(1_000);
    expect(sealed).not.toMatch(/Sam|html|cat/);
    expect(exported).toBe('no');
    await context.setOffline(true);
    await go('/help-now');
    await page.click('text=Open my own pages');
    const own = await text();
    for (const word of ['This copy was saved on', 'Sam 020 7946 0000', 'My cat', 'Boil water'])
      expect(own).toContain(word);
    await context.setOffline(false);
    await go('/toolkit');
    expect(await text()).not.toContain('This copy was saved on');
  });

  it('refreshes the copies after the toolkit has changed', async () => {
    await logIn('sav');
    await keep(true);
    await go('/toolkit/card');
    await page.fill('#reasons', 'My garden');
    await Promise.all([
      page.waitForEvent('load'),
      page.click('main form.form button[type=submit]'),
    ]);
    const renewed = async (): Promise<boolean> => {
      await go('/toolkit');
      await context.setOffline(true);
      await go('/toolkit');
      const done = (await text()).includes('My garden');
      await context.setOffline(false);
      return done;
    };
    expect(await eventually(renewed, 'the new copy')).toBe(true);
  });

  it.each([
    [
      'logging out',
      async (): Promise<void> => {
        await go('/toolkit');
        await page.click('.menu__open');
        await page.click('.own-menu summary');
        await Promise.all([page.waitForEvent('load'), page.click('form[action="/logout"] button')]);
      },
    ],
    [
      'leaving quickly',
      async (): Promise<void> => {
        await Promise.all([page.waitForURL('**/robots.txt'), page.click('.button--leave')]);
      },
    ],
    [
      'leaving quickly without a connection',
      async (): Promise<void> => {
        await context.setOffline(true);
        const going = page.waitForURL('**/robots.txt').catch((error: unknown) => String(error));
        await page.click('.button--leave');
        expect(await going).toContain('ERR_INTERNET_DISCONNECTED');
        await context.setOffline(false);
      },
    ],
    [
      '“Remove from this device”',
      async (): Promise<void> => {
        await go('/keep');
        await page.click('[data-keep-remove]');
        await page.waitForSelector(`${STATUS}:has-text("Removed")`);
      },
    ],
    ['a log-in on a shared device', (): Promise<void> => logIn('sav', true)],
    ['a log-in of another member', (): Promise<void> => logIn('other')],
  ])('removes everything on %s', async (_what, act) => {
    await logIn('sav');
    await keep(true);
    if (_what.startsWith('a log-in')) await context.clearCookies();
    await act();
    expect(await eventually(isEmpty, 'an empty device')).toBe(true);
  });

  it('shows a neutral notification in the reader’s language', async () => {
    await context.grantPermissions(['notifications'], { origin: site.url });
    // Stub the push service, the only part outside this machine.
    await page.addInitScript(`PushManager.prototype.subscribe = async (options) => {
      window.subscribedWith = options;
      return { endpoint: 'https://fcm.googleapis.com/fcm/send/browser' };
    }`);
    await logIn('sav');
    await go('/settings/devices');
    await page.click('form[data-push] button');
    await page.waitForSelector('main .tag:has-text("This device")');
    const cdp = await context.newCDPSession(page);
    const registered = new Promise<string>((resolve) =>
      cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const [one] = registrations;
        if (one !== undefined) resolve(one.registrationId);
      }),
    );
    await cdp.send('ServiceWorker.enable');
    await cdp.send('ServiceWorker.deliverPushMessage', {
      origin: site.url,
      registrationId: await registered,
      data: '',
    });
    const shown = `(async () => {
      const { getNotifications } = ServiceWorkerRegistration.prototype;
      const registration = await navigator.serviceWorker.ready;
      const shown = await getNotifications.call(registration);
      return shown.map(({ title, body, tag }) => ({ title, body, tag }));
    })()`;
    const notifications = await eventually(async () => {
      const found = await page.evaluate<object[]>(shown);
      return found.length > 0 ? found : undefined;
    }, 'a notification');
    expect(notifications).toEqual([
      { title: 'Something is waiting for you', body: '', tag: 'kept' },
    ]);
    await go('/leaving-quickly');
    await Promise.all([page.waitForURL('**/robots.txt'), page.click('.button--leave')]);
    expect(await eventually(isEmpty, 'an empty device')).toBe(true);
  });

  it('is not offered on a shared device', async () => {
    await logIn('sav', true);
    await go('/keep');
    expect(await page.locator('form[data-keep]').count()).toBe(0);
    await go('/toolkit/kept?plan=on');
    expect(await text()).not.toContain('Sam');
  });
});
