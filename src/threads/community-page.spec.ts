import { describe, expect, it } from '@jest/globals';
import { TestClock } from '../../test/support/clock.js';
import { pendingReads } from '../../test/support/pending-reads.js';
import type { AccessibleCommunity } from '../communities/community-access.js';
import { CommunityPage } from './community-page.service.js';
import type { RecentThreadLists } from './recent-threads.js';

/** Lists in memory that are used for nobody. */
const UNUSED = { areFor: () => false } as unknown as RecentThreadLists;

describe('the page of a community', () => {
  const query = { sort: 'active', topic: null, after: undefined } as const;
  const community = (visibility: 'public' | 'members'): AccessibleCommunity =>
    ({ id: '1', visibility, role: null, visitUntil: null }) as AccessibleCommunity;

  it('queries its description, its threads and the pinned ones once each', async () => {
    const { sql, most } = pendingReads([{ id: '1', listed: true }]);
    const facts = await new CommunityPage(sql, new TestClock(), UNUSED).read(
      null,
      community('public'),
      query,
    );
    expect(most()).toBe(3);
    expect([facts.threads.length, facts.pinned.length]).toEqual([1, 1]);
  });

  it('queries no threads that the viewer may not read', async () => {
    const { sql, most } = pendingReads([{ id: '1', listed: true }]);
    const facts = await new CommunityPage(sql, new TestClock(), UNUSED).read(
      null,
      community('members'),
      query,
    );
    expect(most()).toBe(1);
    expect([facts.readable, facts.threads, facts.pinned]).toEqual([false, [], []]);
  });
});
