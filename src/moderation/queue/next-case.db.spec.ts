import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import {
  decision,
  moderationServices,
  viewerOf,
  type ModerationServices,
} from '../../../test/support/moderation.js';
import type { Viewer } from '../../http/viewer.js';
import { nextCase } from './queue.queries.js';

describe('the next case', () => {
  let db: TestDatabase;
  let services: ModerationServices;
  let one: Viewer;
  let other: Viewer;
  let first: string;
  let second: string;

  beforeAll(async () => {
    db = await testDatabase();
    services = moderationServices(db);
    await db.make.community({ slug: 'here' });
    one = viewerOf(await db.make.member('one', { role: 'admin' }), 'admin');
    other = viewerOf(await db.make.member('other', { role: 'admin' }), 'admin');
  });
  afterAll(() => db.close());

  beforeEach(async () => {
    await db.make.rows(`update review_cases set state = 'closed', closed_at = now()`);
    const thread = await db.make.thread({ community: 'here' });
    const newCase = async (opened: number): Promise<string> =>
      db.make.case({ post: await db.make.reply({ thread, author: 'author' }), opened });
    first = await newCase(60);
    second = await newCase(0);
  });

  const next = async (viewer: Viewer): Promise<string | null> => {
    const query = { tier: null, source: null, community: null, mine: false, overdue: false };
    const reader = { viewerId: viewer.memberId, isStaff: viewer.role !== 'member' };
    const now = db.clock.now();
    const times = { now, seconds: now.getTime() / 1_000 };
    const found = await db.sql.first(nextCase, { ...query, ...reader, ...times });
    return found?.id ?? null;
  };

  it('is the first in the queue, or none if it is empty', async () => {
    expect(await next(one)).toBe(first);
    await db.make.rows(`update review_cases set state = 'closed', closed_at = now()`);
    expect(await next(one)).toBeNull();
  });

  it('may be claimed by oneself, not by a colleague', async () => {
    await services.claims.claim(one, first);
    expect([await next(one), await next(other)]).toEqual([first, second]);
  });

  it('is never one with a pending proposal of the viewer', async () => {
    await services.deciding.decide(one, first, decision({ action: 'suspend', days: '0' }));
    expect([await next(one), await next(other)]).toEqual([second, first]);
  });

  it('is never one that the viewer escalated', async () => {
    await services.deciding.decide(one, first, decision({ action: 'escalate' }));
    expect([await next(one), await next(other)]).toEqual([second, first]);
  });

  it.each(['actor_id', 'second_id'])(
    'is never an appeal against one’s own decision: %s',
    async (who) => {
      const decided = await db.make.decision({ case: first });
      await db.make.rows(`update decisions set ${who} = $2 where id = $1`, [decided, one.memberId]);
      const [appeal] = (await db.make.rows(
        `
        insert into review_cases (kind, decision_id, community_id, tier, due_at, opened_at)
        select 'appeal', $1, community_id, 'crisis', now(), now()
        from review_cases
        where id = $2
        returning id
      `,
        [decided, first],
      )) as [{ id: string }];
      expect([await next(one), await next(other)]).toEqual([second, appeal.id]);
    },
  );

  it('is never one that was passed on or is out of reach', async () => {
    await services.claims.pass(one, first);
    expect(await next(one)).toBe(second);
    expect(await next(viewerOf(await db.make.member('stranger')))).toBeNull();
  });
});
