import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MembersAdmin, OperatorFault } from '../../src/accounts/members-admin.service.js';
import { READING_POINTS } from '../../src/http/reading-limit.js';
import { HOUR, MINUTE } from '../../src/kernel/clock.js';
import { codeOf, setUpApp } from '../support/accounts.js';
import { testApp, type TestApp } from '../support/app.js';
import { encode, type Answer, type Browser } from '../support/browser.js';

const REAL = '203.0.113.9';

describe('privileged reading and rate limits', () => {
  let site: TestApp;
  let thread: string;
  let post: string;

  beforeAll(async () => {
    site = await testApp({ workers: false, env: { TRUST_PROXY: 'loopback' } });
    await site.make.community({ slug: 'cove' });
    await site.make.join('writer', 'cove');
    await site.make.join('cove-mod', 'cove', 'moderator');
    thread = await site.make.thread({ community: 'cove', author: 'writer' });
    post = await site.make.reply({ thread, author: 'writer', body: 'What it said first.' });
    const writer = await site.as('writer');
    await writer.post(`/posts/${post}/edit`, { body: 'What it says now.', version: '1' });
  });
  beforeEach(() => site.make.rows('delete from rate_limits'));
  afterAll(() => site.close());

  const logged = (
    deed: string,
  ): Promise<{ who: string | null; detail: object; reason: string }[]> =>
    site.make.all(
      `select m.handle::text as who, l.detail, l.reason
       from moderation_log l
       left join members m on m.id = l.actor_id
       where l.deed = $1
       order by l.id`,
      [deed],
    );

  it('a view of a member’s page is in the audit log, once an hour', async () => {
    const moderator = await site.as('cove-mod');
    for (let turn = 0; turn < 3; turn += 1)
      expect((await moderator.get('/mod/members/writer')).status).toBe(200);
    expect(await logged('member.read')).toMatchObject([{ who: 'cove-mod' }]);
    site.clock.move(HOUR + MINUTE);
    await moderator.get('/mod/members/writer');
    expect(await logged('member.read')).toHaveLength(2);
    expect((await (await site.as('writer')).get('/mod/members/writer')).status).toBe(404);
    expect(await logged('member.read')).toHaveLength(2);
  });

  it('a view of earlier versions is in the audit log, except by the author', async () => {
    for (const handle of ['writer', 'cove-mod', 'replier'])
      await (await site.as(handle)).get(`/posts/${post}/history`);
    await site.browser().get(`/posts/${post}/history`);
    expect(await logged('post.history-read')).toMatchObject([{ who: 'cove-mod' }]);
  });

  it('the page of the log describes the views in words', async () => {
    await site.make.member('log-reader', { role: 'admin' });
    const { html } = await (await site.as('log-reader')).get('/mod/log');
    expect(html).toContain('opened a member’s page');
    expect(html).toContain('read earlier versions of a post');
  });

  describe('from the command line', () => {
    it('is logged', async () => {
      const members = site.app.get(MembersAdmin);
      await members.createAdmin('first@boat.example', 'first-admin');
      await members.grant('WRITER', 'moderator');
      await members.grant('writer', 'member');
      expect(await logged('operator.admin-created')).toHaveLength(1);
      expect((await logged('operator.role-given')).map(({ detail }) => detail)).toEqual([
        { from: 'member', to: 'moderator' },
        { from: 'moderator', to: 'member' },
      ]);
      await expect(members.grant('nobody-here', 'admin')).rejects.toThrow(OperatorFault);
    });

    it('ends the sessions of one member, or of everybody, with a reason', async () => {
      const members = site.app.get(MembersAdmin);
      await site.make.member('other-writer');
      const [one, other] = [await site.as('writer'), await site.as('other-writer')];
      const isIn = async (browser: Browser): Promise<boolean> =>
        (await browser.get('/notifications')).status === 200;
      await expect(members.endSessions('writer', ' ')).rejects.toThrow(OperatorFault);
      await expect(members.endSessions('nobody-here', 'Stolen.')).rejects.toThrow(OperatorFault);
      expect(await members.endSessions('Writer', 'Stolen.')).toBeGreaterThan(0);
      expect([await isIn(one), await isIn(other)]).toEqual([false, true]);
      await members.endSessions(null, 'A leak.');
      expect(await isIn(other)).toBe(false);
      expect((await logged('operator.sessions-ended')).map(({ reason }) => reason)).toEqual([
        'Stolen.',
        'A leak.',
      ]);
    });

    it('needs a reason for an export, and a second person to link aliases', async () => {
      const members = site.app.get(MembersAdmin);
      await expect(members.noteExport('writer', ' ', null)).rejects.toThrow(OperatorFault);
      await members.noteExport('writer', 'They asked.', null);
      await site.make.member('other-admin', { role: 'admin' });
      const { secret } = await setUpApp(site, await site.as('other-admin'));
      site.clock.move(MINUTE);
      const ask = async (handle: string, code: string): Promise<void> =>
        members.noteExport('writer', 'They asked.', { handle, code });
      await expect(ask('other-admin', '000000')).rejects.toThrow(OperatorFault);
      await expect(ask('cove-mod', await codeOf(site, secret))).rejects.toThrow(OperatorFault);
      await expect(ask('writer', await codeOf(site, secret))).rejects.toThrow(OperatorFault);
      await ask('other-admin', await codeOf(site, secret));
      expect(await logged('operator.data-exported')).toEqual([
        { who: null, detail: { aliases: false }, reason: 'They asked.' },
        { who: 'other-admin', detail: { aliases: true }, reason: 'They asked.' },
      ]);
    });
  });

  describe('is limited', () => {
    /** X-Forwarded-For as a proxy sends it: the client's claim, then the real address. */
    const forged = (path: string, n: number): Promise<Answer> =>
      site.browser().get(path, { 'x-forwarded-for': `198.51.100.${n % 250}, ${REAL}` });

    it('by network, whatever X-Forwarded-For claims, and help stays available', async () => {
      const searches = READING_POINTS / 10;
      const statuses: number[] = [];
      for (let n = 0; n < searches + 5; n += 1)
        statuses.push((await forged('/search?q=rain', n)).status);
      expect(statuses.slice(0, searches)).not.toContain(429);
      expect(statuses.slice(searches)).toEqual([429, 429, 429, 429, 429]);
      const refused = await forged('/communities', 1);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await forged('/help-now', 2)).status).toBe(200);
      const other = await site.browser().get('/', { 'x-forwarded-for': '192.0.2.77' });
      expect(other.status).toBe(200);
      site.clock.move(MINUTE + 1_000);
      expect((await forged('/communities', 3)).status).toBe(200);
    });

    it('for forms too, whatever X-Forwarded-For claims', async () => {
      const statuses: number[] = [];
      for (let n = 0; n < 22; n += 1) {
        const browser = site.browser();
        const body = encode({ _csrf: await browser.token('/forgot'), email: `x${n}@mail.net` });
        const headers = { 'x-forwarded-for': `198.51.100.${n}, ${REAL}` };
        statuses.push((await browser.postRaw('/forgot', body, headers)).status);
      }
      expect(statuses.slice(0, 20)).not.toContain(429);
      expect(statuses.slice(20)).toEqual([429, 429]);
    });

    it('for moderators’ notes, far above normal use', async () => {
      const moderator = await site.as('cove-mod');
      const note = (): Promise<Answer> =>
        moderator.post('/mod/members/writer/notes', { body: 'A note.' });
      expect((await note()).status).toBe(303);
      await site.make.rows('update rate_limits set hits = 120');
      expect((await note()).status).toBe(429);
    });

    it('for appeals', async () => {
      const writer = await site.as('writer');
      const appeal = async (): Promise<Answer> => {
        const about = await site.make.reply({ thread, author: 'writer' });
        const decision = await site.make.decision({ case: await site.make.case({ post: about }) });
        return writer.post(`/decisions/${decision}/appeal`, { statement: 'Please look again.' });
      };
      expect((await appeal()).status).toBe(303);
      await site.make.rows('update rate_limits set hits = 20');
      expect((await appeal()).status).toBe(429);
    });

    it('except for moderators’ reports on what they moderate', async () => {
      const moderator = await site.as('cove-mod');
      for (let n = 0; n < 12; n += 1) {
        const about = await site.make.reply({ thread, author: 'writer', body: `Post ${n}` });
        const answer = await moderator.post(`/posts/${about}/report`, { reason: 'spam' });
        expect([n, answer.status]).toEqual([n, 303]);
      }
    });
  });
});
