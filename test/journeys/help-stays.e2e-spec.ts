import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SafetyPlans } from '../../src/safety-plans/safety-plans.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

const HOUR = 3_600_000;
const URGENT = 'I keep having thoughts of suicide.';
const CRISIS = 'I have decided to end my life tonight.';

/** The HTML of the section with this id, or an empty string. */
function sectionOf(html: string, id: string): string {
  return new RegExp(`<section [^>]*id="${id}"[^]*?</section>`).exec(html)?.[0] ?? '';
}

describe('help that stays after a review', () => {
  let site: TestApp;
  let author: Browser;
  let moderator: Browser;
  let thread = '';
  let post = '';

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.community({ slug: 'days' });
    for (const [handle, role] of [
      ['awake', 'member'],
      ['neighbour', 'member'],
      ['keeper', 'moderator'],
      ['second', 'moderator'],
    ] as const) {
      await site.make.join(handle, 'days', role);
    }
    author = await site.as('awake');
    moderator = await site.as('keeper');
    const posted = await write(CRISIS);
    thread = posted.thread;
    post = posted.post;
  });
  afterAll(() => site.close());

  async function write(body: string, by = author): Promise<{ thread: string; post: string }> {
    const form = { title: 'Now', body, kind: 'support', replyWish: 'listen' };
    const answer = await by.post('/c/days/threads', form, '/c/days/new');
    expect(answer.status).toBe(303);
    const id = (answer.location ?? '').replace('/t/', '');
    const [row] = (await site.make.rows(
      'select id from posts where thread_id = $1 and number = 1',
      [id],
    )) as { id: string }[];
    return { thread: id, post: row?.id ?? '' };
  }
  const openCase = async (id: string): Promise<string | undefined> =>
    (
      (await site.make.rows(`select id from review_cases where post_id = $1 and state = 'open'`, [
        id,
      ])) as { id: string }[]
    )[0]?.id;
  async function decide(id: string, action: string): Promise<void> {
    const one = await openCase(id);
    expect(
      (await moderator.post(`/mod/cases/${one}/decide`, { action }, `/mod/cases/${one}`)).status,
    ).toBe(303);
  }
  const close = (id: string): Promise<unknown> =>
    site.make.rows(`update review_cases set state = 'closed', closed_at = $2 where post_id = $1`, [
      id,
      site.clock.now(),
    ]);
  const page = async (path: string, by = author): Promise<string> => (await by.get(path)).html;

  it('is on the home page, folded, while the case is open, with a working button', async () => {
    const folded = sectionOf(await page('/'), 'care');
    expect(folded).toContain('<details class="fold">');
    expect(folded).toContain('href="tel:999"');
    expect(folded).toContain('href="tel:116123"');
    expect(folded).toContain(`action="/posts/${post}/need-now"`);
    const response = await author.post(`/posts/${post}/need-now`, { from: 'home' }, '/');
    expect([response.status, response.location]).toEqual([303, '/#care']);
    const after = sectionOf(await page('/'), 'care');
    expect(after).toMatch(/role="status">You told us that you need someone now \(just now\)\./);
    expect(after).toContain('<details class="fold" open>');
    expect(after).toContain(`action="/posts/${post}/need-now"`);
    expect(sectionOf(await page('/', moderator), 'care')).toBe('');
  });

  it('remains on both pages after the post is published and the case closed', async () => {
    await decide(post, 'dismiss');
    await close(post);
    const [row] = (await site.make.rows('select status, tier from posts where id = $1', [
      post,
    ])) as object[];
    expect(row).toEqual({ status: 'published', tier: 'none' });
    for (const [path, place] of [
      ['/', 'care'],
      [`/t/${thread}`, 'care-1'],
    ] as const) {
      const folded = sectionOf(await page(path), place);
      expect([place, folded.includes('<details class="fold">')]).toEqual([place, true]);
      expect(textOf(folded)).toContain('Help is here if you need it');
      expect(folded).toContain(`action="/posts/${post}/need-now"`);
      expect(folded).toContain('href="tel:999"');
      // The author's earlier answer belongs to the closed case and is no longer shown.
      expect(folded).not.toContain('You told us');
    }
    for (const reader of [await site.as('neighbour'), moderator])
      expect(sectionOf(await page(`/t/${thread}`, reader), 'care-1')).toBe('');
  });

  it('shows the author’s own card first, unless it is locked', async () => {
    const [{ id }] = (await site.make.rows(`select id from members where handle = 'awake'`)) as [
      { id: string },
    ];
    await site.app.get(SafetyPlans).saveCard(id, {
      people: 'My sister 020 7946 0000',
      lines: '',
      reasons: 'The garden in June',
    });
    for (const [path, place] of [
      ['/', 'care'],
      [`/t/${thread}`, 'care-1'],
    ] as const) {
      const text = sectionOf(await page(path), place);
      expect(text.indexOf('tel:02079460000')).toBeGreaterThan(-1);
      expect(text.indexOf('tel:02079460000')).toBeLessThan(text.indexOf('tel:999'));
    }
    await site.make.rows('insert into toolkit_settings (member_id, lock_minutes) values ($1, 10)', [
      id,
    ]);
    expect(sectionOf(await page('/'), 'care')).not.toContain('02079460000');
  });

  it('reopens the case at the top of the queue when the author needs someone after all', async () => {
    site.clock.move(70 * HOUR);
    author = await site.as('awake');
    expect(await openCase(post)).toBeUndefined();
    const response = await author.post(`/posts/${post}/need-now`);
    expect([response.status, response.location]).toEqual([303, `/t/${thread}#care-1`]);
    const rows = await site.make.rows(
      `
        select c.tier, r.source, r.reason
        from review_cases c
        join case_reasons r on r.case_id = c.id
        where c.post_id = $1 and c.state = 'open'
      `,
      [post],
    );
    expect(rows).toEqual([{ tier: 'crisis', source: 'author', reason: 'need-now' }]);
    expect(textOf(await page(`/t/${thread}`))).toContain('If your life is in danger now, call 999');
  });

  it('disappears after 72 hours, and not before', async () => {
    await close(post);
    site.clock.move(72 * HOUR - 60_000);
    author = await site.as('awake');
    expect(sectionOf(await page('/'), 'care')).not.toBe('');
    expect(sectionOf(await page(`/t/${thread}`), 'care-1')).not.toBe('');
    site.clock.move(120_000);
    expect(sectionOf(await page('/'), 'care')).toBe('');
    expect(sectionOf(await page(`/t/${thread}`), 'care-1')).toBe('');
  });

  it('remains with its button when the post is withdrawn or removed', async () => {
    const hard = await write(URGENT);
    expect((await author.post(`/posts/${hard.post}/delete`, {}, `/t/${hard.thread}`)).status).toBe(
      303,
    );
    expect(sectionOf(await page('/'), 'care')).toContain(`action="/posts/${hard.post}/need-now"`);
    const response = await author.post(`/posts/${hard.post}/need-now`, {}, '/');
    expect([response.status, response.location]).toEqual([303, '/#care']);
    // The button stays even if they may no longer read the community.
    const seat = (state: string, visibility: string) =>
      site.make.rows(
        `with place as (update communities set visibility = $2 where slug = 'days')
       update memberships
       set state = $1
       where member_id = (select id from members where handle = 'awake')`,
        [state, visibility],
      );
    await seat('asked', 'approval');
    expect((await author.get(`/t/${hard.thread}`)).status).toBe(404);
    expect(
      (await author.post(`/posts/${hard.post}/need-now`, { from: 'home' }, '/')).location,
    ).toBe('/#care');
    await seat('active', 'public');
    await close(hard.post);
  });

  it('is not shown for posts without a risk, and does not reveal a report', async () => {
    await site.make.rows(`update review_cases set state = 'closed', closed_at = $1`, [
      new Date(site.clock.ms() - 100 * HOUR),
    ]);
    const plain = await write('A plain day, and a long walk.');
    const reporter = await site.as('neighbour');
    expect(
      (
        await reporter.post(
          `/posts/${plain.post}/report`,
          { reason: 'danger-now' },
          `/posts/${plain.post}/report`,
        )
      ).status,
    ).toBe(303);
    expect(await openCase(plain.post)).toBeDefined();
    await close(plain.post);
    expect(sectionOf(await page('/'), 'care')).toBe('');
    expect(sectionOf(await page(`/t/${plain.thread}`), 'care-1')).toBe('');
  });
});
