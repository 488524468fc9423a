import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { viewer } from '../../../test/support/viewers.js';
import type { Viewer } from '../../http/viewer.js';
import { Messages } from '../../i18n/messages.js';
import { Translator } from '../../i18n/translator.js';
import { DAY, later } from '../../kernel/clock.js';
import { Config } from '../../kernel/config.js';
import { NotFound } from '../../kernel/errors.js';
import { Vault } from '../../vault/vault.js';
import { DayForm, SheetForm } from '../core/toolkit.dto.js';
import { CheckIns } from '../check-ins/check-ins.service.js';
import type { CheckIn } from '../check-ins/check-ins.view.js';
import { Sheets } from './sheets.service.js';

describe('sheets for an appointment', () => {
  let db: TestDatabase;
  let checkIns: CheckIns;
  let sheets: Sheets;
  let i18n: Translator;
  let kim: Viewer;
  let other: Viewer;
  let count = 0;

  beforeAll(async () => {
    db = await testDatabase();
    const { database, sql, clock } = db;
    clock.freeze();
    const config = Object.assign(new Config(), { SECRET_KEY: 's'.repeat(32) });
    const vault = new Vault(config, sql, clock);
    checkIns = new CheckIns(database, sql, vault, clock);
    sheets = new Sheets(database, sql, vault, clock);
    i18n = new Translator(new Messages(), 'en', clock.now());
  });
  afterAll(() => db.close());

  beforeEach(async () => {
    count += 1;
    kim = viewer({ memberId: await db.make.member(`kim-${count}`) });
    other = viewer({ memberId: await db.make.member(`other-${count}`) });
  });

  const list = (who: Viewer): Promise<CheckIn[]> => {
    const now = db.clock.now();
    return checkIns.list(who, { since: later(now, -DAY), until: later(now, DAY), limit: 9 }, i18n);
  };
  const ofDay = (values: Partial<DayForm>): Promise<void> =>
    checkIns.ofDay(kim, Object.assign(new DayForm(), values));
  const sheet = (values: Partial<SheetForm>): SheetForm => Object.assign(new SheetForm(), values);

  it('keep a check-in as it was when they were made', async () => {
    await ofDay({ level: 4, word: 'foggy', note: 'Slept little.' });
    const [{ id: checkIn } = { id: '' }] = await list(kim);
    const id = await sheets.make(kim, i18n, sheet({ wish: 'To sleep.', checkIns: [checkIn] }));
    await checkIns.remove(kim, checkIn);
    expect((await sheets.open(kim, id)).texts).toMatchObject({
      wish: 'To sleep.',
      checkIns: [{ note: 'Slept little.' }],
    });
  });

  it('copy no check-in of somebody else', async () => {
    await ofDay({ level: 4, note: 'Slept little.' });
    const [{ id: checkIn } = { id: '' }] = await list(kim);
    const id = await sheets.make(other, i18n, sheet({ wish: 'To rest.', checkIns: [checkIn] }));
    expect((await sheets.open(other, id)).texts?.checkIns).toEqual([]);
  });

  it('are one of a form that is sent twice, for its member alone', async () => {
    const form = sheet({ wish: 'To sleep.', idempotencyKey: 'once' });
    const id = await sheets.make(kim, i18n, form);
    expect(await sheets.make(kim, i18n, form)).toBe(id);
    expect(await sheets.list(kim)).toHaveLength(1);
    await expect(sheets.open(other, id)).rejects.toThrow(NotFound);
    await expect(sheets.remove(other, id)).rejects.toThrow(NotFound);
    await expect(sheets.answer(other, id, 'yes')).rejects.toThrow(NotFound);
    await sheets.remove(kim, id);
    await expect(sheets.open(kim, id)).rejects.toThrow(NotFound);
  });

  it('ask once whether it came nearer', async () => {
    const id = await sheets.make(kim, i18n, sheet({ wish: 'To sleep.', askLater: true }));
    expect(await sheets.dueFollowUp(kim.memberId)).toBeNull();
    await db.make.rows('update toolkit_sheets set asked_at = now() where id = $1', [id]);
    expect(await sheets.dueFollowUp(kim.memberId)).toBe(id);
    await sheets.answer(kim, id, '');
    expect(await sheets.dueFollowUp(kim.memberId)).toBeNull();
  });
});
