import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { testVault } from '../../test/support/toolkit.js';
import { SafetyPlans, type SafetyPlan } from './safety-plans.js';

const PLAN: SafetyPlan = {
  signs: 'a',
  alone: 'b',
  places: 'c',
  people: 'd',
  professionals: 'e',
  safer: 'f',
  reasons: 'g',
  items: ['1'],
};
const CARD = { people: 'Sam', lines: '', reasons: 'My cat' };

describe('a member’s own card and plan', () => {
  let db: TestDatabase;
  const plans = (secret?: string): SafetyPlans =>
    new SafetyPlans(db.database, db.sql, testVault(db, secret), db.clock);

  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  it('are empty at first, and stored independently', async () => {
    const ann = await db.make.member('ann');
    expect(await plans().of(ann)).toEqual({ card: null, plan: null });
    await plans().saveCard(ann, CARD);
    expect(await plans().of(ann)).toEqual({ card: CARD, plan: null });
    await plans().savePlan(ann, PLAN);
    expect(await plans().of(ann)).toEqual({ card: CARD, plan: PLAN });
  });

  it('cannot be swapped, or moved to another member', async () => {
    const [bob, cyn] = [await db.make.member('bob'), await db.make.member('cyn')];
    for (const member of [bob, cyn]) {
      await plans().saveCard(member, CARD);
      await plans().savePlan(member, PLAN);
    }
    await db.make.rows('update safety_plans set plan = card where member_id = $1', [bob]);
    await db.make.rows(
      `
        update safety_plans
        set card = (select card from safety_plans where member_id = $1)
        where member_id = $2
      `,
      [bob, cyn],
    );
    expect(await plans().of(bob)).toEqual({ card: CARD, plan: null });
    expect(await plans().of(cyn)).toEqual({ card: null, plan: PLAN });
  });

  it('do not break the page if decryption fails', async () => {
    const dee = await db.make.member('dee');
    await plans().saveCard(dee, CARD);
    expect(await plans('x'.repeat(32)).of(dee)).toEqual({ card: null, plan: null });
  });

  it('are gone once they are erased', async () => {
    const eve = await db.make.member('eve');
    await plans().savePlan(eve, PLAN);
    await db.database.inTransaction((tx) => plans().eraseIn(tx, eve));
    expect(await plans().of(eve)).toEqual({ card: null, plan: null });
    expect(await db.make.rows('select 1 from safety_plans where member_id = $1', [eve])).toEqual(
      [],
    );
  });
});
