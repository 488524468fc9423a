import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { Outbox } from '../../outbox/outbox.js';
import { NoticeJobs } from './notice-jobs.js';
import { NOTICES } from './notice-table.js';
import { Notifier } from './notifier.service.js';

describe('NoticeJobs', () => {
  let db: TestDatabase;
  let jobs: NoticeJobs;
  let mia: string;
  let thread: string;
  let post: string;
  let caseId: string;

  beforeAll(async () => {
    db = await testDatabase();
    jobs = new NoticeJobs(
      db.database,
      db.sql,
      new Notifier(db.database, db.sql, new Outbox(), db.clock),
    );
    mia = await db.make.member('mia');
    await db.make.community({ slug: 'here' });
    thread = await db.make.thread({ community: 'here', author: 'mia' });
    post = await id('select id from posts where thread_id = $1', [thread]);
    caseId = await db.make.case({ post });
  });
  afterAll(() => db.close());
  beforeEach(() => db.make.rows('delete from notices'));

  async function id(text: string, values: unknown[] = []): Promise<string> {
    const [row] = (await db.make.rows(text, values)) as [{ id: string }];
    return row.id;
  }

  /** Handle, kind and subject of every notice. */
  async function notices(): Promise<unknown[]> {
    const rows = (await db.make.rows(
      `select m.handle, n.kind, coalesce(n.subject_id, n.post_id) as about
       from notices n join members m on m.id = n.member_id
       order by n.id`,
    )) as { handle: string; kind: string; about: string }[];
    return rows.map(({ handle, kind, about }) => [handle, kind, about]);
  }

  it('has queries that run with the ids of their events', async () => {
    expect(NOTICES.length).toBeGreaterThan(15);
    for (const { label, recipients, supersedes } of NOTICES) {
      const names = [...recipients.names, ...(supersedes?.names ?? [])];
      const ids = Object.fromEntries(names.map((name) => [name, '0']));
      await jobs.run(label.name, ids);
      if (supersedes !== null)
        await db.database.inTransaction((tx) => db.sql.rowsIn(tx, supersedes, ids));
    }
    expect(await notices()).toEqual([]);
  });

  it('rejects an unknown job', async () => {
    await expect(jobs.run('tell-of-nothing', {})).rejects.toThrow('no job tell-of-nothing');
  });

  it('notifies the opener of a thread once it is locked, and not before', async () => {
    await jobs.run('tell-of-lock', { threadId: thread });
    expect(await notices()).toEqual([]);
    await db.make.rows('update threads set locked_at = now() where id = $1', [thread]);
    await jobs.run('tell-of-lock', { threadId: thread });
    expect(await notices()).toEqual([['mia', 'thread-locked', post]]);
  });

  it('is idempotent', async () => {
    const answerId = await id(
      `insert into member_answers (member_id, community_id, about, accepted, created_at)
       select $1, id, 'join', true, now() from communities where slug = 'here' returning id`,
      [mia],
    );
    for (let run = 0; run < 3; run += 1) await jobs.run('tell-of-answer', { answerId });
    expect(await notices()).toEqual([['mia', 'answered', answerId]]);
    const [{ count }] = (await db.make.rows(
      `select count(*)::int as count from outbox where event = 'notice.made'
       and ids->>'noticeId' = (select id::text from notices)`,
    )) as [{ count: number }];
    expect(count).toBe(1);
  });

  it.each([
    ['published', [['pia', 'strategy-published']]],
    ['declined', [['pia', 'strategy-declined']]],
    ['draft', [['pia', 'strategy-returned']]],
    ['withdrawn', []],
  ] as const)('takes the kind from the query: a strategy that is %s', async (status, expected) => {
    await db.make.strategy({ slug: `of-${status}`, status, author: 'pia' });
    const strategyId = await id('select id from coping_strategies where slug = $1', [
      `of-${status}`,
    ]);
    await jobs.run('tell-of-review', { strategyId });
    expect(await notices()).toEqual(expected.map((each) => [...each, strategyId]));
  });

  it('notifies everybody whom a decision concerns, with different kinds', async () => {
    const rae = await db.make.member('rae');
    await db.make.rows(
      `insert into reports (number, case_id, post_id, reporter_id, reason, snapshot, answered_at,
         created_at)
       values ('R-1', $1, $2, $3, 'unkind', '{}', now(), now() - interval '1 hour')`,
      [caseId, post, rae],
    );
    const decisionId = await db.make.decision({ case: caseId });
    await jobs.run('tell-of-decision', { decisionId });
    expect(await notices()).toEqual([
      ['mia', 'decision', decisionId],
      ['rae', 'report-answered', decisionId],
    ]);
  });

  it('notifies administrators with open accounts of an unmasking', async () => {
    await db.make.member('boss', { role: 'admin' });
    await db.make.member('gone', { role: 'admin' });
    await db.make.rows(`update members set closed_at = now() where handle = 'gone'`);
    await jobs.run('tell-of-unmasking', { unmaskingId: '7', caseId });
    expect(await notices()).toEqual([['boss', 'alias-unmasked', '7']]);
  });

  it('keeps only the newest notice of alerts', async () => {
    const moderator = await db.make.member('mod');
    const alarm = (step: string): Promise<string> =>
      id(
        `insert into case_alarms (case_id, step, member_id, raised_at, chain, since)
         values ($1, $2, $3, now(), 'crisis', now()) returning id`,
        [caseId, step, moderator],
      );
    const [first, second] = [await alarm('first'), await alarm('second')];
    await jobs.run('tell-of-alarm', { alarmId: first });
    await jobs.run('tell-of-alarm', { alarmId: second });
    expect(await notices()).toEqual([['mod', 'on-call', second]]);
  });

  it('replaces a read notice of the team’s messages, and keeps an unread one', async () => {
    const decisionId = await db.make.decision({ case: await db.make.case({ post }) });
    const write = async (): Promise<void> => {
      const messageId = await id(
        `insert into decision_messages (decision_id, from_team, body, created_at)
         values ($1, true, 'Hello', clock_timestamp() + interval '1 hour') returning id`,
        [decisionId],
      );
      await jobs.run('tell-of-team-message', { decisionId, messageId });
    };
    const unread = async (): Promise<string[]> =>
      (
        (await db.make.rows('select id from notices where read_at is null')) as { id: string }[]
      ).map((row) => row.id);
    await write();
    const before = await unread();
    await write();
    expect(await unread()).toEqual(before);
    await db.make.rows('update notices set read_at = now()');
    await write();
    expect((await unread()).length).toBe(1);
    expect(await notices()).toEqual([['mia', 'reach-out', decisionId]]);
  });

  it('keeps only the newer reminder of a case', async () => {
    const moderator = await db.make.member('mod');
    for (const [hours, at] of [
      [4, '2024-01-01T10:00:00Z'],
      [24, '2099-01-02T10:00:00Z'],
    ] as const) {
      const reminderId = await id(
        `insert into case_reminders (case_id, member_id, about, hours, created_at)
         values ($1, $2, 'look-in', $3, $4) returning id`,
        [caseId, moderator, hours, at],
      );
      await jobs.run('tell-of-reminder', { reminderId });
    }
    expect(await notices()).toEqual([['mod', 'look-in', caseId]]);
  });

  it('asks an author for a strategy only while a reader waits for it', async () => {
    await jobs.run('tell-of-wish', { postId: post });
    await jobs.run('tell-of-proposal', { postId: post });
    expect(await notices()).toEqual([]);
    await db.make.rows('insert into strategy_wishes (post_id) values ($1)', [post]);
    await jobs.run('tell-of-wish', { postId: post });
    expect(await notices()).toEqual([['mia', 'strategy-wished', post]]);
  });
});
