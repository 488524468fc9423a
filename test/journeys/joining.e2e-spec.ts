import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setUpApp } from '../support/accounts.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Answer, type Browser, type Fields } from '../support/browser.js';

const PASSWORD = 'four plain words here';
const CODE = /\b[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}\b/g;

describe('joining', () => {
  let site: TestApp;

  beforeAll(async () => {
    site = await testApp();
  });
  beforeEach(() => site.make.rows('delete from rate_limits'));
  afterAll(() => site.close());

  const join = (handle: string, fields: Fields = {}): Promise<Answer> =>
    site
      .browser()
      .post(
        '/signup',
        { handle, password: PASSWORD, ageConfirmed: 'on', guidelinesAccepted: 'on', ...fields },
        '/signup',
      );
  const logIn = async (name: string, password = PASSWORD): Promise<[Browser, Answer]> => {
    const browser = site.browser();
    return [browser, await browser.post('/login', { email: name, password }, '/login')];
  };

  describe('without an address', () => {
    const joined = async (handle: string): Promise<string[]> => {
      const answer = await join(handle, { withoutEmail: 'on' });
      expect(answer.status).toBe(200);
      return textOf(answer.html).match(CODE) ?? [];
    };

    it('works, explains the consequences, and gives ten recovery codes', async () => {
      const { html } = await site.browser().get('/signup');
      // What a password manager saves has to be what the log-in asks for.
      expect(html).toMatch(/<input [^>]*name="email"[^>]*autocomplete="username"/);
      expect(html).not.toMatch(/<input [^>]*name="handle"[^>]*autocomplete="username"/);
      const form = textOf(html);
      expect(form).toContain('we cannot send you a link for a new password');
      expect(new Set(await joined('letterless')).size).toBe(10);
      const member = await site.make.one<{ email: string | null }>(
        `select email from members where handle = 'letterless'`,
      );
      expect(member.email).toBeNull();
      const [browser, answer] = await logIn('letterless');
      expect(answer.status).toBe(303);
      await site.make.community({ slug: 'jetty' });
      expect((await browser.post('/c/jetty/join')).status).toBe(303);
      const thread = {
        title: 'Hello',
        body: 'A first post.',
        kind: 'support',
        replyWish: 'listen',
      };
      expect((await browser.post('/c/jetty/threads', thread)).status).toBe(303);
      for (const page of ['security', 'notifications', 'data', 'profile'])
        expect((await browser.get(`/settings/${page}`)).status).toBe(200);
    });

    it('discards an address that was typed anyway', async () => {
      const answer = await join('changed-mind', {
        withoutEmail: 'on',
        email: 'changed-mind@mail.net',
      });
      expect(answer.status).toBe(200);
      expect(
        await site.make.rows(`select 1 from members where email like 'changed-mind%'`),
      ).toEqual([]);
    });

    it('asks for one unless the box is ticked', async () => {
      expect((await join('neither-one')).status).toBe(422);
    });

    it('sets a new password with a code, once, and ends open sessions', async () => {
      const [code = '', other = ''] = await joined('forgot-it');
      const [open] = await logIn('forgot-it');
      const reset = (fields: Fields): Promise<Answer> =>
        site.browser().post('/forgot/code', { handle: 'forgot-it', ...fields }, '/forgot/code');
      const password = 'some other plain words';
      expect((await reset({ code: 'AAAA-BBBB-CCCC', password })).status).toBe(422);
      expect((await reset({ code, password: 'forgot-it-26' })).status).toBe(422);
      expect((await reset({ code, password })).location).toBe('/login');
      expect((await open.get('/notifications')).status).toBe(401);
      expect((await logIn('forgot-it', password))[1].status).toBe(303);
      expect((await logIn('forgot-it'))[1].status).toBe(422);
      expect((await reset({ code, password })).status).toBe(422);
      expect((await reset({ code: other, password: PASSWORD })).status).toBe(303);
    });

    it('still needs the second step after a new password', async () => {
      const [code = ''] = await joined('both-ways');
      const [browser] = await logIn('both-ways');
      await setUpApp(site, browser);
      const password = 'some other plain words';
      await site
        .browser()
        .post('/forgot/code', { handle: 'both-ways', code, password }, '/forgot/code');
      expect((await logIn('both-ways', password))[1].html).toContain('name="ticket"');
    });

    it('replaces the codes in the settings', async () => {
      const [before = ''] = await joined('new-set');
      const [browser] = await logIn('new-set');
      const answer = await browser.post('/settings/security/second-step/codes');
      const [fresh = ''] = textOf(answer.html).match(CODE) ?? [];
      const reset = (code: string): Promise<Answer> =>
        site
          .browser()
          .post('/forgot/code', { handle: 'new-set', code, password: PASSWORD }, '/forgot/code');
      expect((await reset(before)).status).toBe(422);
      expect((await reset(fresh)).status).toBe(303);
    });

    it('offers no code reset for an account that has an address', async () => {
      await site.make.member('has-mail');
      await site.make.rows(
        `update members
         set password_hash = (select password_hash from members where handle = 'letterless')
         where handle = 'has-mail'`,
      );
      expect((await logIn('has-mail@example.org'))[1].status).toBe(303);
      expect((await logIn('has-mail'))[1].status).toBe(422);
    });

    it('is rate-limited, and refused if the operator requires addresses', async () => {
      const statuses: number[] = [];
      for (let n = 0; n < 6; n += 1)
        statuses.push((await join(`many-${n}-here`, { withoutEmail: 'on' })).status);
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
      await site.make.rows('delete from rate_limits');
      site.config.ACCOUNTS_WITHOUT_MAIL = 'off';
      expect((await join('not-here', { withoutEmail: 'on' })).status).toBe(422);
      expect((await site.browser().get('/signup')).html).not.toContain('name="withoutEmail"');
      site.config.ACCOUNTS_WITHOUT_MAIL = 'on';
    });
  });

  describe('with a name that looks like a real one', () => {
    const email = 'someone-else@mail.net';

    it('gives a warning first, and accepts the name if it is confirmed', async () => {
      const first = await join('jane-smith', { email });
      expect(first.status).toBe(422);
      expect(textOf(first.html)).toContain('This could be your real name');
      expect(first.html).toContain('value="jane-smith"');
      const kept = await join('jane-smith', { email, keepHandle: 'on' });
      expect(kept.location).toBe('/signup/sent');
    });

    it('gives no warning about other names', async () => {
      expect((await join('grey-lantern', { email: 'x@mail.net' })).location).toBe('/signup/sent');
    });
  });

  it('fills in a suggested name that is pressed, and keeps the rest of the form', async () => {
    const { html } = await site.browser().get('/signup');
    const ideas = [...html.matchAll(/name="idea" value="([a-z-]+\d+)"/g)].map(([, name]) => name);
    expect(ideas).toHaveLength(4);
    const idea = ideas[2] ?? '';
    const pressed = await join('', { idea, email: 'idea@mail.net', password: '' });
    expect(pressed.status).toBe(200);
    expect(pressed.html).toMatch(new RegExp(`<input [^>]*name="handle"[^>]*value="${idea}"`));
    expect(pressed.html).toContain('value="idea@mail.net"');
    expect(pressed.html).not.toContain('error-summary');
    expect((await join(idea, { email: 'idea@mail.net' })).location).toBe('/signup/sent');
  });

  describe('a profile', () => {
    let owner: Browser;
    let near: Browser;
    let far: Browser;

    beforeAll(async () => {
      owner = await site.member('owner');
      near = await site.member('near');
      far = await site.member('far');
      await site.make.community({ slug: 'harbour' });
      await site.make.community({ slug: 'other-side' });
      await site.make.join('owner', 'harbour');
      await site.make.join('near', 'harbour');
      await site.make.join('far', 'other-side');
    });

    it.each([
      ['members', 'members', [true, true, true], [true, true, true]],
      ['communities', 'members', [true, true, false], [true, true, true]],
      ['nobody', 'communities', [true, false, false], [true, true, false]],
      ['members', 'nobody', [true, true, true], [true, false, false]],
    ])('shows its text to %s and its age to %s', async (about, since, words, age) => {
      const fields = { about: 'I like rain.', aboutAudience: about, sinceAudience: since };
      expect((await owner.post('/settings/profile', fields)).status).toBe(303);
      const pages = await Promise.all(
        [owner, near, far].map(async (browser) => textOf((await browser.get('/@owner')).html)),
      );
      expect(pages.map((page) => page.includes('I like rain.'))).toEqual(words);
      expect(pages.map((page) => page.includes('Member since'))).toEqual(age);
    });

    it('is unchanged by a form without its fields', async () => {
      await owner.post('/settings/profile', { about: 'A secret.', aboutAudience: 'nobody' });
      await owner.post('/settings/profile', { about: 'Another secret.' });
      expect(textOf((await near.get('/@owner')).html)).not.toContain('secret');
    });
  });
});
