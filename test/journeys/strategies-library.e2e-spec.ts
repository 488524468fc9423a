import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

describe('the library of strategies', () => {
  let site: TestApp;
  let guest: Browser;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    guest = site.browser();
    await site.make.strategy({
      slug: 'long-breath',
      name: 'A long breath',
      minutes: 2,
      needs: ['panic'],
      kinds: ['breathing'],
      places: ['in-bed', 'at-work'],
      times: ['at-night'],
      challenges: ['anxiety'],
    });
    await site.make.strategy({
      slug: 'slow-walk',
      name: 'A slow walk',
      minutes: 15,
      energy: 'some',
      needs: ['panic', 'low'],
      kinds: ['movement'],
      places: ['outdoors'],
      challenges: ['low-mood'],
    });
    await site.make.strategy({
      slug: 'hidden-draft',
      name: 'Not yet ready',
      status: 'proposed',
      author: 'writer',
      needs: ['panic'],
    });
    for (let n = 0; n < 30; n += 1)
      await site.make.strategy({
        slug: `filler-${n}`,
        name: `Filler ${n}`,
        minutes: 30,
        needs: ['worry'],
      });
  });
  afterAll(() => site.close());

  const shown = async (path: string, who = guest): Promise<string[]> =>
    [
      ...(await who.get(path)).html.matchAll(
        /class="card__title"><a href="\/strategies\/([a-z0-9-]+)"/g,
      ),
    ].map(([, slug]) => slug ?? '');

  it.each([
    ['?need=panic', ['long-breath', 'slow-walk']],
    ['?need=panic&minutes=5', ['long-breath']],
    ['?need=panic&place=outdoors', ['slow-walk']],
    ['?need=panic&energy=low', ['long-breath']],
    ['?challenge=low-mood', ['slow-walk']],
    ['?category=breathing', ['long-breath']],
    ['?kind=movement&need=low&time=', ['slow-walk']],
    ['?q=walking', ['slow-walk']],
    ['?q=walk&need=worry', []],
    ['?need=nonsense&place=nowhere&minutes=2', ['long-breath']],
  ])('%s filters in any combination', async (query, expected) => {
    expect(await shown(`/strategies${query}`)).toEqual(expected);
  });

  it('shows only published strategies, and a kind message if nothing matches', async () => {
    expect(textOf((await guest.get('/strategies?need=panic&kind=connection')).html)).toContain(
      'Nothing matches all of that yet',
    );
    expect((await guest.get('/strategies/hidden-draft')).status).toBe(404);
    expect((await guest.get('/strategies?q=ready')).html).not.toContain('Not yet ready');
  });

  it.each([
    "?q='--",
    '?q=%01',
    '?q=%F0%9F%98%80',
    '?q=a:*%26|!(',
    '?after=x',
    '?minutes=-1',
    '?need[]=x',
    `?q=${'x'.repeat(500)}`,
  ])('%s causes no error', async (query) => {
    expect((await guest.get(`/strategies${query}`)).status).toBe(200);
  });

  it('is paged, with each strategy once', async () => {
    const first = await guest.get('/strategies');
    const next =
      /rel="next" href="([^"]+)"/
        .exec(first.html)?.[1]
        ?.replaceAll('&amp;', '&')
        .replaceAll('&#x3D;', '=') ?? '';
    expect(next).toContain('after=');
    const all = [...(await shown('/strategies')), ...(await shown(next))];
    expect(all.length).toBe(32);
    expect(new Set(all).size).toBe(32);
    expect(all[0]).toBe('long-breath');
  });

  it('costs the same number of queries for any filter', async () => {
    const kim = await site.as('kim');
    const cost = async (path: string): Promise<number> => {
      // Freeze the clock: on a slow machine, expired caches would add queries to the count.
      site.clock.freeze();
      const before = site.sql.count;
      expect((await kim.get(path)).status).toBe(200);
      return site.sql.count - before;
    };
    await cost('/strategies');
    // The session, what has changed, and what the member hid; then the list, if it is not cached.
    for (const path of [
      '/strategies?need=low',
      '/strategies?need=panic',
      '/strategies?q=walk&place=outdoors',
      '/strategies?after=30-1',
    ])
      expect({ path, queries: await cost(path) }).toEqual({ path, queries: 4 });
    expect(await cost('/strategies/pick?need=panic')).toBeLessThanOrEqual(5);
    expect(await cost('/strategies/slow-walk')).toBeLessThanOrEqual(8);
  });

  it('picks no strategy for other circumstances unless requested', async () => {
    const guest = site.browser();
    const bound = { minutes: 3, needs: ['flashback'] };
    await site.make.strategy({ slug: 'cot-first', ...bound, challenges: ['new-parents'] });
    const pick = async (query: string): Promise<string> =>
      (await guest.get(`/strategies/pick?need=flashback&minutes=5${query}`)).html;
    expect(await pick('')).not.toContain('cot-first');
    expect(await pick('&challenge=new-parents')).toContain('cot-first');
    await site.make.strategy({
      slug: 'for-many',
      ...bound,
      challenges: ['new-parents', 'trauma'],
    });
    const picked = await pick('');
    expect(picked).toContain('for-many');
    // The picked strategy can be used and saved right away.
    expect(picked).toContain('href="/toolkit/use/for-many"');
    const member = await site.member('picks-one');
    const { html } = await member.get('/strategies/pick?need=flashback&minutes=5');
    expect(html).toContain('action="/strategies/for-many/save"');
    expect((await member.post('/strategies/for-many/save')).location).toBe('/strategies/for-many');
  });

  it('picks one for a need and a time, another on demand, and says if nothing matches', async () => {
    const picked = await guest.get('/strategies/pick?need=low&minutes=20');
    expect(picked.html).toContain('A slow walk');
    expect(
      textOf((await guest.get('/strategies/pick?need=low&minutes=20&not=slow-walk')).html),
    ).toContain('Nothing else fits');
    const none = textOf((await guest.get('/strategies/pick?need=low&minutes=2')).html);
    expect(none).toContain('We have nothing that short yet');
    expect(none).toContain('A slow walk');
    expect(textOf((await guest.get('/strategies/pick')).html)).toContain('Say what is hard');
  });

  it('is available for print and as plain text', async () => {
    expect((await guest.get('/strategies/long-breath/print')).html).toContain('print-card');
    const text = await guest.get('/strategies/long-breath.txt');
    expect(text.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(text.html).toContain('A long breath\n=============\nSomething to try.');
    expect(text.html).toContain('1. One thing.\n2. Another thing.');
    expect(text.html).toMatch(/\/help-now\n$/);
    expect((await guest.get('/strategies/no-such.txt')).status).toBe(404);
  });

  it('leaves out what a member hid, for that member alone, until they change their mind', async () => {
    const kim = await site.as('kim');
    expect(
      (await kim.post('/strategies/long-breath/hide', {}, '/strategies/long-breath')).status,
    ).toBe(303);
    expect(await shown('/strategies?need=panic', kim)).toEqual(['slow-walk']);
    expect(await shown('/strategies?need=panic')).toEqual(['long-breath', 'slow-walk']);
    expect((await kim.get('/strategies/hidden')).html).toContain('A long breath');
    await kim.post('/strategies/long-breath/unhide', {}, '/strategies/hidden');
    expect(await shown('/strategies?need=panic', kim)).toEqual(['long-breath', 'slow-walk']);
  });

  it('counts by need whom a strategy helped, anonymously, and withholds counts under five', async () => {
    const say = async (handle: string, fields: Record<string, string>): Promise<number> =>
      (
        await (
          await site.as(handle)
        ).post('/strategies/slow-walk/feedback', fields, '/strategies/slow-walk')
      ).status;
    for (const letter of 'abcd')
      expect(
        await say(`helped-${letter}`, { answer: 'helped', need: 'low', situation: 'out' }),
      ).toBe(303);
    expect(textOf((await guest.get('/strategies/slow-walk')).html)).toContain(
      'Too few people have said so far',
    );
    await say('helped-e', { answer: 'helped', need: 'low' });
    await say('helped-e', { answer: 'helped', need: 'low' });
    for (const letter of 'abcd')
      await say(`not-${letter}`, { answer: 'not-for-me', need: 'panic' });
    const page = textOf((await guest.get('/strategies/slow-walk')).html);
    expect(page).toContain('It helped 5 people with: Feeling low.');
    expect(page).not.toMatch(/4 people|9 people/);
    await say('helped-a', { answer: 'none' });
    expect(textOf((await guest.get('/strategies/slow-walk')).html)).toContain(
      'Too few people have said so far',
    );
    expect(await say('helped-a', { answer: 'five-stars' })).toBe(422);
    expect(await say('helped-a', { answer: 'helped', need: 'fame' })).toBe(422);
    expect(
      (
        await (
          await site.as('kim')
        ).post('/strategies/hidden-draft/feedback', { answer: 'helped' }, '/strategies/slow-walk')
      ).status,
    ).toBe(404);
  });

  it('shows a translation with the version it was made from', async () => {
    await site.make.strategy({
      slug: 'paseo',
      name: 'Un paseo lento',
      language: 'es',
      needs: ['low'],
    });
    await site.make.rows(
      `
        update coping_strategies
        set translation_of = (select id from coping_strategies where slug = 'slow-walk'),
          translated_version = 1
        where slug = 'paseo'
      `,
    );
    expect(textOf((await guest.get('/strategies/paseo')).html)).toContain(
      'Translated from version 1 of “A slow walk”.'.slice(0, -1),
    );
    expect((await guest.get('/strategies/slow-walk')).html).toMatch(
      /<a href="\/strategies\/paseo" lang="es"/,
    );
    await site.make.rows(`update coping_strategies set version = 2 where slug = 'slow-walk'`);
    expect(textOf((await guest.get('/strategies/paseo')).html)).toContain(
      'which has changed since',
    );
    expect(await shown('/strategies?need=low')).toEqual(['slow-walk']);
  });
});
