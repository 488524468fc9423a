import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClearAccountsJob } from '../../src/accounts/clear-accounts.job.js';
import { DEVICE_DAYS } from '../../src/accounts/known-devices.js';
import { hashPassword } from '../../src/accounts/password.js';
import { DAY } from '../../src/kernel/clock.js';
import { hashToken } from '../../src/kernel/ids.js';
import { testApp, type TestApp } from '../support/app.js';
import { encode, type Browser } from '../support/browser.js';

const PASSWORD = 'four plain words here';
const HOME = '192.0.2.1';
const AWAY = '198.51.100.7';

describe('a browser that logged in before', () => {
  let site: TestApp;

  beforeAll(async () => {
    site = await testApp({ workers: false, env: { TRUST_PROXY: 'loopback' } });
  });
  // Rate limits are per network: give every test fresh counters.
  beforeEach(() => site.make.rows('delete from rate_limits'));
  afterAll(() => site.close());

  const account = async (handle: string): Promise<string> => {
    const id = await site.make.member(handle, { email: `${handle}@example.org` });
    await site.make.rows('update members set password_hash = $2 where id = $1', [
      id,
      await hashPassword(PASSWORD),
    ]);
    return id;
  };
  const tries = async (
    browser: Browser,
    handle: string,
    password: string,
    network: string,
  ): Promise<number> => {
    const email = `${handle}@example.org`;
    const body = encode({ _csrf: await browser.token('/login'), email, password });
    return (await browser.postRaw('/login', body, { 'x-forwarded-for': network })).status;
  };
  const out = async (browser: Browser): Promise<Browser> => {
    await browser.post('/logout');
    return browser;
  };
  /** A browser that logged in to the account before and logged out again. */
  const known = async (handle: string, network = HOME): Promise<Browser> => {
    const browser = site.browser();
    expect(await tries(browser, handle, PASSWORD, network)).toBe(303);
    return out(browser);
  };
  const guess = async (handle: string, network: string, times: number): Promise<number[]> => {
    const stranger = site.browser();
    const statuses: number[] = [];
    for (let n = 0; n < times; n += 1) {
      statuses.push(await tries(stranger, handle, `guess ${n}`, network));
    }
    return statuses;
  };

  it('logs in while a stranger guesses, from another network or the same one', async () => {
    await account('owner');
    const mine = await known('owner');
    for (const network of [AWAY, HOME]) {
      expect((await guess('owner', network, 7)).at(-1)).toBe(429);
      expect(await tries(mine, 'owner', PASSWORD, HOME)).toBe(303);
      await out(mine);
    }
  });

  it('logs in while many networks guess together, which share one limit', async () => {
    await account('sought');
    const mine = await known('sought');
    const statuses: number[] = [];
    for (let n = 0; n < 16; n += 1) statuses.push(...(await guess('sought', `203.0.113.${n}`, 4)));
    expect(statuses.slice(0, 59).every((status) => status === 422)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
    expect(await tries(mine, 'sought', PASSWORD, HOME)).toBe(303);
  });

  it('logs in while its network is limited for guessing at other accounts', async () => {
    await account('neighbour');
    const mine = await known('neighbour', '192.0.2.9');
    for (let n = 0; n < 7; n += 1) await guess(`nobody-${n}`, '192.0.2.9', 6);
    expect((await guess('nobody-x', '192.0.2.9', 1))[0]).toBe(429);
    expect(await tries(mine, 'neighbour', PASSWORD, '192.0.2.9')).toBe(303);
  });

  it('does not need to be known if the guesses come from another network', async () => {
    await account('traveller');
    expect((await guess('traveller', AWAY, 7)).at(-1)).toBe(429);
    expect(await tries(site.browser(), 'traveller', PASSWORD, HOME)).toBe(303);
  });

  it('has attempts of its own, which are limited too', async () => {
    await account('forgetful');
    const mine = await known('forgetful');
    const statuses: number[] = [];
    for (let n = 0; n < 7; n += 1) {
      statuses.push(await tries(mine, 'forgetful', `guess ${n}`, HOME));
    }
    expect(statuses).toEqual([422, 422, 422, 422, 422, 422, 429]);
    // The counter belongs to this device alone: a stranger's starts at zero.
    expect((await guess('forgetful', HOME, 1))[0]).toBe(422);
  });

  it('is unknown to every other account', async () => {
    await account('one');
    await account('two');
    const mine = await known('one');
    expect((await guess('two', HOME, 7)).at(-1)).toBe(429);
    expect(await tries(mine, 'two', PASSWORD, HOME)).toBe(429);
  });

  it('is remembered for each of two people who share it', async () => {
    await account('partner-a');
    await account('partner-b');
    const ours = await known('partner-a');
    expect(await tries(ours, 'partner-b', PASSWORD, HOME)).toBe(303);
    await out(ours);
    for (const handle of ['partner-a', 'partner-b']) {
      expect((await guess(handle, HOME, 7)).at(-1)).toBe(429);
      expect(await tries(ours, handle, PASSWORD, HOME)).toBe(303);
      await out(ours);
    }
  });

  it('stores no name, and the table holds only hashes of its token', async () => {
    const id = await account('private');
    const mine = await known('private');
    const cookie = mine.cookie('device') ?? '';
    expect(cookie).toMatch(/^[\w-]{43}\.[\w-]{43}$/);
    const query = 'select token_hash from known_devices where member_id = $1';
    const [row] = (await site.make.rows(query, [id])) as [{ token_hash: Buffer }];
    expect(row.token_hash.equals(hashToken(cookie))).toBe(true);
  });

  it('is in the member’s data export, without its id', async () => {
    await account('copied');
    const browser = site.browser();
    await tries(browser, 'copied', PASSWORD, HOME);
    const { html } = await browser.get('/settings/data/my-data.json');
    const { devices } = JSON.parse(html) as { devices: object[] };
    expect(devices.map((device) => Object.keys(device))).toEqual([['lastLogIn', 'knownUntil']]);
  });

  it('gets a long-lived HttpOnly cookie', async () => {
    await account('cookied');
    const browser = site.browser();
    const form = { email: 'cookied@example.org', password: PASSWORD };
    const { headers } = await browser.post('/login', form, '/login');
    const line = headers.getSetCookie().find((each) => each.startsWith('device=')) ?? '';
    expect(line).toContain('; HttpOnly; SameSite=Lax');
    expect(line).toContain(`Max-Age=${DEVICE_DAYS * 86_400}`);
  });

  it.each([
    ['changed', (cookie: string) => `${cookie.slice(0, -1)}${cookie.endsWith('A') ? 'B' : 'A'}`],
    ['cut', (cookie: string) => cookie.slice(0, 43)],
    ['made up', () => `${'x'.repeat(43)}.${'y'.repeat(43)}`],
    ['long', (cookie: string) => `${'~'.repeat(2_000)}${cookie}`],
  ])('is not recognised by a cookie that is %s', async (name, change) => {
    const handle = `forged-${name.replace(' ', '-')}`;
    await account(handle);
    const cookie = (await known(handle)).cookie('device') ?? '';
    const forger = site.browser();
    forger.setCookie('device', change(cookie));
    expect((await guess(handle, AWAY, 7)).at(-1)).toBe(429);
    expect(await tries(forger, handle, PASSWORD, AWAY)).toBe(429);
  });

  it('is forgotten after a change of password, after the quick exit, and on expiry', async () => {
    const id = await account('leaver');
    const [changed, left] = [await known('leaver'), await known('leaver')];
    await left.get('/leave');
    expect(left.cookie('device')).toBeUndefined();
    const settings = site.browser();
    await tries(settings, 'leaver', PASSWORD, HOME);
    const form = { currentPassword: PASSWORD, newPassword: PASSWORD };
    await settings.post('/settings/security/password', form, '/settings/security');
    expect((await guess('leaver', HOME, 7)).at(-1)).toBe(429);
    for (const browser of [changed, left]) {
      expect(await tries(browser, 'leaver', PASSWORD, HOME)).toBe(429);
    }
    // The browser in which the password was changed remains known.
    await out(settings);
    expect(await tries(settings, 'leaver', PASSWORD, HOME)).toBe(303);
    site.clock.move((DEVICE_DAYS + 1) * DAY);
    await site.app.get(ClearAccountsJob).run();
    const query = 'select 1 from known_devices where member_id = $1';
    expect(await site.make.rows(query, [id])).toEqual([]);
  });
});
