import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

describe('the toolkit', () => {
  let site: TestApp;
  let sav: Browser;
  const itemOf = async (name: string): Promise<string> =>
    /\/toolkit\/items\/(\d+)"[^>]*>[^<]*/.exec(
      (await sav.get(`/toolkit?q=${encodeURIComponent(name)}`)).html,
    )?.[1] ?? '';
  const kit = async (path = '/toolkit'): Promise<string> => textOf((await sav.get(path)).html);

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.strategy({ slug: 'cold-water', name: 'Cold water on the wrists' });
    await site.make.strategy({ slug: 'long-walk', name: 'A long walk' });
    await site.make.strategy({
      slug: 'shared-song',
      name: 'The song of somebody',
      author: 'singer',
    });
    sav = await site.as('sav');
  });
  afterAll(() => site.close());

  it('explains itself while it is empty', async () => {
    expect(await kit()).toContain('Nothing saved yet');
  });

  it('saves a strategy with a note once, however often the button is pressed', async () => {
    await sav.post('/strategies/cold-water/save', { note: 'Works after bad news.' });
    await Promise.all([
      sav.post('/strategies/cold-water/save'),
      sav.post('/strategies/cold-water/save'),
    ]);
    await sav.post('/strategies/long-walk/save');
    const page = await kit();
    expect(page.match(/Cold water on the wrists/g)?.length).toBe(1);
    expect(page).toContain('Works after bad news.');
    expect(page).toContain('A long walk');
  });

  it('is mentioned on the page of a saved strategy', async () => {
    expect(textOf((await sav.get('/strategies/cold-water')).html)).toContain(
      'This is in your toolkit.',
    );
    expect(textOf((await (await site.as('other')).get('/strategies/cold-water')).html)).toContain(
      'Save to my toolkit',
    );
  });

  it('can be reordered with buttons', async () => {
    const walk = await itemOf('long walk');
    expect((await kit()).indexOf('A long walk')).toBeGreaterThan(
      (await kit()).indexOf('Cold water'),
    );
    await sav.post(`/toolkit/items/${walk}/move`, { to: 'up' });
    expect((await kit()).indexOf('A long walk')).toBeLessThan((await kit()).indexOf('Cold water'));
  });

  it('has one form for both directions of an item, without a way past either end', async () => {
    const { html } = await sav.get('/toolkit');
    const forms = html.split('<form').filter((form) => form.includes('/move"'));
    expect(
      forms.map((form) => [...form.matchAll(/value="(up|down)"/g)].map(([, to]) => to)),
    ).toEqual([['down'], ['up']]);
    expect(forms.join('')).not.toContain('name="back"');
  });

  it('stores own steps, an own name and a collection without changing the library', async () => {
    const id = await itemOf('Cold water');
    const answer = await sav.post(`/toolkit/items/${id}`, {
      name: 'The cold trick',
      note: 'Works after bad news.',
      steps: '1. Run the tap\n- Count to twenty',
      newCollection: 'At night',
    });
    expect(answer.status).toBe(303);
    expect(await kit()).toContain('The cold trick');
    const collection =
      /\?collection(?:=|&#x3D;)(\d+)"[^>]*>At night/.exec((await sav.get('/toolkit')).html)?.[1] ??
      '';
    const night = await kit(`/toolkit?collection=${collection}`);
    expect(night).toContain('The cold trick');
    expect(night).not.toContain('A long walk');
    expect(textOf((await site.browser().get('/strategies/cold-water')).html)).not.toContain(
      'Run the tap',
    );
  });

  it('guides through one step at a time, one’s own or the library’s', async () => {
    const own = textOf((await sav.get('/toolkit/use/cold-water?step=1')).html);
    expect(own).toContain('Run the tap');
    expect(own).not.toContain('Count to twenty');
    expect(own).toContain('Step 1 of 2');
    expect(textOf((await sav.get('/toolkit/use/cold-water?step=1&original=1')).html)).toContain(
      'One thing.',
    );
    expect(textOf((await site.browser().get('/toolkit/use/cold-water?step=2')).html)).toContain(
      'Another thing.',
    );
    for (const beyond of ['9', '-1', 'x', '99999'])
      expect((await sav.get(`/toolkit/use/cold-water?step=${beyond}`)).status).toBe(404);
  });

  it('records how it went, optionally, once for each use', async () => {
    const fields = { before: '2', after: '6', note: 'Calmer.', idempotencyKey: 'one-use' };
    for (let n = 0; n < 2; n += 1)
      expect((await sav.post('/strategies/cold-water/check-ins', fields)).status).toBe(303);
    expect(await kit()).toContain('used once');
    const wrongs: Record<string, string>[] = [
      { before: '11' },
      { after: '-1' },
      { before: 'many' },
      { before: '2.5' },
      {},
      { note: 'x'.repeat(4_001) },
    ];
    for (const wrong of wrongs) {
      const answer = await sav.post('/strategies/cold-water/check-ins', wrong);
      expect(answer.status).toBe(422);
      if (wrong.note !== undefined) expect(answer.html).toContain(wrong.note);
    }
  });

  it('holds things that are in no library', async () => {
    const fields = {
      name: 'Grandmother’s tea',
      note: 'Two bags.',
      steps: 'Boil water\nSit down',
      idempotencyKey: 'tea',
    };
    await Promise.all([sav.post('/toolkit/items', fields), sav.post('/toolkit/items', fields)]);
    const page = await kit('/toolkit?q=grandmother');
    expect(page).toContain('One result.');
    const id = await itemOf('Grandmother');
    expect(textOf((await sav.get(`/toolkit/items/${id}/use?step=2`)).html)).toContain('Sit down');
    const nameless = await sav.post('/toolkit/items', { name: '', note: 'Words that stay' });
    expect(nameless.status).toBe(422);
    expect(nameless.html).toContain('Words that stay');
  });

  it('says when a strategy was withdrawn, and keeps one’s own steps and notes', async () => {
    await sav.post('/strategies/shared-song/save', { note: 'For Sundays.' });
    expect(await kit()).toContain('The song of somebody');
    await site.make.rows(
      `update coping_strategies set status = 'withdrawn' where slug = 'shared-song'`,
    );
    const page = await kit();
    expect(page).not.toContain('The song of somebody');
    expect(page).toContain('This strategy was withdrawn');
    expect(page).toContain('For Sundays.');
    expect((await sav.get('/toolkit/use/shared-song')).status).toBe(404);
    expect((await sav.post('/strategies/shared-song/save')).status).toBe(404);
  });

  it('stores nothing in plain text in the database', async () => {
    const tables = (await site.make.rows(
      `
        select table_name as name
        from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE'
      `,
    )) as { name: string }[];
    expect(tables.length).toBeGreaterThan(20);
    const words = [
      'Works after bad news',
      'The cold trick',
      'Run the tap',
      'At night',
      'Calmer.',
      'Grandmother',
      'Two bags',
      'For Sundays',
    ];
    for (const { name } of tables) {
      const rows = JSON.stringify(
        await site.make.rows(
          `select convert_from(convert_to(t::text, 'UTF8'), 'UTF8') as row from ${name} t`,
        ),
      );
      for (const word of words)
        expect({
          name,
          word,
          found: rows.includes(word) || rows.includes(Buffer.from(word).toString('hex')),
        }).toEqual({ name, word, found: false });
    }
    const sealed = (await site.make.rows(
      'select words from toolkit_items where words is not null',
    )) as { words: Buffer }[];
    expect(sealed.length).toBeGreaterThan(2);
    for (const row of sealed)
      for (const word of words) expect(row.words.includes(Buffer.from(word))).toBe(false);
  });

  it('cannot be seen, used, changed or moved by others', async () => {
    const id = await itemOf('Grandmother');
    await site.make.member('boss', { role: 'admin' });
    for (const other of [await site.as('other'), await site.as('boss')]) {
      for (const path of [`/toolkit/items/${id}`, `/toolkit/items/${id}/use`])
        expect((await other.get(path)).status).toBe(404);
      for (const path of [
        `/toolkit/items/${id}`,
        `/toolkit/items/${id}/move`,
        `/toolkit/items/${id}/remove`,
      ])
        expect((await other.post(path, { name: 'x', to: 'up' })).status).toBe(404);
      expect((await other.get('/toolkit')).html).not.toContain('Grandmother');
    }
    expect(await kit()).toContain('Grandmother');
  });

  it('is never cached or indexed', async () => {
    const { headers, html } = await sav.get('/toolkit');
    expect(headers.get('cache-control')).toContain('no-store');
    expect(html).toContain('<meta name="robots" content="noindex">');
  });

  it('costs the same number of queries with five hundred things as with five', async () => {
    const cost = async (): Promise<number> => {
      // Freeze the clock: on a slow machine, expired caches would add queries to the count.
      site.clock.freeze();
      const before = site.sql.count;
      expect((await sav.get('/toolkit')).status).toBe(200);
      return site.sql.count - before;
    };
    const few = await cost();
    await site.make.rows(
      `insert into toolkit_items (id, member_id, strategy_id, position, saved_at, updated_at)
       select nextval('private_row_ids'), (select id from members where handle = 'sav'), null, n,
         now(), now()
       from generate_series(100, 600) n`,
    );
    expect(await cost()).toBe(few);
    expect(few).toBeLessThanOrEqual(8);
    expect(await kit('/toolkit?page=3')).toContain('Page 3 of 11');
    expect(await kit('/toolkit?page=99')).toContain('Page 1 of 11');
    expect(await kit('/toolkit?q=grandmother')).toContain('One result.');
  });
});
