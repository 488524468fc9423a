import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { Drafts, formPage, isDraftPlace } from './drafts.service.js';

const PLACE = '/t/7/replies';

describe('drafts', () => {
  let db: TestDatabase;
  let drafts: Drafts;
  let me: string;
  let count = 0;

  beforeAll(async () => {
    db = await testDatabase();
    drafts = new Drafts(db.sql, db.clock);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    me = await db.make.member(`writer-${++count}`);
  });

  const keep = (body: string, { form = 'a', version = 0 } = {}): Promise<string> =>
    drafts.keep(me, PLACE, { body, draftKey: form, draftVersion: String(version) });
  const drop = (form: string, version = 0): Promise<boolean> =>
    drafts.drop(me, PLACE, { draftKey: form, draftVersion: version });

  it('are read with their version, and without unknown fields', async () => {
    await drafts.keep(me, PLACE, { body: 'Half a thought', draftKey: 'a', _csrf: 'secret' });
    expect(await drafts.of(me, PLACE)).toEqual({
      body: 'Half a thought',
      draftVersion: '1',
      draftOthers: '',
    });
  });

  it('keep what a reply links to and quotes', async () => {
    const fields = { body: 'Try this', strategies: ['box-breathing'], quotes: ['7'], replyTo: '7' };
    await drafts.keep(me, PLACE, { ...fields, draftKey: 'a' });
    expect(await drafts.of(me, PLACE)).toMatchObject(fields);
  });

  it('are visible only to their owner, and only in their place', async () => {
    await keep('Mine');
    expect(await drafts.of(await db.make.member(`other-${count}`), PLACE)).toBeNull();
    expect(await drafts.of(me, '/t/8/replies')).toBeNull();
  });

  it('are updated by the form that saved them', async () => {
    await keep('One');
    expect(await keep('One and a half')).toBe('kept');
    expect(await drafts.of(me, PLACE)).toMatchObject({ body: 'One and a half', draftOthers: '' });
  });

  it('are updated by a form that showed them', async () => {
    await keep('One');
    expect(await keep('Two', { form: 'b', version: 1 })).toBe('kept');
    expect(await drafts.of(me, PLACE)).toMatchObject({ body: 'Two', draftOthers: '' });
  });

  it('of a form that did not show the saved one are kept beside it', async () => {
    await keep('In the first window');
    expect(await keep('In the second window', { form: 'b' })).toBe('two');
    expect(await drafts.of(me, PLACE)).toMatchObject({
      body: 'In the second window',
      draftOthers: 'yes',
    });
  });

  it('are promoted when the one before them is deleted', async () => {
    await keep('In the first window');
    await keep('In the second window', { form: 'b' });
    expect(await drop('b')).toBe(true);
    expect(await drafts.of(me, PLACE)).toMatchObject({
      body: 'In the first window',
      draftOthers: '',
    });
    expect(await drop('a')).toBe(true);
    expect(await drafts.of(me, PLACE)).toBeNull();
  });

  it('stay when the form that saved the one beside them is done', async () => {
    await keep('In the first window');
    await keep('In the second window', { form: 'b' });
    await keep('In the first window, and more');
    expect(await drop('b')).toBe(true);
    expect(await drafts.of(me, PLACE)).toMatchObject({
      body: 'In the first window, and more',
      draftOthers: '',
    });
  });

  it('stay when a form is done that neither saved nor showed them', async () => {
    await keep('In the first window');
    expect(await drop('b')).toBe(false);
    expect(await drop('')).toBe(false);
    expect(await drafts.of(me, PLACE)).toMatchObject({ body: 'In the first window' });
  });

  it('are deleted as a page shows them, but not once they have changed', async () => {
    await keep('Written');
    await keep('Written, and more');
    expect(await drop('', 1)).toBe(false);
    expect(await drafts.of(me, PLACE)).toMatchObject({ body: 'Written, and more' });
    expect(await drop('', 2)).toBe(true);
    expect(await drafts.of(me, PLACE)).toBeNull();
  });

  it('of two forms are both gone once both are emptied', async () => {
    await keep('In the first window');
    await keep('In the second window', { form: 'b' });
    expect(await keep('')).toBe('emptied');
    expect(await drafts.of(me, PLACE)).toMatchObject({
      body: 'In the second window',
      draftOthers: '',
    });
    expect(await keep('', { form: 'b' })).toBe('emptied');
    expect(await drafts.of(me, PLACE)).toBeNull();
  });

  it('are deleted when their own form is emptied, but not by another form', async () => {
    await keep('Written');
    expect(await keep(' ', { form: 'b' })).toBe('emptied');
    expect(await drafts.of(me, PLACE)).toMatchObject({ body: 'Written' });
    expect(await keep('')).toBe('emptied');
    expect(await drafts.of(me, PLACE)).toBeNull();
  });

  it('are deleted when a form that showed them is emptied, but not once they have changed', async () => {
    await keep('Written');
    const shown = Number((await drafts.of(me, PLACE))?.draftVersion);
    await keep('Written, and more');
    expect(await keep('', { form: 'b', version: shown })).toBe('emptied');
    expect(await drafts.of(me, PLACE)).toMatchObject({ body: 'Written, and more' });
    expect(await keep('', { form: 'b', version: shown + 1 })).toBe('emptied');
    expect(await drafts.of(me, PLACE)).toBeNull();
  });

  it('that are too long are not saved, and do not replace the saved one', async () => {
    await keep('Short');
    expect(await keep('x'.repeat(60_001))).toBe('none');
    expect(await drafts.of(me, PLACE)).toMatchObject({ body: 'Short' });
  });

  it.each([
    ['/c/tea/threads', '/c/tea/new'],
    ['/t/7/replies', '/t/7#reply'],
    ['/posts/7/edit', '/posts/7/edit'],
  ])('in %s belong to the form at %s', (place, page) => {
    expect(isDraftPlace(place)).toBe(true);
    expect(formPage(place)).toBe(page);
  });

  it.each(['/t/7', '/settings', '/t/x/replies', '//evil.example/t/7/replies', 7])(
    'cannot be saved in %s',
    async (place) => {
      expect(isDraftPlace(place)).toBe(false);
      expect(await drafts.keep(me, String(place), { body: 'x', draftKey: 'a' })).toBe('none');
    },
  );
});
