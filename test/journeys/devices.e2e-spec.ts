import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import webPush from 'web-push';
import { account, logIn } from '../support/accounts.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

const PAGE = '/settings/devices';
const keys = webPush.generateVAPIDKeys();

describe('notifications on devices', () => {
  let site: TestApp;

  beforeAll(async () => {
    site = await testApp({
      workers: false,
      env: {
        VAPID_PUBLIC_KEY: keys.publicKey,
        VAPID_PRIVATE_KEY: keys.privateKey,
        VAPID_SUBJECT: 'mailto:team@example.org',
      },
    });
    await account(site, 'ann');
    await site.make.member('bob');
  });
  beforeEach(async () => {
    await site.make.rows('delete from rate_limits');
    await site.make.rows('delete from push_subscriptions');
  });
  afterAll(() => site.close());

  const turnOn = (browser: Browser, name: string): Promise<{ status: number; html: string }> =>
    browser.post(PAGE, { endpoint: `https://fcm.googleapis.com/fcm/send/${name}` }, '/display');
  const endpoints = async (): Promise<string[]> =>
    (
      (await site.make.rows('select endpoint from push_subscriptions order by id')) as {
        endpoint: string;
      }[]
    ).map(({ endpoint }) => endpoint.replace(/.*\//, ''));

  it('are turned on in one browser, listed, and turned off', async () => {
    const ann = await site.as('ann');
    expect((await ann.get('/settings/notifications')).html).toContain(`href="${PAGE}"`);
    const before = await ann.get(PAGE);
    expect(before.html).toContain(`data-push="${keys.publicKey}"`);
    expect(before.html).toMatch(/<form[^>]* hidden data-push/);
    expect(textOf(before.html)).toContain('None so far.');
    const on = await turnOn(ann, 'phone');
    expect(on.status).toBe(303);
    const { html } = await ann.get(PAGE);
    expect(textOf(html)).toContain('This device');
    const other = await site.as('ann');
    expect(textOf((await other.get(PAGE)).html)).not.toContain('This device');
    const action = /action="(\/settings\/devices\/\d+\/remove)"/.exec(html)?.[1] ?? '';
    expect((await (await site.as('bob')).post(action)).status).toBe(404);
    expect(await endpoints()).toEqual(['phone']);
    expect((await other.post(action)).status).toBe(303);
    expect(await endpoints()).toEqual([]);
  });

  it('belong to the member who is logged in in that browser now', async () => {
    const [ann, bob] = [await site.as('ann'), await site.as('bob')];
    await turnOn(ann, 'kitchen');
    await turnOn(bob, 'kitchen');
    expect(await endpoints()).toEqual(['kitchen']);
    expect(textOf((await ann.get(PAGE)).html)).toContain('None so far.');
    expect(textOf((await bob.get(PAGE)).html)).toContain('This device');
  });

  it('are sent only to known push services', async () => {
    const ann = await site.as('ann');
    for (const endpoint of ['http://127.0.0.1/a', 'https://example.org/a', '', 'x'.repeat(1_001)]) {
      const { status } = await ann.post(PAGE, { endpoint }, '/display');
      expect([endpoint.slice(0, 20), status]).toEqual([endpoint.slice(0, 20), 422]);
    }
    expect(await endpoints()).toEqual([]);
  });

  it('keep the newest twenty browsers', async () => {
    const ann = await site.as('ann');
    for (let n = 1; n <= 22; n += 1) await turnOn(ann, `b${n}`);
    const stored = await endpoints();
    expect([stored.length, stored[0], stored.at(-1)]).toEqual([20, 'b3', 'b22']);
  });

  it('are refused on a shared device, and end when a device is marked as shared', async () => {
    const browser = site.browser();
    await logIn(browser, 'ann', { shared: 'on' });
    expect((await browser.get(PAGE)).html).not.toContain('data-push');
    expect((await turnOn(browser, 'library')).status).toBe(422);
    const own = await site.as('ann');
    await turnOn(own, 'later-shared');
    await own.post('/settings/security/shared-device');
    expect(textOf((await (await site.as('ann')).get(PAGE)).html)).toContain('None so far.');
  });

  it('end with the session', async () => {
    const browser = site.browser();
    await logIn(browser, 'ann');
    await turnOn(browser, 'phone');
    expect(await endpoints()).toEqual(['phone']);
    await browser.post('/logout');
    expect(await endpoints()).toEqual([]);
  });

  it('are explained on the privacy page and included in the data export', async () => {
    expect(textOf((await site.browser().get('/privacy')).html)).toContain(
      'the company that makes your browser',
    );
    const browser = site.browser();
    await logIn(browser, 'ann');
    await turnOn(browser, 'phone');
    const file = await browser.get('/settings/data/my-data.json');
    const { notifiedDevices } = JSON.parse(file.html) as { notifiedDevices: object[] };
    expect(notifiedDevices.map((each) => Object.keys(each))).toEqual([['device', 'since']]);
    expect(file.html).not.toContain('fcm.googleapis.com');
  });
});
