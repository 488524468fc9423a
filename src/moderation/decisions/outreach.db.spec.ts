import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { eventCount, moderatorOf } from '../../../test/support/moderation.js';
import type { Viewer } from '../../http/viewer.js';
import { NotFound } from '../../kernel/errors.js';
import { Outbox } from '../../outbox/outbox.js';
import { AuditLog } from '../../review/audit-log.js';
import { ReviewCases } from '../../review/review-cases.js';
import { CaseAccess } from '../core/case-access.js';
import { Outreach } from './outreach.service.js';
import { Statements } from './statement.service.js';

interface CaseState {
  id: string;
  state: string;
  version: number;
  reasons: string[];
}

describe('messages under a decision', () => {
  let db: TestDatabase;
  let outreach: Outreach;
  let statements: Statements;
  let moderator: Viewer;
  let outsider: Viewer;
  let writer: Viewer;
  let post: string;
  let caseId: string;
  let decisionId: string;

  beforeAll(async () => {
    db = await testDatabase();
    const { database, sql, clock, make } = db;
    const outbox = new Outbox();
    outreach = new Outreach(
      database,
      clock,
      outbox,
      new ReviewCases(clock, outbox),
      new CaseAccess(sql, clock),
      new AuditLog(clock),
    );
    statements = new Statements(sql, clock);
    await make.community({ slug: 'here' });
    await make.community({ slug: 'there' });
    await make.join('writer', 'here');
    moderator = await moderatorOf(make, 'here', 'moderator');
    outsider = await moderatorOf(make, 'there', 'outsider');
    writer = await make.viewer('writer');
  });
  afterAll(() => db.close());

  beforeEach(async () => {
    const thread = await db.make.thread({ community: 'here' });
    post = await db.make.reply({ thread, author: 'writer' });
    caseId = await db.make.case({ post });
    decisionId = await db.make.decision({ case: caseId });
  });

  const fromMember = async (body: string): Promise<void> =>
    outreach.fromMember(writer, await statements.load(writer, decisionId), body);
  const messages = async (): Promise<{ body: string; fromTeam: boolean }[]> =>
    db.make.all(
      `
        select body, from_team as "fromTeam"
        from decision_messages
        where decision_id = $1
        order by id
      `,
      [decisionId],
    );
  /** The cases about the post, oldest first. */
  const cases = async (): Promise<CaseState[]> =>
    db.make.all(
      `
        select c.id, c.state, c.version,
          array(select r.source || '.' || r.reason
            from case_reasons r
            where r.case_id = c.id
            order by 1) as reasons
        from review_cases c
        where c.post_id = $1
        order by c.id
      `,
      [post],
    );
  const announced = (): Promise<number> => eventCount(db.make, 'team.wrote', { decisionId });

  it('reopen a closed case once', async () => {
    await db.make.rows(
      `update review_cases set state = 'closed', closed_at = now() where id = $1`,
      [caseId],
    );
    await fromMember('May I explain?');
    await fromMember('And one more thing.');
    const [, ...reopened] = await cases();
    expect(reopened).toMatchObject([{ state: 'open', reasons: ['author.message'] }]);
    expect(await messages()).toEqual([
      { body: 'May I explain?', fromTeam: false },
      { body: 'And one more thing.', fromTeam: false },
    ]);
  });

  it('add a reason to an open case, and invalidate its open forms', async () => {
    await db.make.rows(`update review_cases set state = 'open', closed_at = null where id = $1`, [
      caseId,
    ]);
    const [before] = await cases();
    await fromMember('May I explain?');
    const after = await cases();
    expect(after).toHaveLength(1);
    expect(after[0]?.reasons).toEqual(['author.message', 'triage.watch']);
    expect(after[0]?.version).toBe((before?.version ?? 0) + 1);
  });

  it('are delivered to the member, logged and announced', async () => {
    await outreach.fromTeam(moderator, caseId, decisionId, 'How are you today?');
    expect(await messages()).toEqual([{ body: 'How are you today?', fromTeam: true }]);
    const { decision } = await statements.facts(writer, await statements.load(writer, decisionId));
    expect(decision.id).toBe(decisionId);
    const { actor } = await db.make.one<{ actor: string }>(
      `
        select actor_id as actor
        from moderation_log
        where deed = 'team.wrote' and case_id = $1
      `,
      [caseId],
    );
    expect(actor).toBe(moderator.memberId);
    expect(await announced()).toBe(1);
  });

  it('belong only to decisions of the case', async () => {
    const thread = await db.make.thread({ community: 'here' });
    const other = await db.make.case({ post: await db.make.reply({ thread, author: 'writer' }) });
    await expect(outreach.fromTeam(moderator, other, decisionId, 'A message.')).rejects.toThrow(
      NotFound,
    );
    expect(await messages()).toEqual([]);
    expect(await announced()).toBe(0);
  });

  it('are written by moderators of the community, never to themselves', async () => {
    for (const who of [outsider, writer])
      await expect(outreach.fromTeam(who, caseId, decisionId, 'A message.')).rejects.toThrow(
        NotFound,
      );
    expect(await messages()).toEqual([]);
  });

  it('are readable only for the member concerned', async () => {
    await outreach.fromTeam(moderator, caseId, decisionId, 'How are you today?');
    const own = await statements.facts(writer, await statements.load(writer, decisionId));
    expect(own.messages).toMatchObject([{ body: 'How are you today?' }]);
    await expect(statements.load(outsider, decisionId)).rejects.toThrow(NotFound);
  });
});
