import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { viewer } from '../support/viewers.js';
import { httpReceiver, type HttpReceiver } from '../support/http-receiver.js';
import { WebhookEndpoints } from '../../src/webhooks/webhook-endpoints.service.js';
import { WEBHOOK_TYPES } from '../../src/webhooks/webhook-types.js';

describe('what moderators decide', () => {
  let site: TestApp;
  let author: Browser;
  let first: Browser;
  let second: Browser;
  let thread: string;
  let receiver: HttpReceiver;

  beforeAll(async () => {
    site = await testApp({ env: { WEBHOOKS: 'on' } });
    receiver = await httpReceiver();
    await site.app
      .get(WebhookEndpoints, { strict: false })
      .add(viewer({ memberId: await site.make.member('boss', { role: 'admin' }), role: 'admin' }), {
        address: receiver.url,
        events: [...WEBHOOK_TYPES],
      });
    await site.make.community({ slug: 'here' });
    await site.make.community({ slug: 'there' });
    for (const [handle, role] of [
      ['writer', 'member'],
      ['reader', 'member'],
      ['mod-one', 'moderator'],
      ['mod-two', 'moderator'],
    ] as const)
      await site.make.join(handle, 'here', role);
    await site.make.join('mod-there', 'there', 'moderator');
    thread = await site.make.thread({ community: 'here', author: 'writer', title: 'A long night' });
    [author, first, second] = [
      await site.as('writer'),
      await site.as('mod-one'),
      await site.as('mod-two'),
    ];
  });
  afterAll(async () => {
    await site.close();
    await receiver.close();
  });

  async function one<T>(text: string, params: unknown[] = []): Promise<T> {
    const [row] = (await site.make.rows(text, params)) as T[];
    if (row === undefined) throw new Error('no row');
    return row;
  }

  /** Reports a new reply. @returns its case */
  async function reportReply(
    body: string,
    wishes: {
      reasons?: string[];
      tier?: 'watch' | 'urgent' | 'crisis';
      alias?: string;
      author?: string;
    } = {},
  ): Promise<{ post: string; id: string }> {
    const place =
      wishes.alias === undefined ? thread : await site.make.thread({ community: 'here' });
    const post = await site.make.reply({
      thread: place,
      author: wishes.author ?? 'writer',
      body,
      ...(wishes.alias === undefined ? {} : { alias: wishes.alias }),
    });
    const id = await site.make.case({
      post,
      tier: wishes.tier ?? 'watch',
      reasons: wishes.reasons ?? ['report.bullying'],
    });
    await site.make.rows(
      `
        insert into reports (number, case_id, post_id, reporter_id, reason, note, snapshot,
          created_at)
        select 'R-' || $1::bigint, $1, $2, m.id, 'bullying', 'Look at this',
          jsonb_build_object('body', $3::text), now()
        from members m
        where m.handle = 'reader'
      `,
      [id, post, body],
    );
    return { post, id };
  }

  const decisionOf = (id: string): Promise<{ id: string; number: string }> =>
    one('select id, number from decisions where case_id = $1 order by id desc limit 1', [id]);
  const statusOf = async (post: string): Promise<string> =>
    (await one<{ status: string }>('select status from posts where id = $1', [post])).status;
  const replies = async (): Promise<number> =>
    (await one<{ n: number }>('select reply_count as n from threads where id = $1', [thread])).n;

  it('a report, decision, statement and appeal end in a full reversal by another moderator', async () => {
    const post = await site.make.reply({ thread, author: 'writer', body: 'Sharp words' });
    expect(
      (
        await (
          await site.as('reader')
        ).post(`/posts/${post}/report`, { reason: 'bullying', note: 'This hurts.' })
      ).status,
    ).toBe(303);
    const { id } = await one<{ id: string }>(
      `select id from review_cases where post_id = $1 and state = 'open'`,
      [post],
    );
    const before = await replies();
    expect(textOf((await first.get('/mod')).html)).toContain(`Case ${id}`);
    expect((await first.get('/mod')).html).not.toContain('Sharp words');
    expect((await first.post(`/mod/cases/${id}/claim`)).status).toBe(303);
    const closed = await first.get(`/mod/cases/${id}`);
    expect(closed.html).not.toContain('Sharp words');
    const opened = await first.follow(await first.post(`/mod/cases/${id}/read`));
    for (const part of ['Sharp words', 'This hurts.', 'bullying, harassment or hate'])
      expect(textOf(opened.html)).toContain(part);
    expect(textOf(opened.html)).not.toContain('reader');
    const missing = await first.post(`/mod/cases/${id}/decide`, {
      action: 'remove',
      rule: 'kind',
      reason: '',
      version: '1',
    });
    expect(missing.status).toBe(422);
    const done = await first.post(`/mod/cases/${id}/decide`, {
      action: 'remove',
      rule: 'kind',
      reason: 'Thank you for writing. These words may hurt others.',
      version: '1',
    });
    expect(done.status).toBe(303);
    expect(await statusOf(post)).toBe('removed');
    expect(await replies()).toBe(before - 1);
    const decision = await decisionOf(id);
    const sent = await eventually(() => {
      const of = receiver.received.filter(({ body }) => body.includes(`"case":"${id}"`));
      const told = (type: string): boolean => of.some(({ body }) => body.includes(`"${type}"`));
      return told('report.received') && told('decision.made') ? of : null;
    }, 'webhooks of the report and the decision');
    expect(JSON.stringify(sent)).not.toMatch(/Sharp words|This hurts|Thank you|writer|mod-one/);
    const told = await eventually(
      async () =>
        (await author.get('/notifications')).html.includes('The team has written to you')
          ? true
          : null,
      'the notice to the writer',
    );
    expect(told).toBe(true);
    const statement = textOf((await author.get(`/decisions/${decision.id}`)).html);
    for (const part of [
      'These words may hurt others',
      'Rule 7: Disagree without hurting',
      decision.number,
      'Someone reported it',
      'A person decided',
      'Sharp words',
    ])
      expect(statement).toContain(part);
    expect(statement).not.toContain('mod-one');
    const reader = await site.as('reader');
    const outcome = textOf((await reader.get(`/decisions/${decision.id}`)).html);
    expect(outcome).toContain('We read it and took action');
    for (const secret of ['Sharp words', 'may hurt others', 'Rule 7'])
      expect(outcome).not.toContain(secret);
    expect((await (await site.as('passer-by')).get(`/decisions/${decision.id}`)).status).toBe(404);
    expect((await author.post(`/decisions/${decision.id}/appeal`, { statement: ' ' })).status).toBe(
      422,
    );
    expect(
      (
        await author.post(`/decisions/${decision.id}/appeal`, {
          statement: 'It was a joke between us.',
        })
      ).status,
    ).toBe(303);
    expect(
      (
        await author.post(`/decisions/${decision.id}/appeal`, {
          statement: 'It was a joke between us.',
        })
      ).status,
    ).toBe(303);
    const appeal = await one<{ id: string; n: number }>(
      `
        select case_id as id, (select count(*)::int from appeals) as n
        from appeals
        where decision_id = $1
      `,
      [decision.id],
    );
    expect(appeal.n).toBe(1);
    expect(
      (
        await first.post(`/mod/cases/${appeal.id}/decide`, {
          action: 'publish',
          reason: 'I was right',
        })
      ).status,
    ).toBe(403);
    expect(textOf((await second.get(`/mod/cases/${appeal.id}`)).html)).toContain(
      'It was a joke between us.',
    );
    expect(
      (
        await second.post(`/mod/cases/${appeal.id}/decide`, {
          action: 'publish',
          reason: 'You were right, and we are sorry.',
        })
      ).status,
    ).toBe(303);
    expect(await statusOf(post)).toBe('published');
    expect(await replies()).toBe(before);
    const after = textOf((await author.get(`/decisions/${decision.id}`)).html);
    for (const part of [
      'Everything is as it was before',
      'You were right, and we are sorry.',
      'This was reversed on',
    ])
      expect(after).toContain(part);
    await eventually(
      async () =>
        (await author.get('/notifications')).html.includes(
          'The team has looked again, as you asked, and replied.',
        )
          ? true
          : null,
      'the answer to the appeal',
    );
  });

  it('two simultaneous decisions have one effect, and the other moderator loses no text', async () => {
    const { post, id } = await reportReply('Twice looked at');
    const claims = await Promise.all([
      first.post(`/mod/cases/${id}/claim`),
      second.post(`/mod/cases/${id}/claim`),
    ]);
    expect(claims.map(({ status }) => status).sort()).toEqual([303, 409]);
    const [winner, loser] = claims[0].status === 303 ? [first, second] : [second, first];
    const late = await loser.post(`/mod/cases/${id}/decide`, {
      action: 'hide',
      rule: 'kind',
      reason: 'My own words',
      version: '1',
    });
    expect(late.status).toBe(409);
    expect(textOf(late.html)).toMatch(/mod-(one|two) has this case\./);
    expect(late.html).toContain('My own words');
    await winner.post(`/mod/cases/${id}/release`);
    const both = await Promise.all([
      first.post(`/mod/cases/${id}/decide`, {
        action: 'hide',
        rule: 'kind',
        reason: 'Words of the first',
        version: '1',
      }),
      second.post(`/mod/cases/${id}/decide`, {
        action: 'fold',
        rule: 'notes',
        reason: 'Words of the second',
        version: '1',
      }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
    const conflict = both.find(({ status }) => status === 409);
    expect(textOf(conflict?.html ?? '')).toMatch(/mod-(one|two) decided this case/);
    expect(conflict?.html).toMatch(/Words of the (first|second)/);
    const counted = await one<{ decisions: number; logged: number }>(
      `
        select (select count(*)::int from decisions where case_id = $1) as decisions,
          (select count(*)::int
            from moderation_log
            where case_id = $1 and deed = 'case.decided') as logged
      `,
      [id],
    );
    expect(counted).toEqual({ decisions: 1, logged: 1 });
    expect(['hidden', 'published']).toContain(await statusOf(post));
  });

  it('a decision is refused if the case has changed since the form was opened', async () => {
    const { id } = await reportReply('Seen too soon');
    await site.make.rows('update review_cases set version = version + 1 where id = $1', [id]);
    const answer = await first.post(`/mod/cases/${id}/decide`, {
      action: 'dismiss',
      reason: 'Fine',
      version: '1',
    });
    expect(answer.status).toBe(409);
    expect(textOf(answer.html)).toContain('Something new came in after you opened this case');
    expect(
      (await one<{ state: string }>('select state from review_cases where id = $1', [id])).state,
    ).toBe('open');
  });

  it('a held post is published, and its author is told', async () => {
    const post = await site.make.reply({ thread, author: 'newcomer', body: 'My first words here' });
    await site.make.rows(
      `
        update posts
        set status = 'held', held_for = 'first-post', held_at = created_at
        where id = $1
      `,
      [post],
    );
    await site.make.rows('update threads set reply_count = reply_count - 1 where id = $1', [
      thread,
    ]);
    const id = await site.make.case({ post, tier: 'none', reasons: ['hold.first-post'] });
    const before = await replies();
    expect(textOf((await first.get('/mod?reason=first-posts')).html)).toContain(`Case ${id}`);
    expect((await first.post(`/mod/cases/${id}/decide`, { action: 'publish' })).status).toBe(303);
    expect(await statusOf(post)).toBe('published');
    expect(await replies()).toBe(before + 1);
    expect((await (await site.as('reader')).get(`/t/${thread}`)).html).toContain(
      'My first words here',
    );
    const newcomer = await site.as('newcomer');
    await eventually(
      async () =>
        (await newcomer.get('/notifications')).html.includes('others can see it now') ? true : null,
      'the notice of the newcomer',
    );
    expect(textOf((await newcomer.get(`/decisions/${(await decisionOf(id)).id}`)).html)).toContain(
      'Your post has been read, and others can see it now',
    );
  });

  it('moderators of one community see nothing of another', async () => {
    const { id } = await reportReply('Not for everybody');
    const elsewhere = await site.as('mod-there');
    expect((await elsewhere.get('/mod')).html).not.toContain(`/mod/cases/${id}`);
    expect((await elsewhere.get(`/mod/cases/${id}`)).status).toBe(404);
    expect((await elsewhere.post(`/mod/cases/${id}/claim`)).status).toBe(404);
    expect((await elsewhere.post(`/mod/cases/${id}/decide`, { action: 'dismiss' })).status).toBe(
      404,
    );
    expect((await (await site.as('reader')).get('/mod')).status).toBe(404);
    expect(
      (await one<{ state: string }>('select state from review_cases where id = $1', [id])).state,
    ).toBe('open');
  });

  it('nobody handles a case about themselves', async () => {
    const { id } = await reportReply('Words of a moderator', { author: 'mod-one' });
    expect((await first.get(`/mod/cases/${id}`)).status).toBe(404);
    expect((await first.get('/mod')).html).not.toContain(`/mod/cases/${id}`);
    expect((await second.get(`/mod/cases/${id}`)).status).toBe(200);
  });

  it('a second moderator reviews a closed crisis and can reopen it', async () => {
    const { id } = await reportReply('Very dark words', {
      tier: 'crisis',
      reasons: ['triage.crisis'],
    });
    expect(
      (
        await first.post(`/mod/cases/${id}/decide`, {
          action: 'dismiss',
          reason: 'Spoke with them',
        })
      ).status,
    ).toBe(303);
    expect(textOf((await second.get('/mod')).html)).toContain(`Check case ${id}`);
    expect(textOf((await first.get('/mod')).html)).not.toContain(`Check case ${id}`);
    expect((await first.post(`/mod/cases/${id}/look`, { answer: 'agree' })).status).toBe(403);
    expect(
      (await second.post(`/mod/cases/${id}/look`, { answer: 'decline', note: 'Still worried' }))
        .status,
    ).toBe(303);
    expect(
      (await one<{ state: string }>('select state from review_cases where id = $1', [id])).state,
    ).toBe('open');
    await second.post(`/mod/cases/${id}/decide`, { action: 'dismiss', reason: 'Now safe' });
    expect((await first.post(`/mod/cases/${id}/look`, { answer: 'agree' })).status).toBe(303);
    expect(
      (
        await one<{ n: number }>(
          'select count(*)::int as n from follow_ups where case_id = $1 and done_at is null',
          [id],
        )
      ).n,
    ).toBe(0);
  });

  it('an indefinite pause and the reversal of a crisis decision need a second person’s approval', async () => {
    const { id } = await reportReply('Again and again', { author: 'troubling' });
    expect(
      (
        await second.post(`/mod/cases/${id}/decide`, {
          action: 'suspend',
          rule: 'kind',
          reason: 'For good.',
          days: '0',
        })
      ).status,
    ).toBe(422);
    await site.make.member('staff-one', { role: 'moderator' });
    const staff = await site.as('staff-one');
    expect(
      (
        await staff.post(`/mod/cases/${id}/decide`, {
          action: 'suspend',
          rule: 'kind',
          reason: 'After three warnings.',
          days: '0',
          scope: 'suspend',
        })
      ).status,
    ).toBe(303);
    const standing = (): Promise<{ suspended: boolean }> =>
      one(
        `select suspended_until is not null as suspended from members where handle = 'troubling'`,
      );
    expect(await standing()).toEqual({ suspended: false });
    expect((await staff.post(`/mod/cases/${id}/second`, { answer: 'agree' })).status).toBe(403);
    expect((await second.post(`/mod/cases/${id}/second`, { answer: 'agree' })).status).toBe(303);
    expect(await standing()).toEqual({ suspended: true });
    const statement = textOf(
      (await (await site.as('troubling')).get(`/decisions/${(await decisionOf(id)).id}`)).html,
    );
    expect(statement).toContain('Two people decided');

    const crisis = await reportReply('Words in a crisis', { tier: 'crisis' });
    await first.post(`/mod/cases/${crisis.id}/decide`, {
      action: 'hide',
      rule: 'detail',
      reason: 'A detail.',
    });
    const decision = await decisionOf(crisis.id);
    await author.post(`/decisions/${decision.id}/appeal`, { statement: 'There was none.' });
    const { id: appeal } = await one<{ id: string }>(
      'select case_id as id from appeals where decision_id = $1',
      [decision.id],
    );
    await second.post(`/mod/cases/${appeal}/decide`, {
      action: 'publish',
      reason: 'Right you are.',
    });
    expect(await statusOf(crisis.post)).toBe('hidden');
    await site.make.join('mod-three', 'here', 'moderator');
    expect((await first.post(`/mod/cases/${appeal}/second`, { answer: 'agree' })).status).toBe(403);
    expect(
      (await (await site.as('mod-three')).post(`/mod/cases/${appeal}/second`, { answer: 'agree' }))
        .status,
    ).toBe(303);
    expect(await statusOf(crisis.post)).toBe('published');
  });

  it('a paused member cannot post but keeps help, their posts, appeals and a way to reach the team', async () => {
    const { id } = await reportReply('Too much', { author: 'paused' });
    await site.make.join('paused', 'here');
    const paused = await site.as('paused');
    await first.post(`/mod/cases/${id}/decide`, {
      action: 'suspend',
      rule: 'kind',
      reason: 'A week to cool down.',
      days: '7',
      scope: 'read-only',
    });
    const words = await paused.post(`/t/${thread}/replies`, { body: 'Let me answer' });
    expect(words.status).toBe(403);
    expect(words.html).toContain('Let me answer');
    expect((await paused.get('/c/here/new')).status).toBe(403);
    const decision = await decisionOf(id);
    for (const path of [
      '/help-now',
      '/settings/profile',
      '/notifications',
      `/decisions/${decision.id}`,
    ])
      expect((await paused.get(path)).status).toBe(200);
    expect(textOf((await paused.get(`/decisions/${decision.id}`)).html)).toContain('It ends on');
    expect(
      (await paused.post(`/decisions/${decision.id}/messages`, { body: 'I understand.' })).status,
    ).toBe(303);
    const reopened = await one<{ id: string }>(
      `
        select id
        from review_cases
        where state = 'open' and post_id = (select post_id from decisions where id = $1)
      `,
      [decision.id],
    );
    expect(textOf((await second.get(`/mod/cases/${reopened.id}`)).html)).toContain(
      'the author wrote to the team',
    );
    site.clock.move(8 * 86_400_000);
    expect((await paused.post(`/t/${thread}/replies`, { body: 'Back again' })).status).toBe(303);
    site.clock.move(-8 * 86_400_000);
  });

  it('a returned post is edited and resubmitted in one step without losing text', async () => {
    const { id, post } = await reportReply('With a detail in it', { author: 'returning' });
    await first.post(`/mod/cases/${id}/decide`, {
      action: 'return',
      rule: 'detail',
      reason: 'Please leave out how.',
    });
    const returning = await site.as('returning');
    const statement = await returning.get(`/decisions/${(await decisionOf(id)).id}`);
    expect(statement.html).toContain(`/posts/${post}/edit`);
    expect(statement.html).toContain('With a detail in it');
    expect((await (await site.as('reader')).get(`/t/${thread}`)).html).not.toContain(
      'With a detail in it',
    );
    const form = await returning.get(`/posts/${post}/edit`);
    expect(form.html).toContain('With a detail in it');
    expect(
      (await returning.post(`/posts/${post}/edit`, { body: 'Without it', version: '1' })).status,
    ).toBe(303);
    const again = await one<{ id: string }>(
      `select id from review_cases where state = 'open' and post_id = $1`,
      [post],
    );
    await second.post(`/mod/cases/${again.id}/decide`, { action: 'publish' });
    expect((await (await site.as('reader')).get(`/t/${thread}`)).html).toContain('Without it');
  });

  it('an invalid decision is refused, and the form keeps its text', async () => {
    const { id } = await reportReply('Odd forms', { author: 'mod-there' });
    const odd: Record<string, string>[] = [
      { action: 'burn' },
      { action: '' },
      { action: 'suspend', rule: 'kind', days: '-1' },
      { action: 'suspend', rule: 'kind', days: '999' },
      { action: 'move', community: 'nowhere' },
      { action: 'add-warning' },
      { action: 'hide', rule: '' },
      { action: 'reach-out', reason: '' },
      { action: 'hide', rule: 'x'.repeat(200) },
      { action: 'add-warning', contentWarnings: 'horoscope' },
      { action: 'hide', rule: 'kind', version: 'one' },
    ];
    for (const fields of odd) {
      const answer = await first.post(`/mod/cases/${id}/decide`, {
        reason: 'What I had written',
        ...fields,
      });
      expect([fields, answer.status]).toEqual([fields, 422]);
      if (fields.reason === undefined) expect(answer.html).toContain('What I had written');
    }
    expect(
      (
        await first.post(`/mod/cases/${id}/decide`, {
          action: 'hide',
          rule: 'kind',
          reason: 'x'.repeat(5_000),
        })
      ).status,
    ).toBe(422);
    expect((await first.post('/mod/cases/999999/decide', { action: 'dismiss' })).status).toBe(404);
    expect((await first.post('/mod/cases/abc/decide', { action: 'dismiss' })).status).toBe(404);
    expect(
      await one<{ state: string; n: number }>(
        `
          select state, (select count(*)::int from decisions where case_id = $1) as n
          from review_cases
          where id = $1
        `,
        [id],
      ),
    ).toEqual({ state: 'open', n: 0 });
    await site.make.member('boss', { role: 'moderator' });
    const staffs = await reportReply('Words of staff', { author: 'boss' });
    const refused = await first.post(`/mod/cases/${staffs.id}/decide`, {
      action: 'suspend',
      rule: 'kind',
      reason: 'No',
      days: '3',
    });
    expect(refused.status).toBe(422);
    expect(textOf(refused.html)).toContain('Only an administrator can restrict them');
  });

  it('a reporter is told that nothing was done, and may ask for a second review', async () => {
    const { id, post } = await reportReply('Left standing at first');
    await first.post(`/mod/cases/${id}/decide`, { action: 'dismiss', reason: 'Within the rules.' });
    const decision = await decisionOf(id);
    const reader = await site.as('reader');
    await eventually(
      async () =>
        (await reader.get('/notifications')).html.includes('looked at what you reported')
          ? true
          : null,
      'the outcome',
    );
    const outcome = textOf((await reader.get(`/decisions/${decision.id}`)).html);
    expect(outcome).toContain('decided that it can stay as it is');
    expect(outcome).not.toContain('Within the rules.');
    // The author of the post is told nothing: nothing happened to them.
    expect((await author.get(`/decisions/${decision.id}`)).status).toBe(404);
    expect(
      (await author.post(`/decisions/${decision.id}/appeal`, { statement: 'Why?' })).status,
    ).toBe(404);
    expect(
      (await reader.post(`/decisions/${decision.id}/messages`, { body: 'Hello' })).status,
    ).toBe(404);
    expect(
      (
        await reader.post(`/decisions/${decision.id}/appeal`, {
          statement: 'Read the second line again.',
        })
      ).status,
    ).toBe(303);
    const { id: appeal } = await one<{ id: string }>(
      'select case_id as id from appeals where decision_id = $1',
      [decision.id],
    );
    expect(textOf((await second.get('/mod?reason=appeals')).html)).toContain(`Case ${appeal}`);
    expect(
      (
        await second.post(`/mod/cases/${appeal}/decide`, {
          action: 'publish',
          reason: 'Nothing to restore',
        })
      ).status,
    ).toBe(422);
    expect(
      (
        await second.post(`/mod/cases/${appeal}/decide`, {
          action: 'hide',
          rule: 'kind',
          reason: 'Seen again.',
        })
      ).status,
    ).toBe(303);
    expect(await statusOf(post)).toBe('hidden');
    expect(textOf((await reader.get(`/decisions/${decision.id}`)).html)).toContain(
      'We looked again and changed the decision.',
    );
    expect(
      (await one<{ outcome: string }>('select outcome from reports where case_id = $1', [id]))
        .outcome,
    ).toBe('acted');
  });

  it('an appeal is refused after six months', async () => {
    const { id } = await reportReply('Long ago');
    await first.post(`/mod/cases/${id}/decide`, {
      action: 'fold',
      rule: 'notes',
      reason: 'A note is better.',
    });
    const decision = await decisionOf(id);
    await site.make.rows(
      `update decisions set created_at = now() - interval '184 days' where id = $1`,
      [decision.id],
    );
    expect(textOf((await author.get(`/decisions/${decision.id}`)).html)).toContain(
      'The six months to ask for another look are over',
    );
    const late = await author.post(`/decisions/${decision.id}/appeal`, {
      statement: 'What I wanted to say',
    });
    expect(late.status).toBe(403);
    expect(late.html).toContain('What I wanted to say');
  });

  it('a pause of the whole account closes members-only pages and ends automatically', async () => {
    await site.make.community({ slug: 'inside', visibility: 'members' });
    await site.make.join('away', 'inside');
    const inner = await site.make.thread({ community: 'inside' });
    const { id } = await reportReply('Over the line', { author: 'away' });
    const away = await site.as('away');
    expect((await away.get(`/t/${inner}`)).status).toBe(200);
    await first.post(`/mod/cases/${id}/decide`, {
      action: 'suspend',
      rule: 'kind',
      reason: 'Two days.',
      days: '2',
      scope: 'suspend',
    });
    expect((await away.get(`/t/${inner}`)).status).toBe(403);
    expect((await away.get(`/t/${thread}`)).status).toBe(200);
    expect((await away.post('/c/there/join')).status).toBe(403);
    expect(textOf((await away.get('/standing')).html)).toContain('Your account is suspended until');
    site.clock.move(3 * 86_400_000);
    expect((await away.get(`/t/${inner}`)).status).toBe(200);
    site.clock.move(-3 * 86_400_000);
  });

  it('moderators see an alias, not the handle behind it', async () => {
    const { id, post } = await reportReply('Under another name', {
      alias: 'quiet-lamp',
      author: 'secret-one',
    });
    await first.post(`/mod/cases/${id}/claim`);
    await first.post(`/mod/cases/${id}/read`);
    const page = await first.get(`/mod/cases/${id}?words=open`);
    expect(textOf(page.html)).toContain('quiet-lamp');
    expect(page.html).not.toContain('secret-one');
    await first.post(`/mod/cases/${id}/decide`, {
      action: 'warn',
      rule: 'kind',
      reason: 'Please be gentle.',
    });
    expect((await first.get(`/mod/cases/${id}?words=open`)).html).not.toContain('secret-one');
    const logged = await one<{ n: number }>(
      `
        select count(*)::int as n
        from moderation_log
        where (case_id = $1 or post_id = $2) and member_id is not null
      `,
      [id, post],
    );
    expect(logged.n).toBe(0);
    expect(
      (await (await site.as('secret-one')).get(`/decisions/${(await decisionOf(id)).id}`)).status,
    ).toBe(200);
  });

  it('reaching out sends a message inside the site, and its mail reveals nothing', async () => {
    const { id } = await reportReply('I cannot sleep', {
      author: 'sleepless',
      reasons: ['concern.other-worry'],
    });
    await first.post(`/mod/cases/${id}/decide`, {
      action: 'reach-out',
      message: 'How are you this morning?',
    });
    const sleepless = await site.as('sleepless');
    const decision = await decisionOf(id);
    await eventually(
      async () =>
        (await sleepless.get('/notifications')).html.includes('thinking of you') ? true : null,
      'the message',
    );
    expect(textOf((await sleepless.get(`/decisions/${decision.id}`)).html)).toContain(
      'How are you this morning?',
    );
    await sleepless.post(`/decisions/${decision.id}/messages`, { body: 'A bit better.' });
    expect(textOf((await first.get(`/mod/cases/${id}`)).html)).toContain('A bit better.');
    expect(
      (
        await first.post(`/mod/cases/${id}/messages`, {
          decision: decision.id,
          body: 'Glad to hear it.',
        })
      ).status,
    ).toBe(303);
    expect(textOf((await sleepless.get(`/decisions/${decision.id}`)).html)).toContain(
      'Glad to hear it.',
    );
    for (const letter of site.post.letters)
      expect(JSON.stringify(letter)).not.toMatch(/this morning|cannot sleep|Glad to hear/);
  });

  it('the log is append-only', async () => {
    await expect(site.make.rows(`update moderation_log set reason = 'other'`)).rejects.toThrow(
      'append-only',
    );
    await expect(site.make.rows('delete from moderation_log')).rejects.toThrow('append-only');
  });
});
