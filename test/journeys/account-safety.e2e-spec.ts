import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MailAddressChangeJob } from '../../src/accounts/account-mails.job.js';
import { ClearAccountsJob } from '../../src/accounts/clear-accounts.job.js';
import { DAYS_TO_CONFIRM } from '../../src/accounts/handle-claims.js';
import { OneTimeTokens, type Purpose } from '../../src/accounts/one-time-tokens.js';
import { hashPassword } from '../../src/accounts/password.js';
import { DAY } from '../../src/kernel/clock.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Answer, type Browser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

const PASSWORD = 'four plain words here';
const agreed = { password: PASSWORD, ageConfirmed: 'on', guidelinesAccepted: 'on' };
const PATHS: Record<Exclude<Purpose, 'second-step'>, string> = {
  'verify-email': '/verify/',
  'reset-password': '/reset/',
  'change-email': '/settings/security/address/',
};
const PURPOSES = Object.keys(PATHS) as (keyof typeof PATHS)[];

describe('account takeover', () => {
  let site: TestApp;
  let reader: Browser;

  beforeAll(async () => {
    site = await testApp();
    reader = await site.as('reader');
  });
  afterAll(() => site.close());

  const account = async (handle: string): Promise<string> => {
    const id = await site.make.member(handle, { email: `${handle}@example.org` });
    await site.make.rows('update members set password_hash = $2 where id = $1', [
      id,
      await hashPassword(PASSWORD),
    ]);
    return id;
  };
  const signUp = (handle: string, email: string): Promise<Answer> =>
    site.browser().post('/signup', { handle, email, ...agreed }, '/signup');
  const logIn = (browser: Browser, email: string, password = PASSWORD): Promise<Answer> =>
    browser.post('/login', { email, password }, '/login');
  const hasSession = async (browser: Browser): Promise<boolean> =>
    (await browser.get('/notifications')).status === 200;

  it('allows ten wrong guesses of one’s own password an hour across all forms', async () => {
    await account('left-open');
    const browser = await site.as('left-open');
    const form = { currentPassword: 'a wrong guess', next: '/' };
    for (let guess = 0; guess < 4; guess += 1) {
      const email = 'elsewhere@example.org';
      expect((await browser.post('/settings/confirm', form)).status).toBe(422);
      expect((await browser.post('/settings/security/address', { ...form, email })).status).toBe(
        422,
      );
    }
    const close = { words: 'leave', password: 'a wrong guess' };
    for (let guess = 0; guess < 2; guess += 1)
      expect((await browser.post('/settings/data/close', close)).status).toBe(422);
    expect((await browser.post('/settings/data/close', close)).status).toBe(429);
    expect((await browser.post('/settings/confirm', form)).status).toBe(429);
  });

  it('offers every way to log in wherever a guest needs an account', async () => {
    const { status, html } = await site.browser().get('/notifications?page=2');
    expect(status).toBe(401);
    expect(html).toContain('href="/signup?next&#x3D;%2Fnotifications%3Fpage%3D2"');
    expect(html).toContain('action="/login/passkey"');
    expect(html).toContain('name="shared"');
  });

  describe('sign-up', () => {
    const wishes = { known: 'wish-known', fresh: 'wish-fresh' };
    const both = async <T>(ask: (handle: string, email: string) => Promise<T>): Promise<T[]> => [
      await ask(wishes.known, 'owner@example.org'),
      await ask(wishes.fresh, 'fresh@example.org'),
    ];
    /** The answer without the parts that differ for every visitor. */
    const comparable = ({ status, location, html }: Answer): object => {
      const text = textOf(html)
        .replaceAll(/such as \S+\./g, '')
        .replace(/trace back to you:.*?(?=Email address)/, '')
        .replaceAll(/wish-\w+|(owner|fresh)@\S+/g, '');
      return { status, location, text };
    };

    beforeAll(() => account('owner'));

    it('answers the same and sends one mail whether or not the address is known', async () => {
      const [known, fresh] = await both(signUp);
      expect(known?.status).toBe(303);
      expect(comparable(known as Answer)).toEqual(comparable(fresh as Answer));
      expect((await site.post.next('owner@example.org')).text).toContain('already has an account');
      expect((await site.post.next('fresh@example.org')).text).toContain('/verify/');
    });

    it('reserves the chosen handle either way', async () => {
      const [known, fresh] = await both((handle) =>
        signUp(handle.toUpperCase(), 'third@example.org'),
      );
      expect(known?.status).toBe(422);
      expect(textOf(known?.html ?? '')).toContain('Someone already has that name');
      expect(comparable(known as Answer)).toEqual(comparable(fresh as Answer));
      const again = await both(signUp);
      expect(again.map(({ status }) => status)).toEqual([422, 422]);
    });

    it.each(['Moderators', 'harbour-m0d', 'dr-smith', 'samaritans', 'Sarneboat'])(
      'refuses the handle %s, which could pass for the team',
      async (handle) => {
        const answer = await signUp(handle, 'fourth@example.org');
        expect(answer.status).toBe(422);
        expect(textOf(answer.html)).toContain('That name could be mistaken for our team');
      },
    );

    it('refuses a handle that can be mistaken for a member’s', async () => {
      await account('kettle-on');
      const answer = await signUp('kettIe--on', 'fourth@example.org');
      expect(answer.status).toBe(422);
      expect(textOf(answer.html)).toContain('Someone already has that name or one very like it');
    });

    it('shows no profile for a reserved handle and lets nobody block it', async () => {
      const pages = await both((handle) => reader.get(`/@${handle}`));
      expect(pages.map(({ status }) => status)).toEqual([404, 404]);
      const blocks = await both((handle) => reader.post(`/members/${handle}/block`));
      expect(blocks.map(({ status }) => status)).toEqual([404, 404]);
    });

    it('opens no session before the address is confirmed, and answers both cases alike', async () => {
      const [known, fresh] = await both((_, email) =>
        logIn(site.browser(), email, email.startsWith('owner') ? 'words of a guess' : PASSWORD),
      );
      expect(known?.status).toBe(422);
      expect(comparable(known as Answer)).toEqual(comparable(fresh as Answer));
      const again = await site.post.next('fresh@example.org', 2);
      expect(again.text).toContain('/verify/');
    });

    it('reserves the handle equally long either way, then releases it', async () => {
      site.clock.move((DAYS_TO_CONFIRM - 1) * DAY);
      await site.app.get(ClearAccountsJob).run();
      const held = await both((handle) => signUp(handle, 'third@example.org'));
      expect(held.map(({ status }) => status)).toEqual([422, 422]);
      site.clock.move(2 * DAY);
      // Expiry depends on the clock, not on the job, which would release the two hours apart.
      const taken = await both((handle, email) => signUp(handle, `new-${email}`));
      expect(taken.map(({ location }) => location)).toEqual(['/signup/sent', '/signup/sent']);
    });

    it('is deleted if nobody confirms it', async () => {
      await signUp('given-up', 'given-up@example.org');
      await signUp('given-up-too', 'owner@example.org');
      site.clock.move((DAYS_TO_CONFIRM + 1) * DAY);
      await site.app.get(ClearAccountsJob).run();
      const left = await site.make.rows(
        `select handle::text from members where handle like 'given-up%'
         union all
         select handle::text from handle_reservations where handle like 'given-up%'`,
      );
      expect(left).toEqual([]);
      expect((await logIn(site.browser(), 'owner@example.org')).status).toBe(303);
    });

    it('releases nothing of a confirmed account', async () => {
      await signUp('stays-here', 'stays@example.org');
      const letter = await site.post.next('stays@example.org');
      const path = new URL(/http\S+\/verify\/\S+/.exec(letter.text)?.[0] ?? '').pathname;
      const browser = site.browser();
      expect((await browser.post(path, {}, path)).status).toBe(303);
      site.clock.move((DAYS_TO_CONFIRM + 1) * DAY);
      await site.app.get(ClearAccountsJob).run();
      expect((await logIn(browser, 'stays@example.org')).status).toBe(303);
      expect((await (await site.as('reader')).get('/@stays-here')).status).toBe(200);
    });
  });

  describe('a change of password or address', () => {
    const NEW = 'five other plain words';
    /** A way to change the password or the address. */
    type Way = (browser: Browser, id: string, handle: string) => Promise<Answer>;
    const mint = (purpose: Purpose, id: string, email: string): Promise<string> =>
      site.app.get(OneTimeTokens).mint(purpose, id, email);
    const setPassword = (browser: Browser): Promise<Answer> => {
      const form = { currentPassword: PASSWORD, newPassword: NEW };
      return browser.post('/settings/security/password', form, '/settings/security');
    };
    const ways: Record<string, Way> = {
      'in the settings': setPassword,
      'by a link to reset it': async (_, id, handle) => {
        const path = `/reset/${await mint('reset-password', id, `${handle}@example.org`)}`;
        return site.browser().post(path, { password: NEW }, path);
      },
      'to another address': async (browser, id, handle) => {
        const token = await mint('change-email', id, `new-${handle}@example.org`);
        const path = `/settings/security/address/${token}`;
        return browser.post(path, {}, path);
      },
    };
    const names = Object.keys(ways);

    it.each(names)('%s spends open links, ends sessions and tells the owner', async (name) => {
      const handle = `changes-${names.indexOf(name)}`;
      const id = await account(handle);
      const address = `${handle}@example.org`;
      const [here, elsewhere] = [site.browser(), site.browser()];
      for (const browser of [here, elsewhere]) {
        expect((await logIn(browser, address)).status).toBe(303);
      }
      // The second browser was a new device of the account.
      expect((await site.post.next(address)).subject).toBe('A change to your account');
      const before = here.cookie('session') ?? '';
      const links = await Promise.all(
        PURPOSES.map(async (purpose) => {
          const email = purpose === 'change-email' ? `else-${address}` : address;
          return `${PATHS[purpose]}${await mint(purpose, id, email)}`;
        }),
      );
      for (const link of links) expect([link, (await here.get(link)).status]).toEqual([link, 200]);

      expect((await ways[name]?.(here, id, handle))?.status).toBe(303);

      for (const link of links) {
        expect([link, (await here.get(link)).status]).toEqual([link, 404]);
        const posted = await here.post(link, { password: 'a thief sets this one' });
        expect([link, posted.status]).toEqual([link, 404]);
      }
      expect(await hasSession(elsewhere)).toBe(false);
      const old = site.browser();
      old.setCookie('session', before);
      expect(await hasSession(old)).toBe(false);
      expect(await hasSession(here)).toBe(name !== 'by a link to reset it');
      const letter = await site.post.next(address, 2);
      expect(letter.subject).toMatch(/^Your (password|address) was changed$/);
      expect(letter.text).toContain('If it was not you');
      if (name === 'to another address') {
        expect((await site.post.next(`new-${address}`)).subject).toBe('Your address was changed');
      }
      await eventually(async () => {
        const query = 'select 1 from credential_changes where member_id = $1';
        return (await site.make.rows(query, [id])).length === 0 || undefined;
      }, 'the address of before to be given up');
    });

    it('also cancels a requested change of address whose mail has not been sent yet', async () => {
      const id = await account('asked-before');
      const browser = site.browser();
      await logIn(browser, 'asked-before@example.org');
      const form = { email: 'thief@example.org', currentPassword: PASSWORD };
      await browser.post('/settings/security/address', form, '/settings/security');
      await site.post.next('thief@example.org');
      await setPassword(browser);
      const sent = site.post.to('thief@example.org').length;
      await site.app.get(MailAddressChangeJob).run({ memberId: id, asked: 7 });
      expect(site.post.to('thief@example.org').length).toBe(sent);
    });

    it('invalidates links that were sent to the previous address', async () => {
      const id = await account('moved-on');
      await site.make.rows(`update members set email = 'now@example.org' where id = $1`, [id]);
      const path = `/reset/${await mint('reset-password', id, 'moved-on@example.org')}`;
      expect((await site.browser().post(path, { password: NEW }, '/login')).status).toBe(404);
      expect((await logIn(site.browser(), 'now@example.org')).status).toBe(303);
    });
  });
});
