import { describe, expect, it } from '@jest/globals';
import { TestClock } from '../../test/support/clock.js';
import { pendingReads } from '../../test/support/pending-reads.js';
import type { AccessibleCommunity } from '../communities/community-access.js';
import type { CommunityOverviews } from '../communities/community-overviews.js';
import { CommunityPage } from './community-page.service.js';
import type { RecentThreadLists } from './recent-threads.js';

/** Lists in memory that are used for nobody. */
const UNUSED = { areFor: () => false } as unknown as RecentThreadLists;

describe('the page of a community', () => {
  const query = { sort: 'active', topic: 'sleep', after: undefined } as const;
  const pageOf = (
    sql: ReturnType<typeof pendingReads>['sql'],
    of: Partial<AccessibleCommunity>,
  ) => {
    const community = { id: '1', role: null, visitUntil: null, topics: [], ...of };
    const overviews = { load: () => Promise.resolve({ community }) };
    return new CommunityPage(
      sql,
      new TestClock(),
      UNUSED,
      overviews as unknown as CommunityOverviews,
      undefined as never,
    ).read(null, 'tea', query);
  };

  it('queries its threads and the pinned ones once each', async () => {
    const { sql, most } = pendingReads([{ id: '1', listed: true }]);
    const facts = await pageOf(sql, { visibility: 'public' });
    expect(most()).toBe(2);
    expect([facts.threads.length, facts.pinned.length]).toEqual([1, 1]);
  });

  it('queries no threads that the viewer may not read', async () => {
    const { sql, most } = pendingReads([{ id: '1', listed: true }]);
    const facts = await pageOf(sql, { visibility: 'members' });
    expect(most()).toBe(0);
    expect([facts.readable, facts.threads, facts.pinned]).toEqual([false, [], []]);
  });

  it('ignores a topic that the community does not have', async () => {
    const topicOf = async (topics: string[]): Promise<unknown> =>
      (await pageOf(pendingReads().sql, { visibility: 'public', topics })).query.topic;
    expect(await topicOf(['sleep'])).toBe('sleep');
    expect(await topicOf(['food'])).toBeNull();
  });
});
