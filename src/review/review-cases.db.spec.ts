import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { Outbox } from '../outbox/outbox.js';
import { ReviewCases, type CaseOpening, type OpenedCase } from './review-cases.js';

interface CaseRow {
  tier: string;
  version: number;
  due_at: Date;
  opened_at: Date;
}

describe('review cases', () => {
  let world: TestDatabase;
  let cases: ReviewCases;
  let communityId: string;
  let postId: string;

  beforeAll(async () => {
    world = await testDatabase();
    cases = new ReviewCases(world.clock, new Outbox());
    const thread = await world.make.thread({
      community: await world.make.community({ slug: 'here' }),
    });
    [{ id: communityId }] = (await world.make.rows(
      `select id from communities where slug = 'here'`,
    )) as [{ id: string }];
    [{ id: postId }] = (await world.make.rows('select id from posts where thread_id = $1', [
      thread,
    ])) as [{ id: string }];
  });
  afterAll(() => world.close());

  const open = (opening: Partial<CaseOpening>): Promise<OpenedCase> =>
    world.database.inTransaction((tx) =>
      cases.open(tx, {
        subject: { kind: 'post', postId },
        communityId,
        tier: 'watch',
        reasons: [{ source: 'triage', reason: 'watch' }],
        ...opening,
      }),
    );
  const row = async (id: string): Promise<CaseRow> =>
    (
      (await world.make.rows(
        'select tier, version, due_at, opened_at from review_cases where id = $1',
        [id],
      )) as [CaseRow]
    )[0];
  const events = async (): Promise<string[]> =>
    ((await world.make.rows('select event from outbox order by id')) as { event: string }[]).map(
      ({ event }) => event,
    );
  const minutes = ({ due_at: due, opened_at: opened }: CaseRow): number =>
    Math.round((due.getTime() - opened.getTime()) / 60_000);

  it('are unique for a subject, however many reasons there are', async () => {
    const first = await open({});
    expect(first).toMatchObject({ tier: 'watch', fresh: true });
    expect(minutes(await row(first.id))).toBe(12 * 60);
    const second = await open({
      tier: 'urgent',
      reasons: [{ source: 'report', reason: 'abuse' }],
      signals: [{ rule: 'r', span: [0, 3], why: 'w' }],
      rulesVersion: '3',
    });
    expect(second).toEqual({ id: first.id, tier: 'urgent', fresh: false });
    expect(minutes(await row(first.id))).toBe(60);
    expect(await events()).toEqual(['case.opened', 'case.raised']);
  });

  it('never lower their tier, and emit no event without a change', async () => {
    const before = await events();
    const again = await open({ tier: 'none', reasons: [{ source: 'report', reason: 'abuse' }] });
    expect(await row(again.id)).toMatchObject({ tier: 'urgent', version: 2 });
    expect(await events()).toEqual(before);
    const [{ signals }] = (await world.make.rows('select signals from review_cases where id = $1', [
      again.id,
    ])) as [{ signals: object[] }];
    expect(signals).toEqual([{ rule: 'r', span: [0, 3], why: 'w' }]);
  });

  it('shorten their deadline for an urgent reason', async () => {
    const sooner = await open({
      target: { minutes: 5, staffed: false },
      reasons: [{ source: 'report', reason: 'methods' }],
    });
    expect(minutes(await row(sooner.id))).toBeLessThanOrEqual(6);
  });

  it('open again after closing, also without a community', async () => {
    const { id } = await open({});
    await world.make.rows(
      `update review_cases set state = 'closed', closed_at = now() where id = $1`,
      [id],
    );
    expect((await open({})).id).not.toBe(id);
    const memberId = await world.make.member('somebody');
    const two = await Promise.all(
      [0, 1, 2].map(() => open({ subject: { kind: 'member', memberId }, communityId: null })),
    );
    expect(new Set(two.map((one) => one.id)).size).toBe(1);
    expect(two.filter((one) => one.fresh).length).toBe(1);
  });

  it('are stored atomically with their cause', async () => {
    const memberId = await world.make.member('nobody-yet');
    const failed = world.database.inTransaction(async (tx) => {
      await cases.open(tx, {
        subject: { kind: 'member', memberId },
        communityId: null,
        tier: 'watch',
        reasons: [],
      });
      throw new Error('the post could not be kept');
    });
    await expect(failed).rejects.toThrow('the post could not be kept');
    expect(
      await world.make.rows('select 1 from review_cases where member_id = $1', [memberId]),
    ).toEqual([]);
  });
});
