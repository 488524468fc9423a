import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { actionsOn, eventCount, moderatorOf } from '../../../test/support/moderation.js';
import type { Viewer } from '../../http/viewer.js';
import { Forbidden, NotFound } from '../../kernel/errors.js';
import { Outbox } from '../../outbox/outbox.js';
import { AuditLog } from '../../review/audit-log.js';
import { CaseAccess } from '../core/case-access.js';
import { StaleCase } from '../core/stale-case.js';
import { UNMASKED_FOR, UnmaskingAliases } from './unmasking.service.js';

describe('unmasking an alias', () => {
  let db: TestDatabase;
  let unmasking: UnmaskingAliases;
  let asker: Viewer;
  let second: Viewer;
  let third: Viewer;
  let outsider: Viewer;
  let caseId: string;
  let plainCaseId: string;

  beforeAll(async () => {
    db = await testDatabase();
    const { database, sql, clock, make } = db;
    clock.freeze();
    unmasking = new UnmaskingAliases(
      database,
      sql,
      clock,
      new Outbox(),
      new CaseAccess(sql, clock),
      new AuditLog(clock),
    );
    await make.community({ slug: 'here' });
    await make.community({ slug: 'there' });
    asker = await moderatorOf(make, 'here', 'asker');
    second = await moderatorOf(make, 'here', 'second');
    third = await moderatorOf(make, 'here', 'third');
    outsider = await moderatorOf(make, 'there', 'outsider');
  });
  afterAll(() => db.close());

  beforeEach(async () => {
    const thread = await db.make.thread({ community: 'here' });
    const reply = { thread, author: 'writer' };
    plainCaseId = await db.make.case({ post: await db.make.reply(reply) });
    caseId = await db.make.case({ post: await db.make.reply({ ...reply, alias: 'Quiet Fern' }) });
  });

  const handleFor = async (who: Viewer): Promise<string | null | undefined> =>
    (await unmasking.of(who, caseId))?.handle;
  const logged = (): Promise<string[]> => actionsOn(db.make, caseId);
  const announced = (): Promise<number> => eventCount(db.make, 'alias.unmasked', { caseId });

  it('hides the handle while the request is pending', async () => {
    await unmasking.ask(asker, caseId, 'A threat has to be followed up.');
    expect(await unmasking.of(asker, caseId)).toMatchObject({
      who: 'asker',
      mine: true,
      allowed: null,
      handle: null,
    });
    expect(await unmasking.of(second, caseId)).toMatchObject({ mine: false, handle: null });
    expect(await logged()).toEqual(['alias.asked']);
  });

  it('needs a second person', async () => {
    await unmasking.ask(asker, caseId, 'A reason.');
    await expect(unmasking.settle(asker, caseId, true, '')).rejects.toThrow(Forbidden);
    expect(await unmasking.of(asker, caseId)).toMatchObject({ allowed: null, handle: null });
    expect(await announced()).toBe(0);
  });

  it('shows the handle only to the two who agreed, for an hour', async () => {
    await unmasking.ask(asker, caseId, 'A reason.');
    await unmasking.settle(second, caseId, true, 'I agree.');
    expect(await handleFor(asker)).toBe('writer');
    expect(await handleFor(second)).toBe('writer');
    expect(await handleFor(third)).toBeNull();
    expect(await logged()).toEqual(['alias.asked', 'alias.allowed']);
    expect(await announced()).toBe(1);
    db.clock.move(UNMASKED_FOR - 1);
    expect(await handleFor(asker)).toBe('writer');
    db.clock.move(1);
    expect(await handleFor(asker)).toBeNull();
    expect(await handleFor(second)).toBeNull();
  });

  it('hides the handle after a refusal, and allows another request', async () => {
    await unmasking.ask(asker, caseId, 'A reason.');
    await unmasking.settle(second, caseId, false, 'Not needed.');
    expect(await unmasking.of(asker, caseId)).toMatchObject({ allowed: false, handle: null });
    expect(await handleFor(second)).toBeNull();
    expect(await announced()).toBe(0);
    await expect(unmasking.settle(third, caseId, true, '')).rejects.toThrow(StaleCase);
    await unmasking.ask(third, caseId, 'A better reason.');
    expect(await unmasking.of(third, caseId)).toMatchObject({ mine: true, allowed: null });
  });

  it('allows one pending request', async () => {
    await unmasking.ask(asker, caseId, 'A reason.');
    await expect(unmasking.ask(third, caseId, 'Another.')).rejects.toThrow(StaleCase);
    expect(await unmasking.of(third, caseId)).toMatchObject({ who: 'asker', reason: 'A reason.' });
  });

  it('takes a form that is sent twice once', async () => {
    await unmasking.ask(asker, caseId, 'A reason.');
    await unmasking.ask(asker, caseId, 'A reason.');
    await unmasking.settle(second, caseId, true, 'I agree.');
    await unmasking.settle(second, caseId, true, 'I agree.');
    await expect(unmasking.settle(second, caseId, false, '')).rejects.toThrow(StaleCase);
    expect(await logged()).toEqual(['alias.asked', 'alias.allowed']);
    expect(await announced()).toBe(1);
  });

  it('applies only to posts under an alias', async () => {
    expect(await unmasking.masked(caseId)).toBe(true);
    expect(await unmasking.masked(plainCaseId)).toBe(false);
    await expect(unmasking.ask(asker, plainCaseId, 'A reason.')).rejects.toThrow(NotFound);
  });

  it('is closed to moderators of other communities', async () => {
    await expect(unmasking.ask(outsider, caseId, 'A reason.')).rejects.toThrow(NotFound);
    await unmasking.ask(asker, caseId, 'A reason.');
    await expect(unmasking.settle(outsider, caseId, true, '')).rejects.toThrow(NotFound);
    expect(await logged()).toEqual(['alias.asked']);
  });
});
