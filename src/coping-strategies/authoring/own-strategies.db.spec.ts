import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { viewer } from '../../../test/support/viewers.js';
import type { Viewer } from '../../http/viewer.js';
import { Config } from '../../kernel/config.js';
import { Conflict, FieldError, Forbidden, NotFound } from '../../kernel/errors.js';
import { Logger } from '../../kernel/logger.js';
import { Outbox } from '../../outbox/outbox.js';
import { AuditLog } from '../../review/audit-log.js';
import { ReviewCases } from '../../review/review-cases.js';
import { Screening } from '../../triage/screening.js';
import { EditedStrategy, OwnStrategy } from '../core/strategy.dto.js';
import { OwnStrategies } from './own-strategies.service.js';
import { Review } from './review.dto.js';
import { Reviewing } from './reviewing.service.js';

describe('strategies that members suggest', () => {
  let db: TestDatabase;
  let own: OwnStrategies;
  let reviewing: Reviewing;
  let kim: Viewer;
  let mod: Viewer;
  let count = 0;

  beforeAll(async () => {
    db = await testDatabase();
    const { database, sql, clock } = db;
    const outbox = new Outbox();
    const screening = new Screening(new Config(), sql, clock, new Logger('silent', true));
    own = new OwnStrategies(database, sql, clock, new ReviewCases(clock, outbox), screening);
    reviewing = new Reviewing(database, sql, clock, outbox, new AuditLog(clock));
    const memberId = await db.make.member('mod', { role: 'moderator' });
    mod = viewer({ memberId, handle: 'mod', role: 'moderator' });
  });
  afterAll(() => db.close());

  beforeEach(async () => {
    count += 1;
    const handle = `kim-${count}`;
    kim = viewer({ memberId: await db.make.member(handle), handle });
  });

  const texts = (changes: Partial<OwnStrategy> = {}): Partial<OwnStrategy> => ({
    name: 'Warm hands',
    summary: 'Hold a warm mug for a while.',
    steps: ['Make tea.', 'Hold the mug.'],
    needs: ['worry'],
    kinds: ['soothing'],
    ...changes,
  });
  const suggest = (changes: Partial<OwnStrategy> = {}): Promise<string> =>
    own.suggest(kim, Object.assign(new OwnStrategy(), texts(changes)), null);
  const review = (slug: string, changes: Partial<Review>, by = mod): Promise<void> =>
    reviewing.review(
      by,
      slug,
      Object.assign(new Review(), { action: 'publish', version: 1, ...changes }),
    );
  const change = (slug: string, changes: Partial<EditedStrategy>): Promise<void> =>
    own.change(kim, slug, Object.assign(new EditedStrategy(), texts(), changes));
  const stored = (slug: string): Promise<Record<string, unknown>> =>
    db.make.one(
      'select status, version, credit, withdrawn_by, places from coping_strategies where slug = $1',
      [slug],
    );
  const openCases = (slug: string): Promise<unknown[]> =>
    db.make.all(
      `
        select rc.id
        from review_cases rc
        join coping_strategies s on s.id = rc.strategy_id
        where s.slug = $1 and rc.state = 'open'
      `,
      [slug],
    );

  it('await review in a case of their own', async () => {
    const slug = await suggest();
    expect(await stored(slug)).toMatchObject({ status: 'proposed', version: 1, credit: '' });
    expect(await openCases(slug)).toHaveLength(1);
    expect((await reviewing.proposed()).map((row) => row.slug)).toContain(slug);
  });

  it('are inserted once for each idempotency key', async () => {
    const slug = await suggest({ idempotencyKey: 'k' });
    expect(await suggest({ idempotencyKey: 'k' })).toBe(slug);
    expect(await own.listOf(kim)).toHaveLength(1);
    const other = await suggest({ idempotencyKey: 'k', name: 'Written after going back' });
    expect(other).not.toBe(slug);
    expect(await own.listOf(kim)).toHaveLength(2);
    // At the same time, with one key and with two.
    const at = (key: string) => suggest({ idempotencyKey: key, name: 'At once' });
    const [first, again, third] = await Promise.all(['a', 'a', 'b'].map(at));
    expect(again).toBe(first);
    expect(third).not.toBe(first);
  });

  it('credit the member with their consent, and default to any place', async () => {
    const row = await stored(await suggest({ credited: true }));
    expect(row.credit).toBe(kim.handle);
    expect(row.places).toHaveLength(5);
  });

  it('need a verified address', async () => {
    const form = Object.assign(new OwnStrategy(), texts());
    await expect(own.suggest({ ...kim, verified: false }, form, null)).rejects.toThrow(Forbidden);
  });

  it('must not contain contact details', async () => {
    await expect(suggest({ summary: 'Write to me: kim@example.org' })).rejects.toThrow(FieldError);
    expect(await own.listOf(kim)).toEqual([]);
  });

  it('are published by a review, which closes the case and notifies the writer', async () => {
    const slug = await suggest();
    await review(slug, {});
    expect(await stored(slug)).toMatchObject({ status: 'published' });
    expect(await openCases(slug)).toEqual([]);
    const event = await db.make.one<{ event: string }>(
      'select event from outbox order by id desc limit 1',
    );
    expect(event.event).toBe('strategy.reviewed');
    await expect(review(slug, {})).rejects.toThrow(Conflict);
  });

  it('are returned or declined only with a reason', async () => {
    const slug = await suggest();
    await expect(review(slug, { action: 'return' })).rejects.toThrow(FieldError);
    await review(slug, { action: 'return', reason: 'One step more?' });
    expect((await own.forEditing(kim, slug)).note).toBe('One step more?');
  });

  it('are reviewed by staff, and never by their own writer', async () => {
    const slug = await suggest();
    await expect(review(slug, {}, kim)).rejects.toThrow(NotFound);
    const colleague = { ...kim, role: 'moderator' as const };
    await expect(review(slug, {}, colleague)).rejects.toThrow(Forbidden);
    expect(await stored(slug)).toMatchObject({ status: 'proposed' });
  });

  it('are reviewed again after an edit, and keep the previous version', async () => {
    const slug = await suggest();
    await review(slug, { action: 'return', reason: 'Shorter?' });
    await change(slug, { version: 1, name: 'Warm hands again' });
    expect(await stored(slug)).toMatchObject({ status: 'proposed', version: 2 });
    expect(await openCases(slug)).toHaveLength(1);
    const version = await db.make.one<{ name: string }>(
      `
        select v.wording->>'name' as name
        from coping_strategy_versions v
        join coping_strategies s on s.id = v.strategy_id
        where s.slug = $1
      `,
      [slug],
    );
    expect(version.name).toBe('Warm hands');
    await expect(change(slug, { version: 1 })).rejects.toThrow(Conflict);
  });

  it('cannot be edited once published, or by another member', async () => {
    const slug = await suggest();
    await review(slug, {});
    await expect(change(slug, { version: 1 })).rejects.toThrow(Forbidden);
    await expect(own.forEditing(kim, slug)).rejects.toThrow(Forbidden);
    await expect(own.forEditing(mod, slug)).rejects.toThrow(NotFound);
  });

  it('are withdrawn by their writer at any time', async () => {
    const slug = await suggest();
    await expect(own.withdraw(mod, slug)).rejects.toThrow(NotFound);
    await own.withdraw(kim, slug);
    expect(await stored(slug)).toMatchObject({ status: 'withdrawn', withdrawn_by: 'author' });
    expect(await openCases(slug)).toEqual([]);
    await expect(review(slug, {})).rejects.toThrow(Conflict);
  });
});
