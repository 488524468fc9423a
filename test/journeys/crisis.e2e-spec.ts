import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SafetyPlans } from '../../src/safety-plans/safety-plans.js';
import { PassOnHeldJob } from '../../src/review/pass-on-held.job.js';
import { Screening } from '../../src/triage/screening.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

interface Case {
  id: string;
  tier: string;
  state: string;
  claimed_by: string | null;
  due: number;
}

const DAY = 86_400_000;

/** The care card above the author's first post: everything before the post itself. */
function cardOf(html: string): string {
  return /<section [^>]*id="care-1"[^]*?(?=<article)/.exec(html)?.[0] ?? '';
}

const CRISIS = 'I have decided to end my life tonight.';
const URGENT = 'I keep having thoughts of suicide.';
const WATCH = 'I feel hopeless.';

describe('an author in crisis at three in the morning, with nobody on shift', () => {
  let site: TestApp;
  let author: Browser;
  let other: Browser;
  let moderator: Browser;
  let thread = '';
  let tomorrow = 0;

  // Community and author are in UTC, so that the hour does not depend on daylight saving time.
  const moveTo = (hour: number): void =>
    site.clock.move(tomorrow + hour * 3_600_000 - site.clock.ms());

  beforeAll(async () => {
    site = await testApp({ workers: false });
    tomorrow = (Math.floor(site.clock.ms() / DAY) + 1) * DAY;
    await site.make.community({ slug: 'nights' });
    await site.make.rows(
      `
        update communities
        set hours = '{"timeZone":"UTC","weekly":[{"days":[1,2,3,4,5,6,7],"from":"10:00","to":"21:00"}],"outside":""}'
      `,
    );
    for (const [handle, role] of [
      ['awake', 'member'],
      ['neighbour', 'member'],
      ['keeper', 'moderator'],
    ] as const)
      await site.make.join(handle, 'nights', role);
    await site.make.rows(`update members set time_zone = 'UTC'`);
    moveTo(3);
    author = await site.as('awake');
    other = await site.as('neighbour');
    moderator = await site.as('keeper');
  });
  afterAll(() => site.close());

  const write = (by: Browser, title: string, body: string) =>
    by.post(
      '/c/nights/threads',
      { title, body, kind: 'support', replyWish: 'listen' },
      '/c/nights/new',
    );
  const postOf = async (id: string, number = 1): Promise<string> =>
    (
      (await site.make.rows('select id from posts where thread_id = $1 and number = $2', [
        id,
        number,
      ])) as { id: string }[]
    )[0]?.id ?? '';
  const caseOf = async (post: string): Promise<Case | undefined> =>
    (
      (await site.make.rows(
        `
          select id, tier, state, claimed_by,
            round(extract(epoch from due_at - opened_at) / 60)::int as due
          from review_cases
          where post_id = $1
          order by id desc
        `,
        [post],
      )) as Case[]
    )[0];
  const reasons = async (post: string): Promise<string[]> =>
    (
      (await site.make.rows(
        `
          select r.source || ' ' || r.reason as said
          from case_reasons r
          join review_cases c on c.id = r.case_id
          where c.post_id = $1
          order by r.id
        `,
        [post],
      )) as { said: string }[]
    ).map(({ said }) => said);

  it('sees help first, with an honest waiting time and every word kept', async () => {
    const posted = await write(author, 'Tonight', `${CRISIS} I do not know whom to tell.`);
    expect(posted.status).toBe(303);
    thread = (posted.location ?? '').replace('/t/', '');
    const page = await author.follow(posted);
    const text = textOf(page.html);
    expect(page.html).toContain('href="tel:999"');
    expect(text).toContain('If your life is in danger now, call 999');
    expect(text).toContain('Call 116 123');
    expect(text).toContain('Text 85258');
    // The card is the first thing on the page and opens with a warm sentence.
    expect(text).toContain(
      'We are glad you told us. You are not in trouble, and your post is saved. ' +
        'If your life is in danger now, call 999',
    );
    expect(page.html).toMatch(/<main [^>]*>\s*<section [^>]*id="care-1"/);
    expect(text).toContain('Our team is unlikely to read this before 10:00 today (UTC).');
    expect(text).toContain('This note is automatic.');
    expect(text).toContain('Only you and the moderators can see this post for now.');
    expect(text).toContain('It should be read by 10:10 today (UTC).');
    expect(text).toContain(CRISIS);
    expect(text.indexOf('call 999')).toBeLessThan(text.indexOf(CRISIS));
    // The card says what to do and never mentions how screening classified the post.
    expect(text).not.toMatch(/\btier\b|high risk|our rules/i);
  });

  it('is at the top of the queue at once, and visible only to those there to help', async () => {
    expect(await caseOf(await postOf(thread))).toMatchObject({
      tier: 'crisis',
      state: 'open',
      due: 10,
    });
    expect(await reasons(await postOf(thread))).toEqual(['triage crisis', 'hold crisis']);
    expect((await moderator.get(`/t/${thread}`)).status).toBe(200);
    for (const reader of [other, site.browser()]) {
      expect((await reader.get(`/t/${thread}`)).status).toBe(404);
      expect((await reader.get('/c/nights')).html).not.toContain('Tonight');
    }
  });

  it('can edit every word of the post, and reply below it', async () => {
    const post = await postOf(thread);
    const edited = await author.post(
      `/posts/${post}/edit`,
      { body: `${CRISIS} I am at home and it is loud in my head.`, version: '1' },
      `/posts/${post}/edit`,
    );
    expect(edited.status).toBe(303);
    expect(
      (await author.post(`/t/${thread}/replies`, { body: 'Still here.' }, `/t/${thread}`)).status,
    ).toBe(303);
    expect(textOf((await author.get(`/t/${thread}`)).html)).toContain('it is loud in my head');
  });

  it('can say that they are safe for now, which is recorded but closes nothing', async () => {
    const post = await postOf(thread);
    const response = await author.post(`/posts/${post}/safe`);
    expect([response.status, response.location]).toEqual([303, `/t/${thread}#care-1`]);
    expect(await reasons(post)).toContain('author safe-for-now');
    expect(await caseOf(post)).toMatchObject({ tier: 'crisis', state: 'open' });
    const card = cardOf((await author.get(`/t/${thread}`)).html);
    // The card itself, which can receive focus, confirms the answer; both buttons remain.
    expect(card).toMatch(/^<section [^>]*id="care-1" tabindex="-1"/);
    expect(card).toMatch(/role="status">You told us that you are safe for now \(just now\)\./);
    for (const answer of ['need-now', 'safe'])
      expect(card).toContain(`action="/posts/${post}/${answer}"`);
  });

  it('has their case passed to another person when the time is up, and keeps the post', async () => {
    const post = await postOf(thread);
    await site.make.rows(
      `
        update review_cases
        set claimed_by = (select id from members where handle = 'keeper'),
          claimed_until = now() + interval '9 hours'
        where post_id = $1
      `,
      [post],
    );
    moveTo(10);
    await site.app.get(PassOnHeldJob).run();
    expect((await caseOf(post))?.claimed_by).not.toBeNull();
    site.clock.move(11 * 60_000);
    const events = async (): Promise<number> =>
      (await site.make.rows(`select 1 from outbox where event = 'case.raised'`)).length;
    const before = await events();
    await site.app.get(PassOnHeldJob).run();
    await site.app.get(PassOnHeldJob).run();
    expect(await events()).toBe(before + 1);
    expect((await caseOf(post))?.claimed_by).toBeNull();
    const text = textOf((await author.get(`/t/${thread}`)).html);
    expect(text).toContain('It has waited longer than we said. We have reminded the team.');
    expect(text).toContain('it is loud in my head');
  });

  it('has the post held until the moderator on shift has read it, and is told so', async () => {
    moveTo(12);
    const posted = await write(author, 'At noon', CRISIS);
    const post = await postOf((posted.location ?? '').replace('/t/', ''));
    expect(textOf((await author.follow(posted)).html)).toContain(
      'It should be read by 12:10 today (UTC).',
    );
    await site.make.rows(
      `
        update review_cases
        set claimed_by = (select id from members where handle = 'keeper'), claimed_until = $2
        where post_id = $1
      `,
      [post, new Date(site.clock.ms() + 900_000)],
    );
    expect(textOf((await author.follow(posted)).html)).toContain(
      'A person from the team is reading this now.',
    );
  });

  it('gets only a gentle, dismissible note for a heavy post', async () => {
    const posted = await write(author, 'Heavy', WATCH);
    const post = await postOf((posted.location ?? '').replace('/t/', ''));
    expect(textOf((await author.follow(posted)).html)).toContain(
      'Thank you for writing this That sounds like a lot.',
    );
    expect(textOf((await other.follow(posted)).html)).toContain(WATCH);
    expect(textOf((await other.follow(posted)).html)).not.toContain(
      'Someone here will probably reply',
    );
    await author.post(`/posts/${post}/hide-card`);
    expect(textOf((await author.follow(posted)).html)).not.toContain(
      'Someone here will probably reply',
    );
    expect(await caseOf(post)).toMatchObject({ state: 'open', tier: 'watch' });
  });

  it('gets the note too for a plea in a language that is not screened, and only for a plea', async () => {
    const shown = async (title: string, body: string): Promise<[string | undefined, boolean]> => {
      const posted = await write(author, title, body);
      const post = await postOf((posted.location ?? '').replace('/t/', ''));
      expect(textOf((await other.follow(posted)).html)).toContain(body);
      const page = textOf((await author.follow(posted)).html);
      return [(await caseOf(post))?.tier, page.includes('That sounds like a lot.')];
    };
    expect(await shown('Ночь', 'Я хочу умереть.')).toEqual(['unknown', true]);
    expect(await shown('死にたい', '……')).toEqual(['unknown', true]);
    expect(await shown('Сад', 'Мы с дочкой сажали тюльпаны.')).toEqual(['unknown', false]);
  });

  it('has an urgent post folded with advice for replies, and asks for help with one button', async () => {
    const posted = await write(author, 'Hard', URGENT);
    const post = await postOf((posted.location ?? '').replace('/t/', ''));
    const theirs = await other.follow(posted);
    expect(textOf(theirs.html)).toContain(
      'This post is about a very hard time. Open it when you are ready.',
    );
    expect(textOf(theirs.html)).toContain('How to reply safely');
    expect(theirs.html).toMatch(/<meta name="robots" content="noindex/);
    const own = textOf((await author.follow(posted)).html);
    expect(own).toContain(
      'Thank you for telling us You are not in trouble, and your post is saved. Someone from the team is here now.',
    );
    expect(own).not.toContain('Open it when you are ready.');
    const response = await author.post(`/posts/${post}/need-now`);
    expect([response.status, response.location]).toEqual([303, `${posted.location}#care-1`]);
    expect(await caseOf(post)).toMatchObject({ tier: 'crisis', state: 'open' });
    expect(await reasons(post)).toEqual(['triage urgent', 'author need-now']);
    const card = cardOf((await author.follow(posted)).html);
    expect(textOf(card)).toContain('If your life is in danger now, call 999');
    expect(card).toMatch(/role="status">You told us that you need someone now \(just now\)\./);
    for (const deed of ['need-now', 'safe'])
      expect(card).toContain(`action="/posts/${post}/${deed}"`);
    // The card follows each change of answer, from needing someone to being safe and back.
    site.clock.move(60_000);
    await author.post(`/posts/${post}/safe`);
    expect(textOf(cardOf((await author.follow(posted)).html))).toContain(
      'You told us that you are safe for now (just now).',
    );
    site.clock.move(60_000);
    await author.post(`/posts/${post}/need-now`);
    expect(textOf(cardOf((await author.follow(posted)).html))).toContain(
      'You told us that you need someone now (just now).',
    );
    // What authors say about themselves hides nothing from other readers.
    expect((await other.follow(posted)).status).toBe(200);
  });

  it('sees their own card before the helplines; if it is locked, only a link to it', async () => {
    const [{ id }] = (await site.make.rows(`select id from members where handle = 'awake'`)) as [
      { id: string },
    ];
    await site.app.get(SafetyPlans).saveCard(id, {
      people: 'My sister 020 7946 0000',
      lines: '',
      reasons: 'The garden in June',
    });
    const posted = await write(author, 'Once more', URGENT);
    const page = await author.follow(posted);
    expect(page.html).toContain('href="tel:02079460000"');
    const text = textOf(page.html);
    expect(text.indexOf('The garden in June')).toBeGreaterThan(-1);
    expect(text.indexOf('The garden in June')).toBeLessThan(
      text.indexOf('If things get worse before then'),
    );
    expect((await moderator.follow(posted)).html).not.toContain('The garden in June');
    await site.make.rows(
      `
        insert into toolkit_settings (member_id, lock_minutes)
        values ($1, 10)
        on conflict (member_id)
        do update set lock_minutes = 10
      `,
      [id],
    );
    expect((await author.follow(posted)).html).not.toContain('The garden in June');
  });

  it('is told the measured response time once there are enough data', async () => {
    for (const minutes of [12, 18, 40]) {
      const old = await postOf(await site.make.thread({ community: 'nights' }));
      const opened = new Date(site.clock.ms() - 3_600_000);
      const read = new Date(opened.getTime() + minutes * 60_000);
      await site.make.rows(
        `
          insert into review_cases (kind, post_id, tier, due_at, opened_at, first_read_at,
            closed_at, state)
          values ('post', $1, 'urgent', $2, $2, $3, $3, 'closed')
        `,
        [old, opened, read],
      );
    }
    const posted = await write(author, 'Again', URGENT);
    expect(textOf((await author.follow(posted)).html)).toContain(
      'Someone from the team usually reads a post like this within 20 minutes.',
    );
  });

  it('never learns from the card that somebody reported the post', async () => {
    const posted = await write(author, 'Looked at', URGENT);
    const post = await postOf((posted.location ?? '').replace('/t/', ''));
    await author.follow(posted);
    await site.make.rows(
      `update review_cases set state = 'closed', closed_at = $2 where post_id = $1`,
      [post, site.clock.now()],
    );
    const shape = async (): Promise<string> =>
      (await author.follow(posted)).html.replace(/value="[^"]+"/g, '');
    const before = await shape();
    expect(before).not.toContain('Thank you for telling us');
    expect(
      (await other.post(`/posts/${post}/report`, { reason: 'danger-now' }, `/posts/${post}/report`))
        .status,
    ).toBe(303);
    expect(await caseOf(post)).toMatchObject({ state: 'open' });
    expect(await shape()).toBe(before);
  });

  it('raises the tier when an edit or a further reply becomes riskier', async () => {
    const posted = await write(author, 'A plain day', 'Plain words.');
    const id = (posted.location ?? '').replace('/t/', '');
    const post = await postOf(id);
    expect(await caseOf(post)).toBeUndefined();
    await author.post(
      `/posts/${post}/edit`,
      { body: `${URGENT} I did not say it all.`, version: '1' },
      `/posts/${post}/edit`,
    );
    expect(await caseOf(post)).toMatchObject({ tier: 'urgent', state: 'open' });
    await author.post(`/t/${id}/replies`, { body: `It got worse. ${CRISIS}` }, `/t/${id}`);
    expect(await caseOf(await postOf(id, 2))).toMatchObject({ tier: 'crisis' });
    expect(textOf((await other.get(`/t/${id}`)).html)).not.toContain('It got worse.');
    // A milder edit does not lower the tier: only a person can do that.
    await author.post(
      `/posts/${post}/edit`,
      { body: 'Plain words once more.', version: '2' },
      `/posts/${post}/edit`,
    );
    expect(await caseOf(post)).toMatchObject({ tier: 'urgent' });
  });

  it('is the only one who can press the buttons or find out about them', async () => {
    const post = await postOf(thread);
    for (const deed of ['safe', 'need-now', 'hide-card'])
      expect((await other.post(`/posts/${post}/${deed}`)).status).toBe(404);
    expect(
      (await site.make.rows('select 1 from author_answers where post_id = $1', [post])).length,
    ).toBe(1);
  });
});

describe('screening that is unavailable', () => {
  it.each([
    ['throws', {}, 'screening-failed'],
    ['is switched off', { TRIAGE: 'off' }, 'screening-off'],
  ])(
    '%s: the post is published, and the queue shows that it was not screened',
    async (_how, env: Record<string, string>, reason) => {
      const site = await testApp({ workers: false, env });
      try {
        if (env.TRIAGE === undefined) {
          site.app.get(Screening).assess = () => {
            throw new Error('a rule broke');
          };
        }
        await site.make.community({ slug: 'here' });
        await site.make.join('writer', 'here');
        const writer = await site.as('writer');
        const posted = await writer.post(
          '/c/here/threads',
          { title: 'Words', body: 'Whatever they say.', kind: 'support', replyWish: 'listen' },
          '/c/here/new',
        );
        expect(posted.status).toBe(303);
        expect((await site.browser().follow(posted)).status).toBe(200);
        const rows = (await site.make.rows(
          `
            select c.tier, c.state, r.source, r.reason
            from review_cases c
            join case_reasons r on r.case_id = c.id
          `,
        )) as object[];
        expect(rows).toEqual([{ tier: 'unknown', state: 'open', source: 'triage', reason }]);
        expect(await site.app.get(Screening).state()).toBe(
          env.TRIAGE === undefined ? 'failing' : 'off',
        );
      } finally {
        await site.close();
      }
    },
  );
});
