import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { actionsOn, eventCount, moderatorOf } from '../../../test/support/moderation.js';
import type { Viewer } from '../../http/viewer.js';
import { Forbidden, NotFound } from '../../kernel/errors.js';
import { Outbox } from '../../outbox/outbox.js';
import { AuditLog } from '../../review/audit-log.js';
import { CaseAccess } from '../core/case-access.js';
import { Escalations } from './escalations.service.js';

describe('records of contact with outside services', () => {
  let db: TestDatabase;
  let escalations: Escalations;
  let recorder: Viewer;
  let second: Viewer;
  let third: Viewer;
  let author: Viewer;
  let outsider: Viewer;
  let caseId: string;

  beforeAll(async () => {
    db = await testDatabase();
    const { database, sql, clock, make } = db;
    escalations = new Escalations(
      database,
      sql,
      clock,
      new Outbox(),
      new CaseAccess(sql, clock),
      new AuditLog(clock),
    );
    await make.community({ slug: 'here' });
    await make.community({ slug: 'there' });
    recorder = await moderatorOf(make, 'here', 'recorder');
    second = await moderatorOf(make, 'here', 'second');
    third = await moderatorOf(make, 'here', 'third');
    author = await moderatorOf(make, 'here', 'author');
    outsider = await moderatorOf(make, 'there', 'outsider');
  });
  afterAll(() => db.close());

  beforeEach(async () => {
    const thread = await db.make.thread({ community: 'here' });
    caseId = await db.make.case({ post: await db.make.reply({ thread, author: 'author' }) });
  });

  const form = {
    told: 'The local crisis team',
    said: 'That somebody may need a visit.',
    shared: 'The handle and the town.',
    outcome: '',
  };
  /** Creates a record. @returns its id */
  const record = async (): Promise<string> => {
    await escalations.record(recorder, caseId, form);
    const [row] = await escalations.of(recorder, caseId);
    if (row === undefined) throw new Error('no record');
    return row.id;
  };
  const logged = (): Promise<string[]> => actionsOn(db.make, caseId);

  it('store what was said and shared, and by whom', async () => {
    await record();
    expect(await escalations.of(recorder, caseId)).toMatchObject([
      { ...form, who: 'recorder', mine: true, second: null },
    ]);
    expect(await escalations.of(second, caseId)).toMatchObject([{ mine: false }]);
    expect(await logged()).toEqual(['escalation.recorded']);
  });

  it('raise the case for the other moderators', async () => {
    await record();
    expect(await eventCount(db.make, 'case.raised', { caseId })).toBe(1);
  });

  it('are confirmed by somebody other than their author', async () => {
    const id = await record();
    await expect(escalations.second(recorder, caseId, id)).rejects.toThrow(Forbidden);
    expect(await escalations.of(recorder, caseId)).toMatchObject([{ second: null }]);
    await escalations.second(second, caseId, id);
    expect(await escalations.of(recorder, caseId)).toMatchObject([{ second: 'second' }]);
  });

  it('keep the first confirmation', async () => {
    const id = await record();
    await escalations.second(second, caseId, id);
    await escalations.second(third, caseId, id);
    expect(await escalations.of(recorder, caseId)).toMatchObject([{ second: 'second' }]);
    expect(await logged()).toEqual(['escalation.recorded', 'escalation.seconded']);
  });

  it('belong to one case', async () => {
    const id = await record();
    const thread = await db.make.thread({ community: 'here' });
    const elsewhere = await db.make.case({ post: await db.make.reply({ thread }) });
    await expect(escalations.second(second, elsewhere, id)).rejects.toThrow(NotFound);
    expect(await escalations.of(second, elsewhere)).toEqual([]);
  });

  it('are closed to other communities, and to the author of the post', async () => {
    const id = await record();
    for (const who of [outsider, author]) {
      await expect(escalations.record(who, caseId, form)).rejects.toThrow(NotFound);
      await expect(escalations.second(who, caseId, id)).rejects.toThrow(NotFound);
    }
    expect(await escalations.of(recorder, caseId)).toMatchObject([{ second: null }]);
  });
});
