import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountClosure } from '../../src/account-data/account-closure.service.js';
import { OneTimeTokens } from '../../src/accounts/one-time-tokens.js';
import { openDiscourse } from '../../src/import/discourse.js';
import type { ImportReport } from '../../src/import/report.js';
import { runImport } from '../../src/import/run-import.js';
import { Messages } from '../../src/i18n/messages.js';
import { DAY } from '../../src/kernel/clock.js';
import { testApp, type TestApp } from '../support/app.js';
import type { Browser } from '../support/browser.js';

const PASSWORD = 'four plain words here';

const CONSENT = { ageConfirmed: 'on', guidelinesAccepted: 'on' };

describe('an account imported from another forum', () => {
  let site: TestApp;
  let thread: string;

  const bringIn = (): Promise<ImportReport> =>
    runImport(
      site.config.directUrl,
      {
        ...{ source: 'discourse', open: openDiscourse, communities: ['everyday'], origin: 'old' },
        ...{ file: 'test/fixtures/import/discourse.sql', language: null, dryRun: false },
        ...{ losses: null, secrets: site.config.secrets },
      },
      new Messages(),
      () => undefined,
    );

  beforeAll(async () => {
    site = await testApp();
    await bringIn();
    thread = (
      await site.make.all<{ id: string }>(
        `select id from threads where title = 'A kettle that sings'`,
      )
    )[0]?.id as string;
  });
  afterAll(() => site.close());

  const claim = async (email: string): Promise<Browser> => {
    const browser = site.browser();
    await browser.post('/forgot', { email }, '/forgot');
    const { text } = await site.post.next(email);
    const [link = ''] = /\/reset\/[\w-]+/.exec(text) ?? [];
    const claimed = await browser.post(link, { password: PASSWORD, ...CONSENT }, link);
    expect(claimed.location).toBe('/login');
    expect((await browser.post('/login', { email, password: PASSWORD }, '/login')).status).toBe(
      303,
    );
    return browser;
  };

  it('is neither disclosed nor shown to anybody', async () => {
    for (const email of ['mo@posts.example', 'lantern@posts.example'])
      expect(site.post.to(email)).toEqual([]);
    const other = await site.member('stranger');
    for (const browser of [site.browser(), other]) {
      expect((await browser.get(`/t/${thread}`)).status).toBe(404);
      expect((await browser.get('/c/everyday')).html).not.toContain('A kettle that sings');
    }
    expect((await other.get('/search?q=kettle')).html).not.toContain('A kettle that sings');
  });

  it('is claimed with its posts through the mail for forgotten passwords', async () => {
    const browser = await claim('mo@posts.example');
    const page = (await browser.get(`/t/${thread}`)).html;
    expect(page).toContain('My <strong>kettle</strong> sings.');
    expect(page).not.toContain('@posts.example');
    expect((await browser.get('/search?q=kettle')).html).toContain('A kettle that sings');
    expect((await browser.get('/mine')).html).toContain('A kettle that sings');
  });

  it('asks for the age and the guidelines as at sign-up, once', async () => {
    const email = 'mo@posts.example';
    const times = 'age_confirmed_at as age, guidelines_accepted_at as guidelines';
    const member = (): Promise<object> =>
      site.make.one(`select ${times} from members where email = '${email}'`);
    await site.make.rows(
      `update members set age_confirmed_at = null, guidelines_accepted_at = null, password_hash = null
       where email = $1`,
      [email],
    );
    const mint = async (): Promise<string> => {
      const { id } = await site.make.one<{ id: string }>(
        `select id from members where email = '${email}'`,
      );
      return `/reset/${await site.app.get(OneTimeTokens).mint('reset-password', id, email)}`;
    };
    const link = await mint();
    const browser = site.browser();
    expect((await browser.get(link)).html).toMatch(/name="ageConfirmed"[^]*"guidelinesAccepted"/);

    const refused = await browser.post(link, { password: PASSWORD, ageConfirmed: 'on' }, link);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('id="guidelinesAccepted-error"');
    expect(refused.html).not.toContain('id="ageConfirmed-error"');
    const weak = await browser.post(link, { password: 'short' }, link);
    expect(weak.status).toBe(422);
    expect(weak.html).toContain('name="guidelinesAccepted"');
    expect(await member()).toEqual({ age: null, guidelines: null });

    const done = await browser.post(link, { password: PASSWORD, ...CONSENT }, link);
    expect(done.location).toBe('/login');
    const first = await member();
    expect(first).toEqual({ age: expect.any(Date), guidelines: expect.any(Date) });

    const again = await mint();
    expect((await browser.get(again)).html).not.toContain('name="ageConfirmed"');
    expect((await browser.post(again, { password: PASSWORD }, again)).location).toBe('/login');
    expect(await member()).toEqual(first);
  });

  it('cannot be claimed by a banned member', async () => {
    for (const email of ['wild@posts.example', 'lantern@posts.example'])
      await site.browser().post('/forgot', { email }, '/forgot');
    await site.post.next('lantern@posts.example');
    expect(site.post.to('wild@posts.example')).toEqual([]);
  });

  it('forgets its id in the other forum once it is closed, and is not imported again', async () => {
    const known = (): Promise<{ id: string; member: string | null }[]> =>
      site.make.all(
        'select foreign_id as id, member_id::text as member from imported_members order by 1',
      );
    const before = await known();
    const { id: member, handle } = await site.make.one<{ id: string; handle: string }>(
      `select id::text, handle from members where email = 'mo@posts.example'`,
    );
    const foreignId = before.find((each) => each.member === member)?.id;
    expect(foreignId).toBeDefined();
    const accounts = `select count(*)::int as count from members`;
    const count = await site.make.one(accounts);

    const closure = site.app.get(AccountClosure);
    await closure.ask(await site.make.viewer(handle), 'leave');
    site.clock.move(60 * DAY);
    await closure.closeDue();
    const after = await known();
    expect(after).toHaveLength(before.length);
    expect(after.map(({ id }) => id)).not.toContain(foreignId);
    expect(after.map((each) => each.member)).not.toContain(member);

    expect((await bringIn()).made).toEqual({ members: 0, threads: 0, posts: 0 });
    expect(await site.make.one(accounts)).toEqual(count);
    expect(await known()).toEqual(after);
  });
});
