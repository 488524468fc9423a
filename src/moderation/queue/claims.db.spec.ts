import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import {
  actionsOn,
  moderationServices,
  moderatorOf,
  viewerOf,
} from '../../../test/support/moderation.js';
import type { Viewer } from '../../http/viewer.js';
import { NotFound } from '../../kernel/errors.js';
import { CLAIM_LEASE } from '../core/case-order.js';
import { StaleCase } from '../core/stale-case.js';
import type { Claims } from './claims.service.js';

describe('claims', () => {
  let world: TestDatabase;
  let claims: Claims;
  let one: Viewer;
  let other: Viewer;
  let stranger: Viewer;
  let author: Viewer;
  let caseId: string;

  beforeAll(async () => {
    world = await testDatabase();
    ({ claims } = moderationServices(world));
    world.clock.freeze();
    await world.make.community({ slug: 'here' });
    one = await moderatorOf(world.make, 'here', 'one');
    other = await moderatorOf(world.make, 'here', 'other');
    author = await moderatorOf(world.make, 'here', 'author');
    stranger = viewerOf(await world.make.member('stranger'));
  });
  afterAll(() => world.close());

  beforeEach(async () => {
    const thread = await world.make.thread({ community: 'here' });
    caseId = await world.make.case({ post: await world.make.reply({ thread, author: 'author' }) });
  });

  const claimedBy = async (): Promise<string | null> =>
    (
      (await world.make.rows('select claimed_by from review_cases where id = $1', [caseId])) as [
        { claimed_by: string | null },
      ]
    )[0].claimed_by;
  const logged = (): Promise<string[]> => actionsOn(world.make, caseId);

  it('take an unclaimed case and are logged', async () => {
    await claims.claim(one, caseId);
    expect(await claimedBy()).toBe(one.memberId);
    expect(await logged()).toEqual(['case.claimed']);
  });

  it('exclude colleagues until they expire', async () => {
    await claims.claim(one, caseId);
    await expect(claims.claim(other, caseId)).rejects.toThrow(StaleCase);
    expect(await claimedBy()).toBe(one.memberId);
  });

  it('are granted to one of two concurrent requests', async () => {
    const pressed = await Promise.allSettled([
      claims.claim(one, caseId),
      claims.claim(other, caseId),
    ]);
    expect(pressed.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await logged()).toEqual(['case.claimed']);
  });

  it('expire', async () => {
    await claims.claim(one, caseId);
    world.clock.move(CLAIM_LEASE + 1);
    await claims.claim(other, caseId);
    expect(await claimedBy()).toBe(other.memberId);
  });

  it('are renewed by claiming again', async () => {
    await claims.claim(one, caseId);
    world.clock.move(CLAIM_LEASE - 1);
    await claims.claim(one, caseId);
    world.clock.move(CLAIM_LEASE - 1);
    await expect(claims.claim(other, caseId)).rejects.toThrow(StaleCase);
  });

  it('are released', async () => {
    await claims.claim(one, caseId);
    await claims.release(one, caseId);
    expect(await claimedBy()).toBeNull();
    expect(await logged()).toEqual(['case.claimed', 'case.released']);
  });

  it('are not ended by a colleague', async () => {
    await claims.claim(one, caseId);
    await claims.release(other, caseId);
    expect(await claimedBy()).toBe(one.memberId);
  });

  it('are passed on without a reason, and can be claimed again', async () => {
    const passes = (): Promise<unknown[]> =>
      world.make.rows('select member_id from case_passes where case_id = $1', [caseId]);
    await claims.pass(one, caseId);
    await claims.pass(one, caseId);
    expect(await passes()).toEqual([{ member_id: one.memberId }]);
    await claims.claim(one, caseId);
    expect(await passes()).toEqual([]);
  });

  it('cannot be made on a closed case', async () => {
    await world.make.decision({ case: caseId });
    await expect(claims.claim(one, caseId)).rejects.toThrow(StaleCase);
  });

  it('are hidden from the author and from moderators elsewhere', async () => {
    await expect(claims.claim(author, caseId)).rejects.toThrow(NotFound);
    await expect(claims.claim(stranger, caseId)).rejects.toThrow(NotFound);
    expect(await logged()).toEqual([]);
  });

  it('record the first reading of each moderator', async () => {
    const firstRead = async (): Promise<unknown[]> =>
      world.make.rows('select first_read_at from review_cases where id = $1', [caseId]);
    await claims.read(one, caseId);
    const before = await firstRead();
    world.clock.move(CLAIM_LEASE);
    await claims.read(one, caseId);
    await claims.read(other, caseId);
    expect(await firstRead()).toEqual(before);
    expect(await logged()).toEqual(['case.read', 'case.read']);
  });
});
