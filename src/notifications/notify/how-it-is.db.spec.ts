import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { DAY, later } from '../../kernel/clock.js';
import { Outbox } from '../../outbox/outbox.js';
import { HowItIsJob } from './how-it-is.job.js';
import { Notifier } from './notifier.service.js';

describe('the question how things are now', () => {
  let db: TestDatabase;
  let job: HowItIsJob;
  let handle: string;
  let mia: string;
  let thread: string;
  let count = 0;

  beforeAll(async () => {
    db = await testDatabase();
    const notifier = new Notifier(db.database, db.sql, new Outbox(), db.clock);
    job = new HowItIsJob(db.database, db.sql, db.clock, notifier);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await db.make.rows('delete from threads');
    count += 1;
    handle = `mia-${count}`;
    await db.make.community({ slug: handle });
    await db.make.join(handle, handle);
    mia = await db.make.member(handle);
    thread = await started(45);
  });

  const ago = (days: number): Date => later(db.clock.now(), -days * DAY);
  /** A thread from this many days ago, with a reply on the next day. */
  async function started(days: number): Promise<string> {
    const id = await db.make.thread({ community: handle, author: handle });
    await db.make.reply({ thread: id, author: 'ann' });
    await db.make.rows('update threads set created_at = $2, reply_count = 1 where id = $1', [
      id,
      ago(days),
    ]);
    await db.make.rows('update posts set created_at = $2 where thread_id = $1', [id, ago(days)]);
    return id;
  }
  async function asked(): Promise<string[]> {
    await job.run();
    const rows = (await db.make.rows(
      `select member_id as "memberId", thread_id as "threadId" from notices
       where kind = 'how-is-it-now' order by id`,
    )) as { memberId: string; threadId: string }[];
    expect(rows.every(({ memberId }) => memberId === mia)).toBe(true);
    return rows.map(({ threadId }) => threadId);
  }

  it('is asked once, some weeks after the thread was started', async () => {
    await started(41);
    await started(105);
    expect(await asked()).toEqual([thread]);
    expect(await asked()).toEqual([thread]);
  });

  it('is asked after three months if the author was still writing before', async () => {
    await db.make.rows('delete from threads');
    const long = await started(92);
    expect(await asked()).toEqual([long]);
  });

  it('is asked about one thread per month', async () => {
    const older = await started(50);
    expect(await asked()).toEqual([older]);
    await db.make.rows('update notices set created_at = $1', [ago(29)]);
    expect(await asked()).toEqual([older, thread]);
  });

  it.each([
    ['nobody else replied', 'delete from posts where number = 2'],
    ['the author wrote lately', 'add own reply'],
    ['an update is there', 'add update'],
    ['the thread is locked', 'update threads set locked_at = now()'],
    ['it is a good moment', `update threads set kind = 'win'`],
    ['the opening is urgent', `update posts set tier = 'urgent' where number = 1`],
    ['somebody in it is in a crisis', `update posts set tier = 'crisis' where number = 2`],
    ['the name is detached', 'update posts set name_detached = true where number = 1'],
    ['the words are withdrawn', `update posts set status = 'withdrawn' where number = 1`],
    ['the author left', 'leave'],
    ['the account is closed', 'update members set closed_at = now()'],
    ['the account is a memorial', 'update members set memorial_at = now()'],
    ['the author takes a break', `update members set break_until = now() + interval '9 years'`],
    ['they may not write', `update members set read_only_until = now() + interval '9 years'`],
    ['they do not want it', 'do not ask'],
    ['they muted the thread', `update thread_follows set level = 'muted'`],
    ['the community is archived', 'update communities set archived_at = now()'],
    ['a crisis of theirs is not long ago', 'crisis elsewhere'],
    ['a case about them is open', 'case'],
  ])('is not asked if %s', async (_, change) => {
    const changes: Record<string, () => Promise<unknown>> = {
      'add own reply': () => db.make.reply({ thread, author: handle }),
      'add update': async () =>
        db.make.rows(`update posts set is_update = true, created_at = $2 where id = $1`, [
          await db.make.reply({ thread, author: handle }),
          ago(40),
        ]),
      leave: () => db.make.rows('delete from memberships where member_id = $1', [mia]),
      'do not ask': () =>
        db.make.rows(
          `insert into mail_settings (member_id, ask_how_it_is) values ($1, false)
           on conflict (member_id) do update set ask_how_it_is = false`,
          [mia],
        ),
      'crisis elsewhere': async () => {
        const other = await db.make.thread({ community: handle, author: handle });
        await db.make.rows(`update posts set tier = 'crisis' where thread_id = $1`, [other]);
      },
      case: () =>
        db.make.rows(
          `insert into review_cases (kind, member_id, tier, due_at, opened_at)
           values ('member', $1, 'urgent', now(), now())`,
          [mia],
        ),
    };
    const make = changes[change];
    if (make === undefined) await db.make.rows(change);
    else await make();
    expect(await asked()).toEqual([]);
  });
});
