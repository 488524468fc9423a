import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

const AGREED = {
  password: 'four plain words here',
  ageConfirmed: 'on',
  guidelinesAccepted: 'on',
};

/** Decodes attribute values as a browser does. */
const plain = (html: string): string => html.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');

describe('joining for a reason', () => {
  let site: TestApp;
  let thread: string;

  beforeAll(async () => {
    site = await testApp();
    await site.make.community({ slug: 'harbour' });
    await site.make.community({ slug: 'asked', visibility: 'approval' });
    thread = await site.make.thread({ community: 'harbour', author: 'opener', title: 'Hello' });
  });
  afterAll(() => site.close());

  /** Signs up from a page that names a reason. @returns the path of the link in the mail */
  const signUp = async (browser: Browser, handle: string, page: string): Promise<string> => {
    const { html } = await browser.get(page);
    const field = (name: string): string =>
      plain(new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '');
    const email = `${handle}@example.org`;
    const fields = { handle, email, next: field('next'), community: field('community') };
    const answer = await browser.post('/signup', { ...AGREED, ...fields }, page);
    expect(answer.location).toBe('/signup/sent');
    const letter = await site.post.next(email);
    expect(letter.text).not.toMatch(/harbour|\/t\//);
    return /\/verify\/[\w-]+/.exec(letter.text)?.[0] ?? '';
  };
  const seats = (handle: string): Promise<unknown[]> =>
    site.make.rows(
      `
        select c.slug, m.state
        from memberships m
        join communities c on c.id = m.community_id
        join members p on p.id = m.member_id
        where p.handle = $1
      `,
      [handle],
    );

  it('takes six pages from a community’s page to reading it as a member', async () => {
    const guest = site.browser();
    const community = await guest.get('/c/harbour');
    const join = plain(/href="(\/signup\?[^"]+)"/.exec(community.html)?.[1] ?? '');
    expect(join).toBe('/signup?next=/c/harbour&community=harbour');
    expect(textOf((await guest.get(join)).html)).toContain('You are joining The harbour.');
    const link = await signUp(guest, 'sails-set', join);
    const confirmed = await guest.post(link, {}, link);
    expect([confirmed.status, confirmed.location]).toEqual([303, '/c/harbour']);
    expect(await seats('sails-set')).toEqual([{ slug: 'harbour', state: 'active' }]);
    const arrived = await guest.follow(confirmed);
    expect(textOf(arrived.html)).toContain('Welcome. Your email address is confirmed');
    expect(arrived.html).toContain('href="/c/harbour/new"');
    // Signing up showed the guidelines of the site, and not those of the community.
    const composer = await guest.get('/c/harbour/new');
    expect(composer.html).toContain('name="guidelinesAcknowledged"');
  });

  it('leads back to the thread that the newcomer was reading', async () => {
    const guest = site.browser();
    const { html } = await guest.get(`/t/${thread}`);
    expect(plain(html)).toContain(`href="/signup?next=/t/${thread}&community=harbour"`);
    const link = await signUp(guest, 'read-first', `/signup?next=/t/${thread}`);
    const confirmed = await guest.post(link, {}, link);
    expect(confirmed.location).toBe(`/t/${thread}`);
    expect((await guest.get('/notifications')).status).toBe(200);
    expect(await seats('read-first')).toEqual([]);
  });

  it('opens no account in a browser that did not sign up for it', async () => {
    const link = await signUp(site.browser(), 'elsewhere', '/signup?next=/c/harbour');
    const other = site.browser();
    await signUp(other, 'not-that-one', '/signup?next=/c/harbour');
    const confirmed = await other.post(link, {}, link);
    expect(confirmed.location).toBe('/login');
    expect((await other.get('/notifications')).status).toBe(401);
  });

  it('asks to join where a moderator approves members, and redirects to no other site', async () => {
    const guest = site.browser();
    const page = '/signup?next=//example.org/&community=asked';
    expect(textOf((await guest.get(page)).html)).toContain('You want to join The asked.');
    const link = await signUp(guest, 'asks-first', page);
    const confirmed = await guest.post(link, {}, link);
    expect(confirmed.location).toBe('/');
    expect(await seats('asks-first')).toEqual([]);
  });

  it('answers a known address like a new one', async () => {
    await site.make.member('was-here', { email: 'was-here@example.org' });
    const cookies = await Promise.all(
      ['was-here@example.org', 'is-new@example.org'].map(async (email, n) => {
        const browser = site.browser();
        const fields = { handle: `wave-${n}`, email, next: '/c/harbour', community: 'harbour' };
        const answer = await browser.post('/signup', { ...AGREED, ...fields }, '/signup');
        return [answer.location, browser.cookie('arrival')?.replace(/^wave-\d/, 'wave')];
      }),
    );
    expect(cookies[0]).toEqual(cookies[1]);
  });

  it('returns to the page after a log-in, and says why one is needed', async () => {
    const { html } = await site.browser().get('/login?next=/toolkit/plan');
    expect(textOf(html)).toContain('You need an account for that page.');
    expect(plain(html)).toContain('href="/signup?next=%2Ftoolkit%2Fplan"');
  });
});
