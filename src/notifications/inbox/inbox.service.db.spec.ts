import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { viewer } from '../../../test/support/viewers.js';
import type { Viewer } from '../../http/viewer.js';
import { DAY, later } from '../../kernel/clock.js';
import { Inbox } from './inbox.service.js';

describe('the inbox of a member', () => {
  let db: TestDatabase;
  let inbox: Inbox;
  let me: Viewer;
  let other: Viewer;
  let count = 0;

  const member = async (): Promise<Viewer> => {
    const handle = `reader-${++count}`;
    return viewer({ memberId: await db.make.member(handle), handle });
  };
  const notice = async (owner: Viewer, subject: number): Promise<string> => {
    const [row] = (await db.make.rows(
      `insert into notices (member_id, kind, subject_id) values ($1, 'decision', $2)
       returning id`,
      [owner.memberId, subject],
    )) as { id: string }[];
    return row?.id ?? '';
  };
  const unread = async (): Promise<number> =>
    (await inbox.page(me, null, undefined)).rows.filter((row) => row.unread > 0).length;
  const answered = (safe: 'yes' | 'no', at: Date): Promise<unknown> =>
    db.make.rows('update members set mail_safe = $2, mail_safe_at = $3 where id = $1', [
      me.memberId,
      safe,
      at,
    ]);

  beforeAll(async () => {
    db = await testDatabase();
    db.clock.freeze();
    inbox = new Inbox(db.sql, db.clock);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    [me, other] = [await member(), await member()];
  });

  it('lists only its owner’s notices, newest first', async () => {
    const [first, second] = [await notice(me, 1), await notice(me, 2)];
    await notice(other, 3);
    const { rows } = await inbox.page(me, null, undefined);
    expect(rows.map(({ id }) => id)).toEqual([second, first]);
  });

  it('continues after a cursor, and starts at the first page for an invalid one', async () => {
    const [first, second] = [await notice(me, 1), await notice(me, 2)];
    expect((await inbox.page(me, null, second)).rows.map(({ id }) => id)).toEqual([first]);
    expect((await inbox.page(me, null, 'x')).rows).toHaveLength(2);
  });

  it('has tabs', async () => {
    await notice(me, 1);
    expect((await inbox.page(me, 'team', undefined)).rows).toHaveLength(1);
    expect((await inbox.page(me, 'own', undefined)).rows).toEqual([]);
  });

  it('marks only the opened notice as read', async () => {
    const id = await notice(me, 1);
    await notice(me, 2);
    expect(await inbox.open(me, id)).toMatchObject({ kind: 'decision', subjectId: '1' });
    expect(await unread()).toBe(1);
  });

  it('does not open somebody else’s notice, and leaves it unread', async () => {
    const id = await notice(me, 1);
    await expect(inbox.open(other, id)).rejects.toMatchObject({ status: 404 });
    expect(await unread()).toBe(1);
  });

  it('marks all of its owner’s notices as read', async () => {
    await notice(me, 1);
    await notice(me, 2);
    await inbox.readAll(other);
    expect(await unread()).toBe(2);
    await inbox.readAll(me);
    expect(await unread()).toBe(0);
  });

  it('asks whether email is safe, the first time', async () => {
    expect((await inbox.page(me, null, undefined)).ask).toBe('first');
  });

  it('asks again after a year, whatever the answer was', async () => {
    await answered('no', later(db.clock.now(), -366 * DAY));
    expect((await inbox.page(me, null, undefined)).ask).toBe('again');
    await answered('yes', later(db.clock.now(), -364 * DAY));
    expect((await inbox.page(me, null, undefined)).ask).toBeNull();
  });
});
