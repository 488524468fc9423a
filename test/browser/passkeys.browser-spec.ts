import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type Browser as Chromium,
  type BrowserContext,
  type CDPSession,
  type Page,
} from 'playwright-core';
import { account, PASSWORD, STEP_PAGE } from '../support/accounts.js';
import { testApp, type TestApp } from '../support/app.js';
import { launchChromium, nextPage } from '../support/chromium.js';

describe('passkeys in Chromium', () => {
  let site: TestApp;
  let browser: Chromium;
  let context: BrowserContext | undefined;
  let page: Page;
  let cdp: CDPSession;
  let authenticatorId: string;
  let url: string;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    // WebAuthn needs a domain name as relying party ID; an IP address is not allowed.
    url = site.url.replace('127.0.0.1', 'localhost');
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  const newPage = async (javaScriptEnabled = true): Promise<void> => {
    // WebAuthn needs a focused page, and two open pages would compete for the focus.
    await context?.close();
    context = await browser.newContext({ javaScriptEnabled });
    page = await context.newPage();
    cdp = await context.newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    ({ authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    }));
  };
  beforeEach(async () => {
    site.config.BASE_URL = url;
    await site.make.rows('delete from rate_limits');
    await newPage();
  });

  /** Presses a button and waits for the next page. */
  const press = (button: string): Promise<void> => nextPage(page, () => page.click(button));
  /** Like `press`, with one retry if the page says that the browser’s prompt failed. */
  const pressForPasskey = (button: string): Promise<void> =>
    nextPage(page, async () => {
      const left = page.waitForEvent('framenavigated').then(() => false);
      const fault = page.locator('[data-passkey-fault]:visible').first();
      for (let tries = 0; tries < 3; tries += 1) {
        await page.click(button);
        const failed = fault.waitFor().then(
          () => true,
          () => false,
        );
        if (!(await Promise.race([left, failed]))) return;
      }
    });
  const typePassword = async (handle: string): Promise<void> => {
    await page.goto(`${url}/login`);
    await page.fill('#email', `${handle}@example.org`);
    await page.fill('#password', PASSWORD);
    await press('form[action="/login"] button');
  };
  const add = async (name: string): Promise<void> => {
    await page.goto(`${url}${STEP_PAGE}`);
    await page.fill('#name', name);
    await pressForPasskey('form[data-passkey-new] button');
  };
  const usePasskey = (): Promise<void> => pressForPasskey('form[action="/login/passkey"] button');
  const isIn = async (): Promise<boolean> =>
    (await page.context().request.get(`${url}/notifications`)).status() === 200;
  let tries = 0;
  /** @returns the handle of a new account, unique for each run of a test */
  const withPasskey = async (name: string): Promise<string> => {
    tries += 1;
    const handle = `${name}-${tries}`;
    await account(site, handle);
    await typePassword(handle);
    await add('my phone');
    await page.context().clearCookies();
    return handle;
  };

  it('are added with recovery codes, named and removed', async () => {
    tries += 1;
    const handle = `adder-${tries}`;
    await account(site, handle);
    await typePassword(handle);
    await add('my phone');
    const codes = await page.locator('main code').allTextContents();
    expect(codes).toHaveLength(10);
    await page.goto(`${url}${STEP_PAGE}`);
    expect(await page.textContent('#passkeys ~ ul')).toContain('my phone');
    await page.fill('#passkeys ~ ul input[name=name]', 'old phone');
    await press('#passkeys ~ ul form[action$="/name"] button');
    expect(await page.textContent('#passkeys ~ ul strong')).toBe('old phone');
    await press('form[action$="/remove"] button');
    expect(await page.locator('#passkeys ~ ul').count()).toBe(0);
    await page.context().clearCookies();
    await typePassword(handle);
    expect(await isIn()).toBe(true);
  });

  it('log in without an address or a password', async () => {
    await withPasskey('keyed');
    await page.goto(`${url}/login?next=/toolkit`);
    await usePasskey();
    expect(new URL(page.url()).pathname).toBe('/toolkit');
    expect(await isIn()).toBe(true);
  });

  it('are asked for after the password, where one is set up', async () => {
    await typePassword(await withPasskey('both'));
    expect(await isIn()).toBe(false);
    expect(await page.isVisible('input[name=code]')).toBe(true);
    await usePasskey();
    expect(await isIn()).toBe(true);
  });

  it('require user verification', async () => {
    await withPasskey('thief');
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await page.goto(`${url}/login`);
    await page.click('form[action="/login/passkey"] button');
    await page.waitForSelector('[data-passkey-fault]:visible');
    expect(await isIn()).toBe(false);
  });

  it('that were removed are rejected', async () => {
    await withPasskey('removed');
    await site.make.rows('delete from passkeys');
    await page.goto(`${url}/login`);
    await usePasskey();
    expect(await page.textContent('.error-summary')).toContain(
      'could not log you in with that passkey',
    );
    expect(await isIn()).toBe(false);
  });

  it('accept each challenge once, and none from another origin', async () => {
    await withPasskey('replayed');
    await page.goto(`${url}/login`);
    const [request] = await Promise.all([
      page.waitForRequest((each) => each.url().endsWith('/login/passkey')),
      usePasskey(),
    ]);
    expect(await isIn()).toBe(true);
    const sent = new URLSearchParams(request.postData() ?? '');
    const again = site.browser();
    const fields = { credential: sent.get('credential') ?? '', state: sent.get('state') ?? '' };
    expect((await again.post('/login/passkey', fields)).status).toBe(422);
    expect((await again.get('/notifications')).status).toBe(401);
    await page.context().clearCookies();
    await page.goto(`${url}/login`);
    site.config.BASE_URL = 'http://other.example';
    await usePasskey();
    expect(await page.locator('.error-summary').count()).toBe(1);
    site.config.BASE_URL = url;
    expect(await isIn()).toBe(false);
  });

  it('of a clone, whose counter has not increased, are rejected', async () => {
    await withPasskey('copied');
    await site.make.rows('update passkeys set counter = 1000');
    await page.goto(`${url}/login`);
    await usePasskey();
    expect(await page.textContent('.error-summary')).toContain(
      'could not log you in with that passkey',
    );
    expect(await isIn()).toBe(false);
  });

  it('are hidden without script, where a code works instead', async () => {
    const handle = await withPasskey('no-script');
    await newPage(false);
    await typePassword(handle);
    expect(await page.isVisible('form[data-passkey]')).toBe(false);
    expect(await page.isVisible('input[name=code]')).toBe(true);
  });
});
