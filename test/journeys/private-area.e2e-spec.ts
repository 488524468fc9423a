import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashPassword } from '../../src/accounts/password.js';
import { MINUTE } from '../../src/kernel/clock.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

const PASSWORD = 'a good old password';
const PLAN = {
  signs: 'I stop answering',
  alone: 'Put on the kettle',
  places: 'The library',
  people: 'Sam 020 7946 0000',
  professionals: 'Doctor Ito',
  safer: 'Stay with Sam',
  reasons: 'My cat',
};

describe('the private area', () => {
  let site: TestApp;
  let sav: Browser;
  const seen = async (path: string, who: Browser = sav): Promise<string> =>
    textOf((await who.get(path)).html);
  const linkOnPage = async (): Promise<string> =>
    new URL(
      /value="(http[^"]+\/shared\/[\w-]{43})"/.exec((await sav.get('/toolkit/shares')).html)?.[1] ??
        'http://x/none',
    ).pathname;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.member('sav');
    await site.make.rows(`update members set password_hash = $1 where handle = 'sav'`, [
      await hashPassword(PASSWORD),
    ]);
    await site.make.strategy({ slug: 'cold-water', name: 'Cold water' });
    sav = await site.as('sav');
    await sav.post('/strategies/cold-water/save', { note: 'Behind the door.' });
  });
  afterAll(() => site.close());

  it('shows the emergency card first, with numbers to call and the country’s helplines', async () => {
    expect(
      (
        await sav.post('/toolkit/card', {
          people: 'Sam 020 7946 0000\nMother',
          lines: 'Night line 0800 123 4567',
          reasons: 'My cat',
        })
      ).status,
    ).toBe(303);
    const { html } = await sav.get('/toolkit');
    expect(html).toContain('href="tel:02079460000"');
    expect(html).toContain('href="tel:116123"');
    expect(html.indexOf('My cat')).toBeLessThan(html.indexOf('Cold water'));
    const long = await sav.post('/toolkit/card', { reasons: 'x'.repeat(1_001) });
    expect(long.status).toBe(422);
    expect(long.html).toContain('x'.repeat(1_001));
  });

  it('builds the safety plan from steps and toolkit items, limited to one printed page', async () => {
    const item = /item-(\d+)/.exec((await sav.get('/toolkit')).html)?.[1] ?? '';
    expect((await sav.post('/toolkit/plan', { ...PLAN, items: item })).status).toBe(303);
    const plan = await seen('/toolkit/plan');
    for (const part of [...Object.values(PLAN), 'Cold water', 'Samaritans'])
      expect(plan).toContain(part);
    const tall = await sav.post('/toolkit/plan', { ...PLAN, signs: 'a\n'.repeat(7) });
    expect(tall.status).toBe(422);
    expect(textOf(tall.html)).toContain('Keep this part to 6 lines');
    expect(tall.html).toContain('Put on the kettle');
    expect((await sav.post('/toolkit/plan', { ...PLAN, items: ['999999999', 'x'] })).status).toBe(
      422,
    );
  });

  it('prints as a whole, as one card, or as the emergency card only', async () => {
    const item = /item-(\d+)/.exec((await sav.get('/toolkit')).html)?.[1] ?? '';
    const printed = await seen('/toolkit/print');
    for (const part of ['Cold water', 'One thing.', 'Behind the door.', 'My cat'])
      expect(printed).toContain(part);
    expect(await seen(`/toolkit/print?item=${item}`)).not.toContain('My cat');
    expect(await seen('/toolkit/print?only=card')).not.toContain('Cold water');
    for (const wrong of ['item=999999', 'item=x', 'collection=1;drop'])
      expect((await sav.get(`/toolkit/print?${wrong}`)).status).toBe(404);
  });

  it('records check-ins with a word, a number or neither, and charts them with a table', async () => {
    const notes: Record<string, string>[] = [
      { level: '3', word: 'heavy' },
      { level: '7', note: 'Slept.' },
      { word: 'woolly' },
    ];
    for (const note of notes) expect((await sav.post('/toolkit/check-ins', note)).status).toBe(303);
    const { html } = await sav.get('/toolkit/progress');
    expect(/<svg class="chart".*?<\/svg>/.exec(html)?.[0].match(/<circle/g)?.length).toBe(2);
    for (const part of ['heavy', 'Slept.', 'woolly', '3 out of 10'])
      expect(textOf(html)).toContain(part);
    const nothing = await sav.post('/toolkit/check-ins', { level: '', word: ' ', note: '' });
    expect(nothing.status).toBe(422);
    const id = /check-ins\/(\d+)\/remove/.exec(html)?.[1] ?? '';
    expect((await (await site.as('other')).post(`/toolkit/check-ins/${id}/remove`)).status).toBe(
      404,
    );
    expect((await sav.post(`/toolkit/check-ins/${id}/remove`)).status).toBe(303);
    expect(await seen('/toolkit/progress')).not.toContain('woolly');
  });

  it('shows what tends to help from one’s own notes; counts can be hidden and reset', async () => {
    const note = (n: number): Promise<unknown> =>
      sav.post('/strategies/cold-water/check-ins', { before: '3', after: String(5 + n) });
    await note(0);
    expect(await seen('/toolkit/progress')).toContain('Too few notes to say anything yet.');
    for (let n = 1; n < 3; n += 1) await note(n);
    expect(await seen('/toolkit/progress')).toContain(
      'Things were mostly easier afterwards. 3 notes, on average from 3 to 6.',
    );
    await sav.post('/toolkit/settings', { hideCounts: 'on' });
    expect(await seen('/toolkit/progress')).not.toContain('3 notes');
    expect(await seen('/toolkit')).not.toContain('used 3 times');
    await sav.post('/toolkit/settings', {});
    expect(await seen('/toolkit')).toContain('used 3 times');
    site.clock.move(MINUTE);
    await sav.post('/toolkit/settings/reset');
    expect(await seen('/toolkit')).not.toContain('used 3 times');
    expect(await seen('/toolkit/progress')).not.toContain('Things were mostly easier');
  });

  it('stores an appointment sheet as a snapshot of the chosen items', async () => {
    const form = await sav.get('/toolkit/sheets/new');
    const check = /name="checkIns" value="(\d+)"/.exec(form.html)?.[1] ?? '';
    const item = /name="items" value="(\d+)"/.exec(form.html)?.[1] ?? '';
    const fields = {
      title: 'First visit',
      wish: 'To sleep',
      questions: 'How long?',
      items: item,
      checkIns: check,
      askLater: 'on',
      idempotencyKey: 'sheet-one',
    };
    const [first, again] = [
      await sav.post('/toolkit/sheets', fields),
      await sav.post('/toolkit/sheets', fields),
    ];
    expect(again.location).toBe(first.location);
    const sheet = await seen(first.location ?? '');
    for (const part of ['First visit', 'To sleep', 'How long?', 'Cold water', 'from 3 to 7'])
      expect(sheet).toContain(part);
    expect((await (await site.as('other')).get(first.location ?? '')).status).toBe(404);
    expect((await sav.post('/toolkit/sheets', { title: 'Only a name' })).status).toBe(422);
  });

  it('shares one item anonymously by a link, until it is revoked or expires', async () => {
    await sav.post('/toolkit/shares', { what: 'card', days: '1' });
    const path = await linkOnPage();
    const shown = await site.browser().get(path);
    expect(shown.status).toBe(200);
    expect(textOf(shown.html)).toContain('My cat');
    for (const other of ['Cold water', 'sav', 'Put on the kettle'])
      expect(textOf(shown.html)).not.toContain(other);
    expect(shown.headers.get('cache-control')).toContain('no-store');
    expect(shown.headers.get('x-robots-tag')).toContain('noindex');
    const rows = JSON.stringify(await site.make.rows('select t::text from toolkit_shares t'));
    expect(rows).not.toContain(path.split('/').at(-1));
    site.clock.move(25 * 60 * MINUTE);
    expect((await site.browser().get(path)).status).toBe(404);

    await sav.post('/toolkit/shares', { what: 'plan', days: '7' });
    const plan = await linkOnPage();
    expect(await seen(plan, site.browser())).toContain('Put on the kettle');
    const id = /shares\/(\d+)\/revoke/.exec((await sav.get('/toolkit/shares')).html)?.[1] ?? '';
    expect((await (await site.as('other')).post(`/toolkit/shares/${id}/revoke`)).status).toBe(404);
    await sav.post(`/toolkit/shares/${id}/revoke`);
    expect((await site.browser().get(plan)).status).toBe(404);
    const item = /item-(\d+)/.exec((await sav.get('/toolkit')).html)?.[1] ?? '';
    expect(
      (
        await (
          await site.as('other')
        ).post('/toolkit/shares', { what: 'item', id: item, days: '7' })
      ).status,
    ).toBe(404);
    const wrongs: Record<string, string>[] = [
      { what: 'all', days: '7' },
      { what: 'card', days: '9' },
      { what: 'item', id: 'x', days: '7' },
    ];
    for (const wrong of wrongs) expect((await sav.post('/toolkit/shares', wrong)).status).toBe(422);
  });

  it('is exported as data and as one self-contained page', async () => {
    const json = await sav.get('/toolkit/take-out.json');
    expect(json.headers.get('content-disposition')).toContain('attachment');
    expect(json.headers.get('cache-control')).toContain('no-store');
    const all = JSON.parse(json.html) as {
      items: { name: string; note: string }[];
      plan: Record<string, string>;
      card: { reasons: string };
      checkIns: unknown[];
      sheets: unknown[];
    };
    expect(all).toMatchObject({
      plan: PLAN,
      card: { reasons: 'My cat' },
      items: [{ name: 'Cold water', note: 'Behind the door.' }],
    });
    expect(all.checkIns.length).toBeGreaterThan(3);
    const { html } = await sav.get('/toolkit/take-out.html');
    for (const part of [
      'Cold water',
      'Behind the door.',
      'Put on the kettle',
      'My cat',
      'First visit',
    ])
      expect(textOf(html)).toContain(part);
    expect(html).not.toMatch(/src=|href="\/|<script/);
  });

  it('lets a browser store only the chosen parts', async () => {
    const [{ id }] = (await site.make.rows(
      `select id from toolkit_items where member_id = (select id from members where handle = 'sav')`,
    )) as [{ id: string }];
    await sav.post('/toolkit/collections', { name: 'At night' });
    const keep = await sav.get('/keep');
    const collection = /value="(\d+)">Only the collection “At night”/.exec(keep.html)?.[1] ?? '';
    await sav.post(`/toolkit/items/${id}`, { collections: collection }, `/toolkit/items/${id}`);
    const stored = await seen('/toolkit/kept?plan=on&toolkit=all');
    for (const part of [
      'This copy was saved on',
      '020 7946 0000',
      'Put on the kettle',
      'Cold water',
    ])
      expect(stored).toContain(part);
    const plan = await seen('/toolkit/kept?plan=on');
    expect(plan).toContain('020 7946 0000');
    expect(plan).not.toContain('Behind the door.');
    const night = await seen(`/toolkit/kept?toolkit=${collection}`);
    expect(night).not.toContain('020 7946 0000');
    expect(await seen('/toolkit/kept')).toContain('You have not chosen anything of your own');
    expect((await sav.get('/toolkit/kept?toolkit=x')).status).toBe(404);
    expect(night).toContain('Cold water');
  });

  it('asks for the password again if the member chose so, and keeps a submitted form', async () => {
    expect(
      (await sav.post('/toolkit/settings', { lockMinutes: '15', password: 'not this one' })).status,
    ).toBe(422);
    expect(
      (await sav.post('/toolkit/settings', { lockMinutes: '15', password: PASSWORD })).status,
    ).toBe(303);
    expect(await seen('/toolkit')).toContain('Cold water');
    site.clock.move(16 * MINUTE);
    for (const path of [
      '/toolkit',
      '/toolkit/plan',
      '/toolkit/print',
      '/toolkit/kept?plan=on&toolkit=all',
      '/toolkit/take-out.json',
      '/toolkit/progress',
      '/toolkit/settings',
    ]) {
      const answer = await sav.get(path);
      expect([path, answer.status, answer.html]).toEqual([path, 303, '']);
    }
    expect(await seen('/toolkit/use/cold-water')).not.toContain('Behind the door.');
    const locked = await sav.get('/keep');
    expect(locked.html).toContain('href="/toolkit/unlock?next=/keep"');
    expect(locked.html).not.toMatch(/name="plan"|name="toolkit"/);
    const late = await sav.post('/toolkit/card', { reasons: 'Written too late' });
    expect(late.status).toBe(403);
    expect(late.html).not.toContain('Written too late');
    const kept = /name="kept" value="([^"]+)"/.exec(late.html)?.[1] ?? '';
    expect((await sav.post('/toolkit/unlock', { password: 'wrong', kept })).status).toBe(422);
    const open = await sav.post('/toolkit/unlock', { password: PASSWORD, kept });
    expect(open.html).toContain('Written too late');
    expect((await sav.get('/toolkit')).status).toBe(200);
    await sav.post('/toolkit/lock');
    expect((await sav.get('/toolkit')).location).toContain('/toolkit/unlock');
    expect(
      (await sav.post('/toolkit/unlock', { password: PASSWORD, next: 'https://evil.example' }))
        .location,
    ).toBe('/toolkit');
  });

  it('never stores plan, card, check-ins, sheets or links in plain text in the database', async () => {
    const tables = [
      'safety_plans',
      'check_ins',
      'toolkit_sheets',
      'toolkit_shares',
      'toolkit_items',
      'private_keys',
      'outbox',
      'drafts',
      'notices',
    ];
    for (const table of tables) {
      const rows = JSON.stringify(await site.make.rows(`select t::text as row from ${table} t`));
      for (const word of [
        ...Object.values(PLAN),
        'heavy',
        'Slept.',
        'First visit',
        'To sleep',
        'Behind the door',
      ]) {
        expect({
          table,
          word,
          found: rows.includes(word) || rows.includes(Buffer.from(word).toString('hex')),
        }).toEqual({ table, word, found: false });
      }
    }
    expect(
      (
        await site.make.rows(
          'select 1 from safety_plans where card is not null and plan is not null',
        )
      ).length,
    ).toBe(1);
  });

  it('is erased completely with its key, independently of the account', async () => {
    expect((await sav.post('/toolkit/erase', { password: PASSWORD })).status).toBe(422);
    expect((await sav.post('/toolkit/erase', { password: 'wrong', sure: 'on' })).status).toBe(422);
    expect((await sav.post('/toolkit/erase', { password: PASSWORD, sure: 'on' })).status).toBe(303);
    for (const table of [
      'private_keys',
      'toolkit_items',
      'toolkit_collections',
      'check_ins',
      'safety_plans',
      'toolkit_sheets',
      'toolkit_shares',
      'toolkit_letters',
      'toolkit_settings',
    ]) {
      expect([
        table,
        await site.make.rows(
          `select 1 from ${table} where member_id = (select id from members where handle = 'sav')`,
        ),
      ]).toEqual([table, []]);
    }
    expect(await seen('/toolkit')).toContain('Nothing saved yet');
    expect((await sav.post('/strategies/cold-water/save', { note: 'Again.' })).status).toBe(303);
    expect(await seen('/toolkit')).toContain('Again.');
  });
});
