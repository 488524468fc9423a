import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import {
  testCheckIns,
  testToolkitHome,
  testVault,
  type TestCheckIns,
} from '../../../test/support/toolkit.js';
import { viewer } from '../../../test/support/viewers.js';
import type { Viewer } from '../../http/viewer.js';
import { Messages } from '../../i18n/messages.js';
import { Translator } from '../../i18n/translator.js';
import { NotFound } from '../../kernel/errors.js';
import { SheetForm } from '../core/toolkit.dto.js';
import { Sheets } from './sheets.service.js';

describe('appointment sheets', () => {
  let db: TestDatabase;
  let checkIns: TestCheckIns;
  let sheets: Sheets;
  let i18n: Translator;
  let kim: Viewer;
  let other: Viewer;
  let count = 0;

  beforeAll(async () => {
    db = await testDatabase();
    const { database, sql, clock } = db;
    clock.freeze();
    const vault = testVault(db);
    i18n = new Translator(new Messages(), 'en', clock.now());
    checkIns = testCheckIns(db, vault, i18n);
    sheets = new Sheets(database, sql, vault, clock);
  });
  afterAll(() => db.close());

  beforeEach(async () => {
    count += 1;
    kim = viewer({ memberId: await db.make.member(`kim-${count}`) });
    other = viewer({ memberId: await db.make.member(`other-${count}`) });
  });

  const sheet = (values: Partial<SheetForm>): SheetForm => Object.assign(new SheetForm(), values);

  it('copy check-ins as they were', async () => {
    await checkIns.ofDay(kim, { level: 4, word: 'foggy', note: 'Slept little.' });
    const [{ id: checkIn } = { id: '' }] = await checkIns.list(kim);
    const id = await sheets.make(kim, i18n, sheet({ wish: 'To sleep.', checkIns: [checkIn] }));
    await checkIns.service.remove(kim, checkIn);
    expect((await sheets.open(kim, id)).texts).toMatchObject({
      wish: 'To sleep.',
      checkIns: [{ note: 'Slept little.' }],
    });
  });

  it('do not copy another member’s check-ins', async () => {
    await checkIns.ofDay(kim, { level: 4, note: 'Slept little.' });
    const [{ id: checkIn } = { id: '' }] = await checkIns.list(kim);
    const id = await sheets.make(other, i18n, sheet({ wish: 'To rest.', checkIns: [checkIn] }));
    expect((await sheets.open(other, id)).texts?.checkIns).toEqual([]);
  });

  it('are created once for a form submitted twice, and private', async () => {
    const form = sheet({ wish: 'To sleep.', idempotencyKey: 'once' });
    const id = await sheets.make(kim, i18n, form);
    expect(await sheets.make(kim, i18n, form)).toBe(id);
    expect(await sheets.list(kim)).toHaveLength(1);
    expect(
      await sheets.make(kim, i18n, sheet({ wish: 'To rest.', idempotencyKey: 'once' })),
    ).not.toBe(id);
    expect(await sheets.list(kim)).toHaveLength(2);
    await expect(sheets.open(other, id)).rejects.toThrow(NotFound);
    await expect(sheets.remove(other, id)).rejects.toThrow(NotFound);
    await expect(sheets.answer(other, id, 'yes')).rejects.toThrow(NotFound);
    await sheets.remove(kim, id);
    await expect(sheets.open(kim, id)).rejects.toThrow(NotFound);
  });

  it('ask the follow-up question once', async () => {
    const home = testToolkitHome(db, testVault(db));
    const whole = { search: '', collection: undefined, page: 1 };
    const due = async (): Promise<string | null | undefined> =>
      (await home.of(kim, whole))?.followUp;
    const id = await sheets.make(kim, i18n, sheet({ wish: 'To sleep.', askLater: true }));
    expect(await due()).toBeNull();
    await db.make.rows('update toolkit_sheets set asked_at = now() where id = $1', [id]);
    expect(await due()).toBe(id);
    await sheets.answer(kim, id, '');
    expect(await due()).toBeNull();
  });
});
