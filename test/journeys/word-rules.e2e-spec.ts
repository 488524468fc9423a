import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Screening } from '../../src/triage/screening.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Answer, type Browser } from '../support/browser.js';

describe('word rules', () => {
  let site: TestApp;
  let moderator: Browser;
  let writer: Browser;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    // Disable screening, which has its own tests.
    site.app.get(Screening).assess = () => ({
      tier: 'none',
      named: 'none',
      signals: [],
      rulesVersion: 'test',
    });
    for (const slug of ['here', 'there']) await site.make.community({ slug });
    await site.make.join('keeper', 'here', 'moderator');
    await site.make.join('writer', 'here');
    await site.make.join('writer', 'there');
    await site.make.rows(`update members set created_at = now() - interval '90 days'`);
    for (const body of ['I sell the old ones.', 'Selling is hard.', 'Nothing of the kind.'])
      await site.make.thread({
        community: 'here',
        author: 'writer',
        title: body.slice(0, 7),
        body,
      });
    [moderator, writer] = [await site.as('keeper'), await site.as('writer')];
  });
  afterAll(() => site.close());

  const rule = (fields: Record<string, string>): Promise<Answer> =>
    moderator.post(
      '/mod/rules',
      {
        community: 'here',
        pattern: 'sell*',
        action: 'flag',
        note: '',
        tier: '',
        why: '',
        deed: 'add',
        ...fields,
      },
      '/mod/rules',
    );
  const write = async (
    body: string,
    slug = 'here',
  ): Promise<{
    id: string;
    status: string;
    tier: string;
    reasons: string[];
    suggested: string[];
    path: string;
  }> => {
    const posted = await writer.post(
      `/c/${slug}/threads`,
      { title: 'A title', body, kind: 'support', replyWish: 'listen' },
      `/c/${slug}/new`,
    );
    expect(posted.status).toBe(303);
    const [row] = (await site.make.rows(
      `
        select p.id, p.status, p.tier, p.suggested_notes as suggested,
          array(select r.source || ' ' || r.reason
            from case_reasons r
            join review_cases c on c.id = r.case_id
            where c.post_id = p.id
            order by r.id) as reasons
       from posts p where p.thread_id = $1`,
      [(posted.location ?? '').replace('/t/', '')],
    )) as { id: string; status: string; tier: string; reasons: string[]; suggested: string[] }[];
    return {
      ...(row ?? { id: '', status: '', tier: '', reasons: [], suggested: [] }),
      path: posted.location ?? '',
    };
  };

  it('are tested on past posts first, without effect', async () => {
    const tried = await rule({ deed: 'test' });
    expect(tried.status).toBe(200);
    const text = textOf(tried.html);
    expect(text).toContain('It matches 2 of the last 3 posts.');
    expect(tried.html).toContain('<q>Selling</q>');
    expect(tried.html).toContain('value="sell*"');
    expect(await site.make.rows('select 1 from word_rules')).toEqual([]);
    expect(await site.make.rows('select 1 from review_cases')).toEqual([]);
  });

  it('queue a post of their own community, with the matched words and the reason', async () => {
    expect((await rule({ why: 'Selling is not for here.' })).status).toBe(303);
    const flagged = await write('I sell one more.');
    expect(flagged).toMatchObject({
      status: 'published',
      tier: 'none',
      reasons: ['rule word-rule'],
    });
    const [{ signals }] = (await site.make.rows(
      'select signals from review_cases where post_id = $1',
      [flagged.id],
    )) as [{ signals: object[] }];
    expect(signals).toEqual([{ rule: 'word-rule', span: [2, 6], why: 'Selling is not for here.' }]);
    expect((await write('I sell one more.', 'there')).reasons).toEqual([]);
  });

  it('hold a post, raise its tier or suggest a note: each only its own action', async () => {
    await rule({ pattern: 'participants wanted', action: 'hold' });
    expect(await write('Participants wanted for a study.')).toMatchObject({
      status: 'held',
      reasons: ['rule word-rule', 'hold rule'],
    });
    await rule({ pattern: 'very special word', action: 'raise', tier: 'urgent' });
    expect(await write('A very special word.')).toMatchObject({
      status: 'published',
      tier: 'urgent',
    });
    await rule({ pattern: 'my tablets', action: 'suggest-note', note: 'medication' });
    const suggested = await write('About my tablets.');
    expect(suggested).toMatchObject({
      status: 'published',
      tier: 'none',
      reasons: [],
      suggested: ['medication'],
    });
    expect(textOf((await writer.get(suggested.path)).html)).toContain(
      'A note here might help readers: medication and side effects.',
    );
    expect(textOf((await site.browser().get(suggested.path)).html)).not.toContain(
      'A note here might help readers',
    );
    expect(
      (await writer.post(`/posts/${suggested.id}/suggested-notes`, { answer: 'add' })).status,
    ).toBe(303);
    expect(textOf((await site.browser().get(suggested.path)).html)).toContain(
      'This post is about: medication and side effects.',
    );
    expect(textOf((await writer.get(suggested.path)).html)).not.toContain(
      'A note here might help readers',
    );
  });

  it('are named to the author whose post they hold, unless they are secret', async () => {
    await rule({
      pattern: 'join my survey',
      action: 'hold',
      why: 'Recruiting by firms.',
      toWriter: 'We ask researchers to talk to us first.',
    });
    const named = textOf((await writer.get((await write('Please join my survey.')).path)).html);
    expect(named).toContain('We ask researchers to talk to us first. A person will decide.');
    expect(named).toContain('A rule of this community asks a moderator to look first: We ask');
    expect(named).not.toContain('Recruiting by firms.');
    await site.make.rows(`
      insert into word_rules (community_id, pattern, action, why, to_writer, created_by, created_at)
      select null, 'buy my course', 'hold', 'Sellers.', 'We do not sell here.', created_by, created_at
      from word_rules
      where pattern = 'join my survey'`);
    const told = async (body: string): Promise<string> =>
      textOf((await writer.get((await write(body)).path)).html);
    expect(await told('Buy my course.')).toContain(
      'A rule of the whole site asks a moderator to look first: We do not sell here. A person',
    );
    expect(await told('Join my survey and buy my course.')).toContain(
      'Rules of this community and of the whole site ask a moderator to look first: We ask',
    );
    await rule({ pattern: 'secret word', action: 'hold', why: 'Because of last year.' });
    const secret = textOf((await writer.get((await write('The secret word.')).path)).html);
    expect(secret).toContain('A program noticed something that a moderator checks first.');
    await site.make.rows(`
      insert into word_rules (community_id, pattern, action, why, to_writer, created_by, created_at)
      select null, 'hidden word', 'hold', '', '', created_by, created_at
      from word_rules
      where pattern = 'secret word'`);
    // Neither text gives away whose rule it is.
    expect(await told('The hidden word.')).toContain(
      'A program noticed something that a moderator checks first.',
    );
    expect(secret).not.toContain('Because of last year.');
    const page = textOf((await moderator.get('/mod/rules?community=here')).html);
    expect(page).toContain('Authors are told: We ask researchers to talk to us first.');
    expect(page).toContain('Authors are told only that a rule held their post.');
  });

  it('match what an edit adds, once', async () => {
    const own = await write('Plain words.');
    await writer.post(
      `/posts/${own.id}/edit`,
      { body: 'Plain words, and participants wanted.', version: '1' },
      `/posts/${own.id}/edit`,
    );
    expect(
      await site.make.rows(`select status, held_for from posts where id = $1`, [own.id]),
    ).toEqual([{ status: 'held', held_for: 'rule' }]);
    expect((await site.browser().get(own.path)).status).toBe(404);
  });

  it('are refused with an explanation if they are invalid', async () => {
    for (const [fields, says] of [
      [{ pattern: '***' }, 'Write up to twelve words'],
      [{ action: 'raise', tier: '' }, 'Choose a new priority.'],
      [{ action: 'suggest-note', note: '' }, 'Choose a content note to suggest.'],
      [{ action: 'delete' }, 'Choose what the rule does.'],
      [{ pattern: '***', deed: 'test' }, 'Write up to twelve words'],
    ] as [Record<string, string>, string][]) {
      const answer = await rule(fields);
      expect(answer.status).toBe(422);
      expect(textOf(answer.html)).toContain(says);
    }
  });

  it('belong to the community’s moderators, and stay on record after they end', async () => {
    expect((await rule({ community: 'there' })).status).toBe(404);
    expect((await rule({ community: '' })).status).toBe(404);
    const [{ id }] = (await site.make.rows(`select id from word_rules where action = 'hold'`)) as [
      { id: string },
    ];
    await site.make.join('elsewhere', 'there', 'moderator');
    const elsewhere = await site.as('elsewhere');
    expect((await elsewhere.post(`/mod/rules/${id}/end`)).status).toBe(404);
    expect((await elsewhere.get('/mod/rules?community=here')).status).toBe(404);
    expect((await moderator.post(`/mod/rules/${id}/end`)).location).toBe(
      '/mod/rules?community=here',
    );
    expect(await write('Participants wanted again.')).toMatchObject({
      status: 'published',
      reasons: [],
    });
    const log = (await site.make.rows('select deed from moderation_log order by id')) as {
      deed: string;
    }[];
    expect(log.map(({ deed }) => deed)).toEqual([
      ...Array.from({ length: 6 }, () => 'rule.added'),
      'rule.ended',
    ]);
  });

  it('are listed beside the community’s review settings, which its moderators change', async () => {
    const fields = {
      preModeration: 'first-posts',
      firstPostsCount: '2',
      firstPostsDays: '',
      holdOnShift: 'crisis',
      holdOutside: 'urgent',
    };
    expect((await moderator.post('/mod/rules/places/here', fields, '/mod/rules')).status).toBe(303);
    expect(
      await site.make.rows(
        `
          select pre_moderation, first_posts_count, first_posts_days, hold_outside
          from communities
          where slug = 'here'
        `,
      ),
    ).toEqual([
      {
        pre_moderation: 'first-posts',
        first_posts_count: 2,
        first_posts_days: null,
        hold_outside: 'urgent',
      },
    ]);
    // Nobody is on shift at this hour: an urgent post is now held.
    expect(await write('A very special word, again.')).toMatchObject({
      status: 'held',
      tier: 'urgent',
    });
    const faulty = await moderator.post(
      '/mod/rules/places/here',
      { ...fields, firstPostsCount: '99' },
      '/mod/rules',
    );
    expect(faulty.status).toBe(422);
    expect(textOf(faulty.html)).toContain('Enter a number from 1 to 50.');
  });
});
