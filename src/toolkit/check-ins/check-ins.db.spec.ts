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
import { CheckInForm, DayForm } from '../core/toolkit.dto.js';
import type { CheckIn } from './check-ins.view.js';
import { CheckIns } from './check-ins.service.js';

describe('check-ins', () => {
  let db: TestDatabase;
  let checkIns: CheckIns;
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

  it('keep a day for its member alone, and unreadable in the database', async () => {
    await ofDay({ level: 4, word: 'foggy', note: 'Slept little.' });
    expect(await list(kim)).toMatchObject([{ level: 4, word: 'foggy', note: 'Slept little.' }]);
    expect(await list(other)).toEqual([]);
    const { words } = await db.make.one<{ words: Buffer }>(
      'select words from check_ins where member_id = $1',
      [kim.memberId],
    );
    expect(words.toString('latin1')).not.toContain('Slept');
  });

  it('make one of a form that is sent twice', async () => {
    await ofDay({ level: 4, idempotencyKey: 'once' });
    await ofDay({ level: 4, idempotencyKey: 'once' });
    expect(await list(kim)).toHaveLength(1);
  });

  it('join the pool only where they are about a strategy of the library', async () => {
    const use = Object.assign(new CheckInForm(), { before: 3, after: 5, pool: true });
    await checkIns.ofUse(kim, { strategyId: null, itemId: null }, use);
    const { id: strategyId } = await db.make.one<{ id: string }>(
      'select id from coping_strategies where slug = $1',
      [await db.make.strategy()],
    );
    await checkIns.ofUse(kim, { strategyId, itemId: null }, use);
    const rows = await db.make.all<{ pooled: boolean }>(
      'select pooled from check_ins where member_id = $1 order by id',
      [kim.memberId],
    );
    expect(rows).toEqual([{ pooled: false }, { pooled: true }]);
  });

  it('are removed by their member alone', async () => {
    await ofDay({ level: 4 });
    const [{ id } = { id: '' }] = await list(kim);
    await expect(checkIns.remove(other, id)).rejects.toThrow(NotFound);
    expect(await list(kim)).toHaveLength(1);
    await checkIns.remove(kim, id);
    expect(await list(kim)).toEqual([]);
  });
});
