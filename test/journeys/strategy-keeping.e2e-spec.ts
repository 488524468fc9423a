import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { starterPack } from '../../src/seed/starter.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

const WORDS = {
  name: 'A warmer cup',
  summary: 'Both hands round it.',
  steps: 'Fill it.\nHold it.',
  minutes: '5',
  energy: 'low',
  needs: 'numb',
  kinds: 'soothing',
  origin: 'charity',
  sourceName: 'A charity',
  sourceUrl: 'https://example.org/warm',
  reviewedOn: '2026-02-01',
};

describe('editing the library', () => {
  let site: TestApp;
  let admin: Browser;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.member('keeper', { role: 'admin' });
    admin = await site.as('keeper');
    await site.make.strategy({ slug: 'warm-cup', name: 'A warm cup' });
    await site.make.strategy({ slug: 'of-a-member', name: 'Of a member', author: 'sav' });
  });
  afterAll(() => site.close());

  const status = async (slug: string): Promise<unknown> =>
    (
      (await site.make.rows('select status from coping_strategies where slug = $1', [slug])) as {
        status: string;
      }[]
    )[0]?.status;

  it('an edit needs the current version, and earlier versions are kept', async () => {
    const page = '/admin/strategies/warm-cup';
    expect((await admin.post(page, { ...WORDS, version: '1' }, page)).status).toBe(303);
    expect(
      (await admin.post(page, { ...WORDS, name: 'From another tab', version: '1' }, page)).status,
    ).toBe(409);
    const faulty = await admin.post(
      page,
      {
        ...WORDS,
        version: '2',
        sourceUrl: 'javascript:alert(1)',
        reviewedOn: 'soon',
        steps: 'Take two tablets.',
      },
      page,
    );
    expect(faulty.status).toBe(422);
    expect(textOf(faulty.html)).toContain('begins with https://');
    expect(textOf(faulty.html)).toContain('year-month-day');
    expect(faulty.html).toContain('Take two tablets.');
    expect(
      (await admin.post(page, { ...WORDS, version: '2', steps: 'Take two tablets.' }, page)).status,
    ).toBe(422);
    const shown = textOf((await site.browser().get('/strategies/warm-cup')).html);
    expect(shown).toContain('A warmer cup');
    expect(shown).toContain('Last reviewed on 1 February 2026');
    expect(
      await site.make.rows(
        `select version, wording ->> 'name' as name from coping_strategy_versions`,
      ),
    ).toEqual([{ version: 1, name: 'A warm cup' }]);
  });

  it('a member’s strategy can be withdrawn with a reason they are told, but not rewritten', async () => {
    const page = '/admin/strategies/of-a-member';
    expect((await admin.post(page, { ...WORDS, version: '1' }, page)).status).toBe(403);
    expect((await admin.post(`${page}/withdraw`, { reason: '' }, page)).status).toBe(422);
    expect(
      (await admin.post(`${page}/withdraw`, { reason: 'It names a place.' }, page)).status,
    ).toBe(303);
    expect(await status('of-a-member')).toBe('withdrawn');
    expect((await (await site.as('sav')).get('/strategies/mine')).html).toContain(
      'It names a place.',
    );
    expect((await admin.post(`${page}/publish`, {}, page)).status).toBe(303);
    expect(await status('of-a-member')).toBe('published');
    await (await site.as('sav')).post('/strategies/of-a-member/withdraw', {}, '/strategies/mine');
    expect((await admin.post(`${page}/publish`, {}, page)).status).toBe(409);
    const deeds = (await site.make.rows('select deed from moderation_log order by id')) as {
      deed: string;
    }[];
    expect(deeds.map(({ deed }) => deed)).toEqual([
      'strategy.changed',
      'strategy.withdrawn',
      'strategy.published',
    ]);
    expect((await admin.get('/mod/log')).status).toBe(200);
  });

  it('a pack is imported atomically with every error listed, and can be exported', async () => {
    const page = '/admin/strategies/import';
    const broken = JSON.parse(starterPack()) as { strategies: Record<string, unknown>[] };
    Object.assign(broken.strategies[3] ?? {}, { minutes: 0 });
    const refused = await admin.post(page, { pack: JSON.stringify(broken) }, page);
    expect(refused.status).toBe(422);
    expect(textOf(refused.html)).toContain(
      'strategies[3].minutes : Enter how many minutes it takes',
    );
    expect(refused.html).toContain('sameboat-strategy-pack');
    const before = await site.make.rows('select count(*)::int as count from coping_strategies');
    expect(before).toEqual([{ count: 2 }]);
    const done = await admin.post(page, { pack: starterPack() }, page);
    expect(textOf(done.html)).toMatch(/\d+ new, 0 updated, 0 unchanged/);
    expect(textOf((await admin.post(page, { pack: starterPack() }, page)).html)).toMatch(
      /0 new, 0 updated, \d+ unchanged/,
    );
    const out = await admin.get('/admin/strategies/export');
    expect(out.headers.get('content-disposition')).toContain('attachment');
    const pack = JSON.parse(out.html) as { strategies: { slug: string }[] };
    expect(pack.strategies.some(({ slug }) => slug === 'of-a-member')).toBe(false);
    expect((await admin.post(page, { pack: out.html }, page)).status).toBe(200);
    expect((await admin.get('/admin/strategies?status=published&q=cup')).html).toContain(
      'A warmer cup',
    );
  });

  it('ratings before and after are pooled from ten people on, one rating per person', async () => {
    const count = (people: number) =>
      site.make.rows(
        `insert into check_ins (id, member_id, strategy_id, before, after, pooled, made_at)
       select 1000 * $1 + n, m.id, s.id, 3, 6, true, now()
       from coping_strategies s, generate_series(1, $1) n
       join members m on m.handle = 'counter-' || chr(96 + n::int)
       where s.slug = 'warm-cup'`,
        [people],
      );
    for (let n = 1; n <= 10; n += 1)
      await site.make.member(`counter-${String.fromCharCode(96 + n)}`);
    await count(9);
    await count(5);
    const guest = site.browser();
    expect(textOf((await guest.get('/strategies/warm-cup')).html)).toContain(
      'Too few people have said so far',
    );
    await count(10);
    expect(textOf((await guest.get('/strategies/warm-cup')).html)).toContain(
      '10 people noted a score before and after. Typically they went from 3 to 6. ' +
        'Most changed by 3.',
    );
    await site.make.rows(
      `
        insert into strategy_feedback (strategy_id, member_id, helped, need)
        select s.id, m.id, true, 'numb'
        from coping_strategies s, members m
        where s.slug = 'warm-cup' and m.handle like 'counter-%'
      `,
    );
    expect(textOf((await guest.get('/strategies/warm-cup')).html)).toContain(
      'Feeling numb or far away: 10 people noted',
    );
  });
});
