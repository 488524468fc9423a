import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { testCheckIns, testVault, type TestCheckIns } from '../../../test/support/toolkit.js';
import { viewer } from '../../../test/support/viewers.js';
import type { Viewer } from '../../http/viewer.js';
import { Messages } from '../../i18n/messages.js';
import { Translator } from '../../i18n/translator.js';
import { NotFound } from '../../kernel/errors.js';
import { CheckInForm } from '../core/toolkit.dto.js';

describe('check-ins', () => {
  let db: TestDatabase;
  let checkIns: TestCheckIns;
  let kim: Viewer;
  let other: Viewer;
  let count = 0;

  beforeAll(async () => {
    db = await testDatabase();
    db.clock.freeze();
    const i18n = new Translator(new Messages(), 'en', db.clock.now());
    checkIns = testCheckIns(db, testVault(db), i18n);
  });
  afterAll(() => db.close());

  beforeEach(async () => {
    count += 1;
    kim = viewer({ memberId: await db.make.member(`kim-${count}`) });
    other = viewer({ memberId: await db.make.member(`other-${count}`) });
  });

  it('store a private, encrypted note about the day', async () => {
    await checkIns.ofDay(kim, { level: 4, word: 'foggy', note: 'Slept little.' });
    expect(await checkIns.list(kim)).toMatchObject([
      { level: 4, word: 'foggy', note: 'Slept little.' },
    ]);
    expect(await checkIns.list(other)).toEqual([]);
    const { words } = await db.make.one<{ words: Buffer }>(
      'select words from check_ins where member_id = $1',
      [kim.memberId],
    );
    expect(words.toString('latin1')).not.toContain('Slept');
  });

  it('are created once for a form submitted twice', async () => {
    await checkIns.ofDay(kim, { level: 4, idempotencyKey: 'once' });
    await checkIns.ofDay(kim, { level: 4, idempotencyKey: 'once' });
    expect(await checkIns.list(kim)).toHaveLength(1);
    await checkIns.ofDay(kim, { level: 4, note: 'After going back.', idempotencyKey: 'once' });
    expect(await checkIns.list(kim)).toHaveLength(2);
  });

  it('are pooled only if they are about a library strategy', async () => {
    const use = Object.assign(new CheckInForm(), { before: 3, after: 5, pool: true });
    await checkIns.service.ofUse(kim, { strategyId: null, itemId: null }, use);
    const { id: strategyId } = await db.make.one<{ id: string }>(
      'select id from coping_strategies where slug = $1',
      [await db.make.strategy()],
    );
    await checkIns.service.ofUse(kim, { strategyId, itemId: null }, use);
    const rows = await db.make.all<{ pooled: boolean }>(
      'select pooled from check_ins where member_id = $1 order by id',
      [kim.memberId],
    );
    expect(rows).toEqual([{ pooled: false }, { pooled: true }]);
  });

  it('are removed only by their member', async () => {
    await checkIns.ofDay(kim, { level: 4 });
    const [{ id } = { id: '' }] = await checkIns.list(kim);
    await expect(checkIns.service.remove(other, id)).rejects.toThrow(NotFound);
    expect(await checkIns.list(kim)).toHaveLength(1);
    await checkIns.service.remove(kim, id);
    expect(await checkIns.list(kim)).toEqual([]);
  });
});
