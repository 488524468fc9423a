import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY } from '../../kernel/clock.js';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { ForgetSignalsJob, SIGNAL_RETENTION } from './forget-signals.job.js';

describe('screening results', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  it('are deleted after ninety days, except in open cases', async () => {
    const thread = await db.make.thread();
    const made: Record<string, { post: string; id: string }> = {};
    for (const name of ['closed', 'open']) {
      const post = await db.make.reply({ thread });
      made[name] = { post, id: await db.make.case({ post, tier: 'urgent' }) };
      await db.make.rows(`update posts set tier = 'urgent' where id = $1`, [post]);
    }
    await db.make.rows(
      `update review_cases set signals = '[{"rule": "r", "span": [0, 1], "why": "w"}]'`,
    );
    await db.make.rows(
      `update review_cases set state = 'closed', closed_at = now() where id = $1`,
      [made.closed?.id],
    );
    const standing = (): Promise<unknown[]> =>
      db.make.rows(
        `
          select rc.state, p.tier, jsonb_array_length(rc.signals) as signals, rc.tier as kept
          from review_cases rc
          join posts p on p.id = rc.post_id
          order by rc.state
        `,
      );
    const job = new ForgetSignalsJob(db.database, db.clock);
    await job.run();
    expect(await standing()).toEqual([
      { state: 'closed', tier: 'urgent', signals: 1, kept: 'urgent' },
      { state: 'open', tier: 'urgent', signals: 1, kept: 'urgent' },
    ]);
    db.clock.move(SIGNAL_RETENTION + DAY);
    await job.run();
    await job.run();
    expect(await standing()).toEqual([
      { state: 'closed', tier: 'none', signals: 0, kept: 'urgent' },
      { state: 'open', tier: 'urgent', signals: 1, kept: 'urgent' },
    ]);
  });
});
