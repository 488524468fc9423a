import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import {
  eventCount,
  moderationServices,
  moderatorOf,
  type ModerationServices,
} from '../../../test/support/moderation.js';
import type { Viewer } from '../../http/viewer.js';
import { BulkForm } from './bulk.dto.js';

describe('deciding several cases together', () => {
  let world: TestDatabase;
  let services: ModerationServices;
  let one: Viewer;
  let other: Viewer;
  let thread: string;
  let spam: string[];

  beforeAll(async () => {
    world = await testDatabase();
    services = moderationServices(world);
    world.clock.freeze();
    await world.make.community({ slug: 'here' });
    await world.make.community({ slug: 'elsewhere' });
    one = await moderatorOf(world.make, 'here', 'one');
    other = await moderatorOf(world.make, 'here', 'other');
  });
  afterAll(() => world.close());

  beforeEach(async () => {
    thread = await world.make.thread({ community: 'here' });
    spam = [await reported(), await reported()];
  });

  const reported = async (author = 'seller', slug = thread): Promise<string> =>
    world.make.case({
      post: await world.make.reply({ thread: slug, author }),
      tier: 'none',
      reasons: ['report.spam'],
    });
  const form = (cases: string[], change: Partial<BulkForm> = {}): BulkForm =>
    Object.assign(new BulkForm(), {
      case: cases.map((id) => `${id}.1`),
      action: 'remove',
      rule: 'selling',
      reason: 'This sells something.',
      ...change,
    });
  const stateOf = (
    id: string,
  ): Promise<{ state: string; outcome: string | null; status: string; decisions: number }> =>
    world.make.one(
      `
        select rc.state, rc.outcome, p.status,
          (select count(*)::int from decisions d where d.case_id = rc.id) as decisions
        from review_cases rc
        join posts p on p.id = rc.post_id
        where rc.id = $1
      `,
      [id],
    );
  const OPEN = { state: 'open', outcome: null, status: 'published', decisions: 0 };
  const REMOVED = { state: 'closed', outcome: 'remove', status: 'removed', decisions: 1 };

  it('decides each as it would be decided alone, and tells each author', async () => {
    expect(await services.bulk.decide(one, form(spam))).toBe(2);
    for (const id of spam) {
      expect(await stateOf(id)).toEqual(REMOVED);
      const decision = await world.make.one<{ id: string; told: boolean; rule: string }>(
        `select id, (detail->>'told')::boolean as told, rule from decisions where case_id = $1`,
        [id],
      );
      expect(decision).toMatchObject({ told: true, rule: 'selling' });
      expect(await eventCount(world.make, 'decision.made', { decisionId: decision.id })).toBe(1);
    }
  });

  it('closes reports that need no action, and shows nothing that was hidden', async () => {
    expect(
      await services.bulk.decide(one, form(spam, { action: 'dismiss', rule: '', reason: '' })),
    ).toBe(2);
    expect(await stateOf(spam[0] ?? '')).toEqual({
      ...REMOVED,
      outcome: 'dismiss',
      status: 'published',
    });
  });

  it('decides nothing twice', async () => {
    await services.bulk.decide(one, form(spam));
    expect(await services.bulk.decide(one, form(spam))).toBe(0);
    const pressed = await Promise.all([
      services.bulk.decide(one, form([await reported()])),
      services.bulk.decide(one, form(spam)),
    ]);
    expect(pressed).toEqual([1, 0]);
    expect(await stateOf(spam[0] ?? '')).toEqual(REMOVED);
  });

  it('decides each once when two moderators press at the same time', async () => {
    const counts = await Promise.all([
      services.bulk.decide(one, form(spam)),
      services.bulk.decide(other, form([...spam].reverse())),
    ]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(2);
    for (const id of spam) expect(await stateOf(id)).toEqual(REMOVED);
  });

  it('leaves out what is decided, taken, changed or somebody else’s, and decides the rest', async () => {
    const [decided, taken, changed, proposed] = [
      await reported(),
      await reported(),
      await reported(),
      await reported(),
    ];
    const own = await reported('one');
    const far = await reported('seller', await world.make.thread({ community: 'elsewhere' }));
    await world.make.decision({ case: decided, action: 'hide' });
    await services.claims.claim(other, taken);
    await world.make.rows('update review_cases set version = 2 where id = $1', [changed]);
    await world.make.rows(
      `insert into proposals (case_id, asked_by, form, created_at) values ($1, $2, '{}', now())`,
      [proposed, other.memberId],
    );
    const left = [taken, changed, proposed, own, far];
    expect(await services.bulk.decide(one, form([decided, ...left, ...spam]))).toBe(2);
    for (const id of left) expect(await stateOf(id)).toEqual(OPEN);
    expect(await stateOf(decided)).toMatchObject({ outcome: 'hide', decisions: 1 });
    for (const id of spam) expect(await stateOf(id)).toEqual(REMOVED);
  });

  it('decides a case that the moderator has taken', async () => {
    await services.claims.claim(one, spam[0] ?? '');
    expect(await services.bulk.decide(one, form(spam))).toBe(2);
  });

  it('never decides where somebody may be in danger, though the form names the version', async () => {
    const [crisis, danger] = [await reported(), await reported()];
    await world.make.rows(`update review_cases set tier = 'crisis' where id = $1`, [crisis]);
    await world.make.rows(
      `
        insert into case_reasons (case_id, source, reason, created_at)
        values ($1, 'concern', 'danger-now', now())
      `,
      [danger],
    );
    await services.claims.read(one, crisis);
    expect(await services.bulk.decide(one, form([crisis, danger]))).toBe(0);
    expect([await stateOf(crisis), await stateOf(danger)]).toEqual([OPEN, OPEN]);
  });

  it('decides a held or urgent post only after it was read', async () => {
    const [held = '', urgent = ''] = spam;
    await world.make.rows(
      `
        update posts
        set status = 'held', held_for = 'first-post'
        where id = (select post_id from review_cases where id = $1)
      `,
      [held],
    );
    await world.make.rows(`update review_cases set tier = 'urgent' where id = $1`, [urgent]);
    expect(await services.bulk.decide(one, form(spam, { action: 'dismiss' }))).toBe(0);
    for (const id of spam) await services.claims.read(one, id);
    expect(await services.bulk.decide(one, form(spam, { action: 'dismiss' }))).toBe(2);
    expect(await stateOf(held)).toMatchObject({ outcome: 'dismiss', status: 'published' });
  });

  it('shows only cases that the moderator may see', async () => {
    const far = await reported('seller', await world.make.thread({ community: 'elsewhere' }));
    const own = await reported('one');
    const refs = [...spam, far, own].map((id) => ({ id, version: null }));
    expect([...(await services.bulk.cases(one, refs)).keys()].sort()).toEqual([...spam].sort());
    expect((await services.bulk.cases(one, [])).size).toBe(0);
  });
});
