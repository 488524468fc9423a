import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Screening } from '../../src/triage/screening.js';
import { SearchVocabulary } from '../../src/search/vocabulary.service.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

describe('the search', () => {
  let site: TestApp;
  let guest: Browser;
  let member: Browser;
  let moderator: Browser;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.community({ slug: 'open', topics: ['Work'] });
    await site.make.community({ slug: 'inner', visibility: 'members' });
    for (const slug of ['open', 'inner']) {
      await site.make.join('writer', slug);
      await site.make.join('reader', slug);
    }
    await site.make.join('keeper', 'inner', 'moderator');
    await site.make.thread({
      community: 'open',
      author: 'writer',
      title: 'Lighthouse at noon',
      body: 'We walked to the lighthouse & back <b>slowly</b>.',
    });
    await site.make.thread({
      community: 'inner',
      author: 'writer',
      title: 'Lighthouse at night',
      body: 'Only we know of this lighthouse.',
    });
    await site.make.strategy({ slug: 'count-the-waves', name: 'Count the waves' });
    guest = site.browser();
    member = await site.as('reader');
    moderator = await site.as('keeper');
  });
  afterAll(() => site.close());

  const find = async (browser: Browser, query: string): Promise<string> => {
    const answer = await browser.get(`/search?${query}`);
    expect(answer.status).toBe(200);
    return textOf(answer.html.slice(answer.html.indexOf('<main'), answer.html.indexOf('</main>')));
  };
  const posts = (title: string) =>
    site.make.rows(
      `
        select p.id, p.thread_id as thread
        from posts p
        join threads t on t.id = p.thread_id
        where t.title = $1
      `,
      [title],
    ) as Promise<[{ id: string; thread: string }]>;

  it('shows guests public posts and members their communities’ too, escaped and highlighted', async () => {
    const page = await guest.get('/search?q=lighthouse');
    expect(page.html).toContain('<mark>lighthouse</mark> &amp; back');
    expect(page.html).not.toContain('<b>slowly');
    expect(textOf(page.html)).not.toContain('at night');
    const theirs = await find(member, 'q=lighthouse');
    expect(theirs).toContain('Lighthouse at noon');
    expect(theirs).toContain('Lighthouse at night');
    expect(await find(await site.as('stranger'), 'q=lighthouse')).not.toContain('at night');
  });

  it('keeps queries out of caches, referrers and search engines', async () => {
    const { headers, html } = await guest.get('/search?q=lighthouse');
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(html).toContain('<meta name="robots" content="noindex">');
  });

  it('leaves out held, hidden and withdrawn posts for every reader', async () => {
    const thread = await site.make.thread({
      community: 'inner',
      author: 'writer',
      title: 'Snowdrop',
      body: 'The first snowdrop.',
    });
    for (const browser of [member, moderator])
      expect(await find(browser, 'q=snowdrop')).toContain('first snowdrop');
    for (const status of ['held', 'hidden', 'removed', 'withdrawn']) {
      await site.make.rows('update posts set status = $2 where thread_id = $1', [thread, status]);
      await site.make.rows('update threads set status = $2 where id = $1', [thread, status]);
      for (const browser of [member, moderator])
        expect({
          status,
          found: (await find(browser, 'q=snowdrop')).includes('Nothing found'),
        }).toEqual({ status, found: true });
    }
    await site.make.rows(`update posts set status = 'published' where thread_id = $1`, [thread]);
    await site.make.rows(`update threads set status = 'published' where id = $1`, [thread]);
    expect(await find(member, 'q=snowdrop')).toContain('first snowdrop');
  });

  it('never finds posts in a crisis, nor replies to them', async () => {
    const thread = await site.make.thread({
      community: 'open',
      author: 'writer',
      title: 'Foxglove',
      body: 'A foxglove stood there.',
    });
    await site.make.reply({ thread, author: 'reader', body: 'That foxglove, yes.' });
    expect(await find(guest, 'q=foxglove')).toContain('Foxglove');
    await site.make.rows(`update posts set tier = 'urgent' where thread_id = $1 and number = 1`, [
      thread,
    ]);
    expect(await find(guest, 'q=foxglove')).toContain('Nothing found');
    expect(await find(member, 'q=foxglove')).toContain('Nothing found');
  });

  it('shows a members-only post only to members', async () => {
    const thread = await site.make.thread({
      community: 'open',
      author: 'writer',
      title: 'Hazelnut',
      body: 'One hazelnut.',
    });
    await site.make.rows('update posts set members_only = true where thread_id = $1', [thread]);
    expect(await find(guest, 'q=hazelnut')).toContain('Nothing found');
    await site.make.member('outsider');
    expect(await find(await site.as('outsider'), 'q=hazelnut')).toContain('Nothing found');
    expect(await find(member, 'q=hazelnut')).toContain('Hazelnut');
  });

  it('respects blocks, muted threads, notes and words', async () => {
    await site.make.thread({
      community: 'open',
      author: 'loud',
      title: 'Marigold',
      body: 'A marigold.',
    });
    expect(await find(member, 'q=marigold')).toContain('Marigold');
    await site.make.rows(
      `
        insert into blocks (member_id, blocked_id)
        select a.id, b.id
        from members a, members b
        where a.handle = 'reader' and b.handle = 'loud'
      `,
    );
    expect(await find(member, 'q=marigold')).toContain('Nothing found');
    expect(await find(guest, 'q=marigold')).toContain('Marigold');
    await site.make.rows('delete from blocks');
    await site.make.rows(
      `
        insert into muted_words (member_id, word)
        select id, 'marigold'
        from members
        where handle = 'reader'
      `,
    );
    expect(await find(member, 'q=marigold')).toContain('Nothing found');
    await site.make.rows('delete from muted_words');
    const [{ thread }] = await posts('Marigold');
    await site.make.rows(
      `
        insert into thread_follows (thread_id, member_id, level)
        select $1, id, 'muted'
        from members
        where handle = 'reader'
      `,
      [thread],
    );
    expect(await find(member, 'q=marigold')).toContain('Nothing found');
  });

  it('shows the content notes instead of an excerpt', async () => {
    await site.make.thread({
      community: 'open',
      author: 'writer',
      title: 'Juniper',
      body: 'Long juniper days.',
      notes: ['medical-detail'],
    });
    const text = await find(guest, 'q=juniper');
    expect(text).toContain('medical details');
    expect(text).not.toContain('Long juniper days');
  });

  it('filters by community, kind, need, topic and time', async () => {
    expect(await find(member, 'q=lighthouse&community=inner')).not.toContain('at noon');
    expect(await find(member, 'q=lighthouse&community=inner')).toContain('at night');
    expect(await find(member, 'q=lighthouse&kind=win')).toContain('Nothing found');
    expect(await find(member, 'q=lighthouse&kind=support&need=listen')).toContain('at noon');
    await site.make.rows(
      `update threads set topic = 'It''s \\ work' where title = 'Lighthouse at noon'`,
    );
    expect(await find(member, `q=lighthouse&tag=${encodeURIComponent("It's \\ work")}`)).toContain(
      'at noon',
    );
    expect(await find(member, 'q=lighthouse&tag=Other')).toContain('Nothing found');
    await site.make.rows(
      `
        update threads
        set last_post_at = now() - interval '40 days'
        where title = 'Lighthouse at noon'
      `,
    );
    expect(await find(guest, 'q=lighthouse&since=month')).toContain('Nothing found');
    expect(await find(guest, 'q=lighthouse&since=year')).toContain('at noon');
    expect(await find(guest, 'q=lighthouse&community=inner')).toContain('Nothing found');
  });

  it('suggests strategies, communities and the finder if there is no thread', async () => {
    await site.make.strategy({ slug: 'quiet-teacup', name: 'A quiet teacup' });
    await site.make.community({ slug: 'teacups', visibility: 'public' });
    const { html } = await site.browser().get('/search?q=teacup');
    expect(html).toContain('Nothing found');
    for (const link of ['/strategies/quiet-teacup', '/c/teacups', '/find?q&#x3D;teacup'])
      expect(html).toContain(`href="${link}"`);
    expect(html).toContain('Strategies that may fit');
    expect(await find(site.browser(), 'q=teacups+kill+myself')).not.toContain('may fit');
    expect(html).not.toContain('Search again without filters');
    const filtered = (await site.browser().get('/search?q=teacup&kind=win')).html;
    expect(filtered).toContain('Search again without filters');
  });

  it('counts what there is in each place, and suggests it beside the results', async () => {
    await site.make.strategy({ slug: 'thimble-walk', name: 'A walk with a thimble' });
    await site.make.strategy({ slug: 'other-walk', name: 'Walk to the corner' });
    await site.make.thread({ community: 'open', author: 'writer', title: 'My thimble' });
    const { html } = await guest.get('/search?q=thimble');
    for (const label of ['Threads (1)', 'Strategies (1)', '>Communities<'])
      expect(html).toContain(label);
    expect(html).toContain('href="/strategies/thimble-walk"');
    expect(html).not.toContain('href="/strategies/other-walk"');
    const strategies = (await guest.get('/search?q=thimble&in=strategies')).html;
    expect(strategies).toContain('Strategies (1)');
    expect(strategies).not.toContain('Strategies that may fit');
    for (let n = 0; n < 12; n += 1)
      await site.make.thread({ community: 'open', author: 'writer', title: `Bobbin ${n}` });
    expect((await guest.get('/search?q=bobbin')).html).toContain('Threads (more than 10)');
  });

  it('finds strategies and communities, ignoring accents and inflection', async () => {
    expect(await find(guest, 'q=wave&in=strategies')).toContain('Count the waves');
    expect(await find(guest, 'q=inner&in=communities')).toContain('The inner');
    await site.make.rows(`update communities set visibility = 'unlisted' where slug = 'inner'`);
    expect(await find(guest, 'q=inner&in=communities')).toContain('Nothing found');
    expect(await find(member, 'q=inner&in=communities')).toContain('The inner');
    await site.make.rows(`update communities set visibility = 'members' where slug = 'inner'`);
    await site.make.thread({
      community: 'open',
      author: 'writer',
      title: 'In the café',
      body: 'Un café tranquilo.',
    });
    for (const q of ['cafe', 'CAFÉ', 'cafes'])
      expect(await find(guest, `q=${encodeURIComponent(q)}`)).toContain('In the café');
  });

  it('corrects typos to words that more than one author has used here', async () => {
    for (const number of ['one', 'two', 'three'])
      await site.make.thread({
        community: 'open',
        author: 'writer',
        title: `Harvest ${number}`,
        body: 'Apples.',
      });
    await site.make.thread({
      community: 'inner',
      author: 'writer',
      title: 'Quicksilver',
      body: 'Hidden.',
    });
    await site.app.get(SearchVocabulary, { strict: false }).collect();
    expect(await find(guest, 'q=harvset')).toContain(
      'We found nothing for “harvset”. These results are for “harvest”.',
    );
    expect(await find(member, 'q=quikcsilver')).not.toContain('quicksilver');
    expect(await find(guest, 'q=lighthouse+harvest')).toContain('These results have some of them.');
  });

  it('shows help first for a query at risk, without suggestions', async () => {
    const screening = site.app.get(Screening, { strict: false });
    const real = screening.assess;
    expect(await find(guest, 'q=harvset')).not.toContain('If this is about you');
    screening.assess = () => ({
      tier: 'crisis',
      named: 'crisis',
      signals: [{ rule: 'test.rule', span: [0, 1], why: 'A test' }],
      rulesVersion: 'test',
    });
    const page = await guest.get('/search?q=harvset');
    screening.assess = real;
    expect(page.html.indexOf('If this is about you')).toBeLessThan(page.html.indexOf('name="q"'));
    expect(page.html.indexOf('If this is about you')).toBeGreaterThan(0);
    expect(textOf(page.html)).not.toContain('harvest');
    expect(await find(guest, 'q=suicidal')).toContain('If this is about you');
  });

  it.each([
    ["'; drop table posts; --"],
    ['"unclosed quotation'],
    ['a & | ! ( ) <-> :* b'],
    ['-lighthouse'],
    ['!!!'],
    ['😀😀'],
    ['שלום עולם'],
    ['\u202Eabc'],
    ['the and of'],
    ['x'.repeat(10_000)],
    ['lighthouse '.repeat(900)],
    ['%_\\'],
    ['<script>alert(1)</script>'],
    ['#c1'],
    ["'#o'"],
    ['\uE000mark\uE001'],
  ])('tolerates %s', async (q) => {
    for (const place of ['threads', 'strategies', 'communities']) {
      const answer = await guest.get(`/search?in=${place}&q=${encodeURIComponent(q)}`);
      expect(answer.status).toBe(200);
      expect(answer.html).not.toContain('<script>alert');
    }
    expect((await member.get(`/mine?q=${encodeURIComponent(q)}`)).status).toBe(200);
  });

  it('tolerates lone surrogates, repeated fields and invalid page numbers', async () => {
    for (const query of [
      'q=%ED%A0%80',
      'q=%E0%A4%A',
      'q=a&q=b',
      'q[]=a',
      'q=',
      '',
      'q=lighthouse&page=0',
      'q=lighthouse&page=99',
      'q=lighthouse&page=x',
      'q=lighthouse&in=x&since=x&kind=x&need=x&community=%F0%9F%98%80&tag=%01',
    ]) {
      expect({ query, status: (await member.get(`/search?${query}`)).status }).toEqual({
        query,
        status: 200,
      });
    }
  });

  it('saves a search for its owner only on request', async () => {
    await find(member, 'q=lighthouse&community=open');
    expect(await site.make.rows('select * from saved_searches')).toEqual([]);
    const kept = await member.post(
      '/search/saved',
      { name: 'By the sea', q: 'lighthouse', community: 'open', since: 'nonsense' },
      '/search?q=x',
    );
    expect(kept.location).toBe('/search?q=lighthouse&community=open');
    expect((await member.get('/search')).html).toContain(
      'href="/search?q&#x3D;lighthouse&amp;community&#x3D;open"',
    );
    expect((await moderator.get('/search')).html).not.toContain('By the sea');
    const faulty = await member.post(
      '/search/saved',
      { name: ' ', q: 'lighthouse' },
      '/search?q=x',
    );
    expect(faulty.status).toBe(422);
    expect(faulty.html).toContain('name="q" value="lighthouse"');
    const [{ id }] = (await site.make.rows('select id from saved_searches')) as [{ id: string }];
    await moderator.post(`/search/saved/${id}/remove`);
    expect((await member.get('/mine')).html).toContain('By the sea');
    await member.post(`/search/saved/${id}/remove`);
    expect((await member.get('/mine')).html).not.toContain('By the sea');
  });

  it('finds the member’s own posts under any name, drafts and bookmarks, and nobody else’s', async () => {
    const writer = await site.as('writer');
    const own = await site.make.thread({
      community: 'open',
      author: 'writer',
      title: 'Pebbles',
      body: 'Smooth pebbles.',
      alias: 'quiet-lamp',
    });
    await writer.post(
      '/drafts',
      { place: '/c/open/threads', title: 'Half a thought', body: 'Of péar trees' },
      '/c/open/new',
    );
    const [{ thread }] = await posts('Lighthouse at noon');
    await writer.post(`/t/${thread}/save`, {}, `/t/${own}`);
    const page = textOf((await writer.get('/mine')).html);
    for (const words of [
      'Smooth pebbles.',
      'Under the name quiet-lamp.',
      'Half a thought',
      'Saved threads',
      'Lighthouse at noon',
    ])
      expect(page).toContain(words);
    expect(textOf((await writer.get('/mine?q=pear')).html)).toContain('Half a thought');
    expect(textOf((await writer.get('/mine?q=pear')).html)).not.toContain('Smooth pebbles');
    const other = textOf((await member.get('/mine')).html);
    for (const words of ['pebbles', 'Half a thought']) expect(other).not.toContain(words);
  });
});
