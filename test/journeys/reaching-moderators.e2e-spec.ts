import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

const RULE = 'Write about your own nights, not about other people’s.';

describe('what reaches the moderators', () => {
  let site: TestApp;
  let keeper: Browser;
  let staff: Browser;

  beforeAll(async () => {
    site = await testApp();
    await site.make.community({ slug: 'gate', visibility: 'approval' });
    await site.make.community({ slug: 'elsewhere', visibility: 'approval' });
    await site.make.rows(`update communities set join_question = 'Why here?'`);
    await site.make.rows('update community_guidelines set rules = $1', [['Be kind.', RULE]]);
    await site.make.join('keeper', 'gate', 'moderator');
    await site.make.join('other-keeper', 'elsewhere', 'moderator');
    await site.make.join('wren', 'gate');
    await site.make.member('site-mod', { role: 'moderator' });
    await site.make.member('newcomer');
    keeper = await site.as('keeper');
    staff = await site.as('site-mod');
  });
  afterAll(() => site.close());

  const caseOf = async (column: 'post_id' | 'strategy_id', id: string): Promise<string> => {
    const [row] = (await site.make.rows(
      `select id from review_cases where ${column} = $1 and state = 'open'`,
      [id],
    )) as [{ id: string }];
    return row.id;
  };
  const noticesOf = async (handle: string): Promise<{ kind: string; read: boolean }[]> =>
    (await site.make.rows(
      `
        select n.kind, n.read_at is not null as read
        from notices n
        join members m on m.id = n.member_id
        where m.handle = $1 and n.kind = 'member-request'
      `,
      [handle],
    )) as { kind: string; read: boolean }[];

  it('a request to join, with a count and a notice', async () => {
    const newcomer = await site.as('newcomer');
    await newcomer.post('/c/gate/join', { note: 'I sleep badly.' }, '/c/gate');
    await eventually(async () => (await noticesOf('keeper')).length > 0, 'a notice of the request');
    expect(await noticesOf('other-keeper')).toEqual([]);
    expect(await noticesOf('site-mod')).toEqual([]);
    expect(textOf((await keeper.get('/notifications')).html)).toContain(
      'Someone has asked to join a community you moderate',
    );
    for (const browser of [keeper, staff]) {
      const { html } = await browser.get('/mod');
      expect(textOf(html)).toContain('The gate: one person has asked to join');
      expect(html).toContain('href="/c/gate/requests"');
    }
    expect(textOf((await (await site.as('other-keeper')).get('/mod')).html)).not.toContain(
      'asks to join',
    );
  });

  it('an offer to support, as one notice that is unread again', async () => {
    await site.make.rows('update notices set read_at = now()');
    const wren = await site.as('wren');
    const offer = { why: 'I have been there.', capacity: '3', steps: [] };
    await wren.post('/c/gate/supporting', offer, '/c/gate/supporting');
    await eventually(
      async () => (await noticesOf('keeper')).some(({ read }) => !read),
      'a notice of the offer',
    );
    expect(await noticesOf('keeper')).toHaveLength(1);
    const { html } = await keeper.get('/mod');
    expect(textOf(html)).toContain('The gate: one member has offered to support others');
    expect(html).toContain('href="/c/gate/supporters"');
  });

  it('nothing more, once they are answered', async () => {
    await keeper.post('/c/gate/requests/newcomer/accept', { line: '' });
    await keeper.post('/c/gate/supporters/wren/decline', { line: 'Not yet.' });
    expect(textOf((await keeper.get('/mod')).html)).not.toContain('Members waiting for a reply');
  });

  it('a community rule, cited to the member in the version of the decision', async () => {
    const thread = await site.make.thread({ community: 'gate', author: 'wren' });
    const post = await site.make.reply({ thread, author: 'wren', body: 'About the neighbours.' });
    const id = await site.make.case({ post });
    await site.make.rows(
      `insert into case_reads (case_id, member_id, read_at)
       select $1, id, now() from members where handle = 'keeper'`,
      [id],
    );
    expect(textOf((await keeper.get(`/mod/cases/${id}`)).html)).toContain(
      `The gate, rule 2: ${RULE}`,
    );
    const unknown = { action: 'hide', rule: 'group:1:9', reason: 'This tells of somebody else.' };
    expect((await keeper.post(`/mod/cases/${id}/decide`, unknown)).status).toBe(422);
    const decided = await keeper.post(`/mod/cases/${id}/decide`, {
      action: 'hide',
      rule: 'group:1:2',
      reason: 'This tells of somebody else.',
    });
    expect(decided.status).toBe(303);
    await site.make.rows(`update community_guidelines set rules = '{"Something else."}'`);
    const [decision] = (await site.make.rows('select id from decisions where case_id = $1', [
      id,
    ])) as [{ id: string }];
    const wren = await site.as('wren');
    expect(textOf((await wren.get(`/decisions/${decision.id}`)).html)).toContain(RULE);
  });

  it('a reported strategy, with its words, its author and its report', async () => {
    const slug = await site.make.strategy({ author: 'wren' });
    const [{ id }] = (await site.make.rows('select id from coping_strategies where slug = $1', [
      slug,
    ])) as [{ id: string }];
    const report = {
      place: `${site.url}/strategies/${slug}`,
      note: 'This copies a book.',
      goodFaith: 'on',
    };
    expect((await site.browser().post('/report-illegal', report, '/report-illegal')).status).toBe(
      303,
    );
    const caseId = await caseOf('strategy_id', id);
    const closed = await staff.get(`/mod/cases/${caseId}`);
    expect(closed.html).toContain(`href="/strategies/${slug}"`);
    expect(closed.html).toContain('href="/mod/members/wren"');
    expect(closed.html).not.toContain('Someone who removed their name');
    expect((await staff.get(`/strategies/${slug}`)).status).toBe(200);
    const opened = await staff.follow(
      await staff.post(`/mod/cases/${caseId}/read`, { sure: 'on' }),
    );
    for (const part of ['Something to try.', 'Another thing.', 'This copies a book.'])
      expect(textOf(opened.html)).toContain(part);
    // The case shows the text as reported even after a change, and no link after a withdrawal.
    await site.make.rows(
      `update coping_strategies set summary = 'Changed since.', status = 'withdrawn' where id = $1`,
      [id],
    );
    const later = await staff.get(`/mod/cases/${caseId}?words=open`);
    expect(textOf(later.html)).toContain('Something to try.');
    expect(textOf(later.html)).not.toContain('Changed since.');
    expect(later.html).not.toContain(`href="/strategies/${slug}"`);
    await site.make.rows(`update coping_strategies set status = 'published' where id = $1`, [id]);
    // Authors never see a case about themselves, even as moderators.
    await site.make.rows(`update members set role = 'moderator' where handle = 'wren'`);
    const wren = await site.as('wren');
    expect((await wren.get(`/mod/cases/${caseId}`)).status).toBe(404);
    expect(textOf((await wren.get('/mod')).html)).not.toContain(`Case ${caseId}`);
    await site.make.rows(`update members set role = 'member' where handle = 'wren'`);
    const done = await staff.post(`/mod/cases/${caseId}/decide`, { action: 'dismiss' });
    expect(done.status).toBe(303);
  });

  it('a strategy credited to an alias, without the name behind it', async () => {
    const slug = await site.make.strategy({ author: 'wren' });
    await site.make.rows(
      `update coping_strategies set credit = 'quiet-lamp', credit_from = 'alias' where slug = $1`,
      [slug],
    );
    const [{ id }] = (await site.make.rows('select id from coping_strategies where slug = $1', [
      slug,
    ])) as [{ id: string }];
    const form = {
      place: `/strategies/${slug}`,
      note: 'This copies a book, too.',
      goodFaith: 'on',
    };
    await site.browser().post('/report-illegal', form, '/report-illegal');
    const caseId = await caseOf('strategy_id', id);
    const { html } = await staff.get(`/mod/cases/${caseId}`);
    expect(textOf(html)).toContain('quiet-lamp');
    expect(html).not.toContain('wren');
    const warned = await staff.post(`/mod/cases/${caseId}/decide`, {
      action: 'warn',
      rule: 'kind',
      reason: 'Please name the book.',
    });
    expect(warned.status).toBe(303);
    expect(
      await site.make.rows(
        `select member_id from moderation_log where case_id = $1 and deed = 'case.decided'`,
        [caseId],
      ),
    ).toEqual([{ member_id: null }]);
  });

  it('a strategy of a pack, which has no author to warn', async () => {
    const slug = await site.make.strategy();
    const form = { place: `/strategies/${slug}`, note: 'This is not so.', goodFaith: 'on' };
    await site.browser().post('/report-illegal', form, '/report-illegal');
    const [{ id }] = (await site.make.rows('select id from coping_strategies where slug = $1', [
      slug,
    ])) as [{ id: string }];
    const { html } = await staff.get(`/mod/cases/${await caseOf('strategy_id', id)}`);
    expect(textOf(html)).toContain('Author the library');
    expect(html).not.toContain('value="warn"');
  });

  it('a case whose post is gone can still be closed', async () => {
    const thread = await site.make.thread({ community: 'gate', author: 'wren' });
    const post = await site.make.reply({ thread, author: 'wren' });
    const id = await site.make.case({ post });
    await site.make.rows(
      `update posts set status = 'withdrawn', body = '', withdrawn_at = now() where id = $1`,
      [post],
    );
    expect((await keeper.get(`/mod/cases/${id}`)).status).toBe(200);
    const done = await keeper.post(`/mod/cases/${id}/decide`, { action: 'dismiss' });
    expect(done.status).toBe(303);
    expect(await site.make.rows('select state from review_cases where id = $1', [id])).toEqual([
      { state: 'closed' },
    ]);
  });

  it('the share of held posts that were published unchanged, by rule', async () => {
    const thread = await site.make.thread({ community: 'gate', author: 'wren' });
    const held = async (
      action: string,
      {
        edited = false,
        reason = 'hold.first-post',
        signals = [] as { rule: string; why?: string }[],
      } = {},
    ): Promise<void> => {
      const post = await site.make.reply({ thread, author: 'wren' });
      await site.make.rows(
        `update posts set status = 'held', held_for = 'first-post', held_at = now() where id = $1`,
        [post],
      );
      const id = await site.make.case({ post, reasons: [reason], opened: 5 });
      await site.make.rows('update review_cases set signals = $2 where id = $1', [
        id,
        JSON.stringify(signals.map((signal) => ({ span: [0, 1], ...signal }))),
      ]);
      if (edited)
        await site.make.rows(
          `insert into post_versions (post_id, version, body, body_html, content_warnings)
           values ($1, 1, '', '', '{}')`,
          [post],
        );
      const form = { action, rule: 'kind', reason: 'Because.' };
      expect((await keeper.post(`/mod/cases/${id}/decide`, form)).status).toBe(303);
    };
    await held('publish');
    const own = { rule: 'word-rule', why: 'Selling is not for here.' };
    const foreign = [{ rule: 'language.es.urgent' }, { rule: 'language.es.crisis' }];
    await held('dismiss', { reason: 'hold.crisis', signals: [own, ...foreign] });
    await held('publish', { edited: true, signals: [own, { rule: 'suicide.intent' }] });
    await held('remove');
    const page = textOf((await keeper.get('/mod/stats')).html);
    expect(page).toContain('All held posts 4 2 50%');
    expect(page).toMatch(/first post.{0,60} 3 1 33%/i);
    expect(page).toContain('Selling is not for here. 2 1 50%');
    expect(page).toContain('Names a danger, in Spanish 1 1 100%');
    expect(page).toContain('Says they are going to end their life 1 0 0%');
    expect(textOf((await site.browser().get('/transparency')).html)).not.toContain('50%');
  });
});
