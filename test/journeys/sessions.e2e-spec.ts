import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClearAccountsJob } from '../../src/accounts/clear-accounts.job.js';
import { SESSION_DAYS } from '../../src/accounts/sessions.service.js';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.js';
import { account, logIn, PASSWORD } from '../support/accounts.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

describe('passwords and sessions', () => {
  let site: TestApp;

  beforeAll(async () => {
    site = await testApp({ env: { STAFF_IDLE_MINUTES: '30' } });
    site.clock.freeze();
  });
  beforeEach(() => site.make.rows('delete from rate_limits'));
  afterAll(() => site.close());

  const isIn = async (browser: Browser): Promise<boolean> =>
    (await browser.get('/notifications')).status === 200;
  const signedIn = async (handle: string): Promise<Browser> => {
    await account(site, handle);
    const browser = site.browser();
    expect((await logIn(browser, handle)).status).toBe(303);
    return browser;
  };

  describe('a guessable password', () => {
    const refused = [
      ['aaaaaaaaaa', 'Many people use'],
      ['1234567890', 'Many people use'],
      ['Password123', 'Many people use'],
      ['lampelampe', 'repeats itself'],
      ['late-swiftlate-swift', 'repeats itself'],
      ['late-swift-26', 'based on your name'],
      ['late-swift@example.org', 'based on your name'],
      ['sameboat2026', 'based on your name'],
    ] as const;

    it.each(refused)('is refused at sign-up: %s', async (password, why) => {
      const form = { handle: 'late-swift', email: 'late-swift@example.org', password };
      const fields = { ...form, ageConfirmed: 'on', guidelinesAccepted: 'on' };
      const answer = await site.browser().post('/signup', fields, '/signup');
      expect(answer.status).toBe(422);
      expect(textOf(answer.html)).toContain(why);
      expect(answer.html).toMatch(/name="password" type="password" value=""/);
    });

    it('is refused in the settings if it contains data of the account', async () => {
      const browser = await signedIn('late-swift');
      for (const [newPassword, why] of refused) {
        const fields = { currentPassword: PASSWORD, newPassword };
        const answer = await browser.post('/settings/security/password', fields);
        expect([newPassword, answer.status]).toEqual([newPassword, 422]);
        expect(textOf(answer.html)).toContain(why);
        await site.make.rows('delete from rate_limits');
      }
      const fields = { currentPassword: PASSWORD, newPassword: 'other plain words here' };
      expect((await browser.post('/settings/security/password', fields)).status).toBe(303);
    });

    it('is refused by a reset link, which stays valid', async () => {
      await account(site, 'forgetful');
      await site.browser().post('/forgot', { email: 'forgetful@example.org' }, '/forgot');
      const { text } = await site.post.next('forgetful@example.org');
      const path = new URL(/http\S+\/reset\/\S+/.exec(text)?.[0] ?? '').pathname;
      const browser = site.browser();
      const weak = await browser.post(path, { password: 'forgetful-2026' }, path);
      expect(weak.status).toBe(422);
      expect(textOf(weak.html)).toContain('based on your name');
      const strong = await browser.post(path, { password: 'some other plain words' }, path);
      expect(strong.status).toBe(303);
    });
  });

  it('a password reset runs the same queries for any address', async () => {
    await account(site, 'known-owner');
    const queriesFor = async (email: string): Promise<string[]> => {
      const before = await site.make.one<{ id: string }>(
        'select coalesce(max(id), 0) as id from outbox',
      );
      expect((await site.browser().post('/forgot', { email }, '/forgot')).location).toBe(
        '/forgot/sent',
      );
      const rows = await site.make.all<{ event: string }>(
        'select event from outbox where id > $1 order by id',
        [before.id],
      );
      return rows.map(({ event }) => event);
    };
    expect(await queriesFor('known-owner@example.org')).toEqual(['password-reset.asked']);
    expect(await queriesFor('nobody-at-all@example.org')).toEqual(['password-reset.asked']);
    await site.post.next('known-owner@example.org');
    expect(site.post.to('nobody-at-all@example.org')).toEqual([]);
  });

  describe('a session', () => {
    it('expires after its maximum age, however much it is used', async () => {
      const browser = await signedIn('daily');
      for (let day = 1; day < SESSION_DAYS; day += 1) {
        site.clock.move(DAY);
        expect([day, await isIn(browser)]).toEqual([day, true]);
      }
      site.clock.move(DAY);
      expect(await isIn(browser)).toBe(false);
    });

    it('of a moderator expires after 30 idle minutes', async () => {
      await site.make.member('idle-mod', { role: 'moderator' });
      await site.make.community({ slug: 'quay' });
      await site.make.join('idle-place-mod', 'quay', 'moderator');
      for (const handle of ['idle-mod', 'idle-place-mod']) {
        const browser = await signedIn(handle);
        for (let turn = 0; turn < 4; turn += 1) {
          site.clock.move(20 * MINUTE);
          expect([handle, turn, await isIn(browser)]).toEqual([handle, turn, true]);
        }
        site.clock.move(31 * MINUTE);
        expect([handle, await isIn(browser)]).toEqual([handle, false]);
      }
    });

    it('of a member survives an idle day', async () => {
      const browser = await signedIn('quiet-one');
      site.clock.move(20 * HOUR);
      expect(await isIn(browser)).toBe(true);
    });

    it('is deleted once it has ended', async () => {
      await signedIn('gone-home');
      site.clock.move((SESSION_DAYS + 1) * DAY);
      await site.app.get(ClearAccountsJob).run();
      const left = await site.make.rows(
        `select 1 from sessions
         where member_id = (select id from members where handle = 'gone-home')`,
      );
      expect(left).toEqual([]);
    });
  });

  it('the owner is told once of a log-in on each new device but the first', async () => {
    const first = await signedIn('two-devices');
    const second = site.browser();
    await logIn(second, 'two-devices');
    const { text, subject } = await site.post.next('two-devices@example.org');
    expect(subject).toBe('A change to your account');
    expect(text).toContain('from a device we had not seen before');
    for (const browser of [second, first]) {
      await browser.post('/logout');
      await logIn(browser, 'two-devices');
    }
    const fields = { currentPassword: PASSWORD, newPassword: 'other plain words here' };
    await first.post('/settings/security/password', fields);
    await site.post.next('two-devices@example.org', 2);
    expect(site.post.to('two-devices@example.org').map((letter) => letter.subject)).toEqual([
      'A change to your account',
      'Your password was changed',
    ]);
  });

  describe('sensitive actions ask for the password after ten minutes', () => {
    const ROUTES = [
      'GET /settings/data/my-data.json',
      'GET /settings/data/my-data.html',
      'GET /toolkit/take-out.json',
      'GET /toolkit/take-out.html',
      'POST /admin/members/role',
      'POST /admin/members/second-step',
      'POST /admin/communities/pier/roles',
      'POST /admin/communities/pier/hand-over',
      'POST /mod/cases/1/unmask',
      'POST /mod/cases/1/unmask/answer',
      'POST /mod/second-step/1/settle',
    ];
    let admin: Browser;

    beforeAll(async () => {
      await site.make.community({ slug: 'pier' });
      await site.make.member('late-admin', { role: 'admin' });
    });
    beforeEach(async () => {
      admin = await site.as('late-admin');
      await site.make.rows('update sessions set reauthenticated_at = $1, last_seen_at = $2', [
        new Date(site.clock.ms() - 11 * MINUTE),
        site.clock.now(),
      ]);
      await site.make.rows('update sessions set expires_at = $1', [
        new Date(site.clock.ms() + DAY),
      ]);
    });

    it.each(ROUTES)('%s', async (route) => {
      const [method = '', path = ''] = route.split(' ');
      const answer = method === 'GET' ? await admin.get(path) : await admin.post(path);
      expect(answer.status).toBe(401);
      expect(textOf(answer.html)).toContain('Enter your password');
      expect(answer.headers.get('content-disposition')).toBeNull();
    });
  });
});
