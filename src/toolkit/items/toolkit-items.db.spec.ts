import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { testVault } from '../../../test/support/toolkit.js';
import { viewer } from '../../../test/support/viewers.js';
import type { Viewer } from '../../http/viewer.js';
import { FieldError, NotFound } from '../../kernel/errors.js';
import { OwnItemForm } from '../core/toolkit.dto.js';
import { Collections } from './collections.service.js';
import { ItemEditing } from './item-editing.service.js';
import { ToolkitItems } from './toolkit-items.service.js';
import { ToolkitReader, type ItemList } from './toolkit-reader.service.js';

describe('toolkit items', () => {
  let db: TestDatabase;
  let items: ToolkitItems;
  let reader: ToolkitReader;
  let editing: ItemEditing;
  let collections: Collections;
  let kim: Viewer;
  let count = 0;

  beforeAll(async () => {
    db = await testDatabase();
    const { database, sql, clock } = db;
    const vault = testVault(db);
    reader = new ToolkitReader(sql, vault);
    items = new ToolkitItems(database, sql, vault, reader, clock);
    collections = new Collections(database, sql, vault, clock);
    editing = new ItemEditing(database, items, collections);
  });
  afterAll(() => db.close());

  beforeEach(async () => {
    count += 1;
    kim = viewer({ memberId: await db.make.member(`kim-${count}`) });
  });

  const form = (values: Partial<OwnItemForm>): OwnItemForm =>
    Object.assign(new OwnItemForm(), values);
  const addOwn = (name: string, values: Partial<OwnItemForm> = {}): Promise<void> =>
    editing.add(kim, form({ name, ...values }));
  const list = (query: { search?: string; collection?: string } = {}): Promise<ItemList> =>
    reader.list(kim.memberId, { search: '', collection: undefined, page: 1, ...query });
  const names = async (query: { search?: string; collection?: string } = {}): Promise<string[]> =>
    (await list(query)).items.map((item) => item.texts.name || (item.row.name ?? ''));

  it('save a strategy once, and a later note replaces the one before', async () => {
    const slug = await db.make.strategy({ name: 'Walk' });
    const id = await items.save(kim, slug, 'Round the pond.');
    expect(await items.save(kim, slug, 'Round the block.')).toBe(id);
    expect(await items.save(kim, slug, '')).toBe(id);
    const [item] = (await list()).items;
    expect(item?.texts.note).toBe('Round the block.');
    expect((await list()).total).toBe(1);
  });

  it('save no strategy that is not in the library', async () => {
    const draft = await db.make.strategy({ status: 'draft' });
    await expect(items.save(kim, draft, '')).rejects.toThrow(NotFound);
    await expect(items.save(kim, 'no-such-strategy', '')).rejects.toThrow(NotFound);
  });

  it('keep the member’s note when a strategy is withdrawn', async () => {
    const slug = await db.make.strategy({ name: 'Walk' });
    await items.save(kim, slug, 'Round the pond.');
    await db.make.rows(`update coping_strategies set status = 'withdrawn' where slug = $1`, [slug]);
    const [item] = (await list()).items;
    expect([item?.row.name, item?.texts.note]).toEqual([null, 'Round the pond.']);
  });

  it('are stored encrypted', async () => {
    await addOwn('Call Sam', { note: 'After six.' });
    const { words } = await db.make.one<{ words: Buffer }>(
      'select words from toolkit_items where member_id = $1',
      [kim.memberId],
    );
    expect(words.toString('latin1')).not.toContain('Sam');
    expect((await list()).items[0]?.texts).toMatchObject({ name: 'Call Sam', note: 'After six.' });
  });

  it('are added once for one idempotency key', async () => {
    await addOwn('Tea', { idempotencyKey: 'k1' });
    await addOwn('Tea', { idempotencyKey: 'k1' });
    await addOwn('Tea', { idempotencyKey: 'k2' });
    expect(await names()).toEqual(['Tea', 'Tea']);
  });

  it('are added separately if a reused key comes with different content', async () => {
    for (const name of ['Tea', 'Bath', 'Bath']) await addOwn(name, { idempotencyKey: 'k1' });
    expect((await names()).sort()).toEqual(['Bath', 'Tea']);
  });

  it('split steps by line, without numbers and dashes', async () => {
    await addOwn('Breathe', { steps: '1. In\n- Hold\n\n  2) Out' });
    expect((await list()).items[0]?.texts.steps).toEqual(['In', 'Hold', 'Out']);
  });

  it('follow the library unless the member adapted them', async () => {
    const slug = await db.make.strategy({ name: 'Walk' });
    const id = await items.save(kim, slug, '');
    const same = form({ name: 'Walk', steps: 'One thing.\nAnother thing.' });
    await editing.edit(kim, await items.open(kim, id), same);
    expect((await items.open(kim, id)).texts).toEqual({ name: '', note: '', steps: [] });
    await editing.edit(kim, await items.open(kim, id), form({ name: 'My walk', steps: 'Shoes.' }));
    expect((await items.open(kim, id)).texts).toMatchObject({ name: 'My walk', steps: ['Shoes.'] });
  });

  it('move up, down and to the top, and stop at the ends', async () => {
    for (const name of ['a', 'b', 'c']) await addOwn(name);
    const ids = (await list()).items.map((item) => item.row.id);
    const move = (index: number, to: 'up' | 'down' | 'top'): Promise<void> =>
      items.move(kim, ids[index] ?? '', to);
    await move(2, 'top');
    expect(await names()).toEqual(['c', 'a', 'b']);
    await move(2, 'up');
    await move(1, 'down');
    expect(await names()).toEqual(['c', 'a', 'b']);
    await move(0, 'down');
    expect(await names()).toEqual(['c', 'b', 'a']);
  });

  it('are found by their encrypted texts and by the library’s', async () => {
    await items.save(kim, await db.make.strategy({ name: 'Cold water' }), 'At the basin.');
    await addOwn('Call Sam', { note: 'After six.' });
    expect(await names({ search: 'BASIN' })).toEqual(['Cold water']);
    expect(await names({ search: 'water' })).toEqual(['Cold water']);
    expect(await names({ search: 'after' })).toEqual(['Call Sam']);
    expect(await names({ search: 'nothing of it' })).toEqual([]);
  });

  it('belong to collections, unique by case-insensitive name', async () => {
    await addOwn('Tea', { newCollection: 'At night' });
    await addOwn('Bath', { newCollection: 'at NIGHT' });
    await addOwn('Run');
    const { collections: all } = await list();
    expect(all.map(({ name }) => name)).toEqual(['At night']);
    const collection = all[0]?.id ?? '';
    expect(await names({ collection })).toEqual(['Tea', 'Bath']);
    await collections.remove(kim, collection);
    expect(await names()).toEqual(['Tea', 'Bath', 'Run']);
  });

  it('cannot be opened, moved or renamed by another member', async () => {
    await addOwn('Tea', { newCollection: 'At night' });
    const { items: own, collections: named } = await list();
    const id = own[0]?.row.id ?? '';
    const sav = viewer({ memberId: await db.make.member(`sav-${count}`) });
    await expect(items.open(sav, id)).rejects.toThrow(NotFound);
    await expect(items.move(sav, id, 'top')).rejects.toThrow(NotFound);
    await expect(collections.rename(sav, named[0]?.id ?? '', 'Mine')).rejects.toThrow(NotFound);
    await items.remove(sav, id);
    expect(await names({ collection: named[0]?.id ?? '' })).toEqual(['Tea']);
  });

  it('are limited to a thousand', async () => {
    await db.make.rows(
      `
        insert into toolkit_items (id, member_id, position, saved_at, updated_at)
        select nextval('private_row_ids'), $1, n, now(), now()
        from generate_series(1, 1000) n
      `,
      [kim.memberId],
    );
    await expect(addOwn('One more')).rejects.toThrow(FieldError);
    expect((await list()).total).toBe(1_000);
  });
});
