import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { FIRST_PAGE } from '../../http/pagination.js';
import { Messages } from '../../i18n/messages.js';
import { Translator } from '../../i18n/translator.js';
import { Outbox } from '../../outbox/outbox.js';
import { kindsOf } from '../preferences/notice-kinds.js';
import { inboxPage, isNotice, markRead, noticeById } from './notifications.queries.js';
import { inboxView, type InboxView } from './notifications.view.js';
import { Notifier } from '../notify/notifier.service.js';

describe('the inbox', () => {
  let db: TestDatabase;
  let notifier: Notifier;
  let me: string;

  beforeAll(async () => {
    db = await testDatabase();
    notifier = new Notifier(db.database, db.sql, new Outbox(), db.clock);
    me = await db.make.member('mia');
    await db.make.community({ slug: 'here' });
    await db.make.join('mia', 'here');
  });
  afterAll(() => db.close());

  /** The statement for everybody lists what the one for members without filters does. */
  async function rowsOf(memberId: string, kinds: string[] | null = null, before = FIRST_PAGE) {
    const params = { memberId, isStaff: false, before, limit: 31, kinds };
    const rows = await db.sql.rows(inboxPage.filtering, params);
    const { filters } = await db.make.one<{ filters: boolean }>(
      'select has_filters as filters from members where id = $1',
      [memberId],
    );
    if (!filters) expect(await db.sql.rows(inboxPage.plain, params)).toEqual(rows);
    return rows;
  }

  async function shown(kinds: string[] | null = null, before = FIRST_PAGE): Promise<InboxView> {
    const rows = await rowsOf(me, kinds, before);
    return inboxView(
      { rows: rows.filter(isNotice), section: null, ask: null },
      new Translator(new Messages(), 'en', db.clock.now()),
    );
  }

  async function answer(thread: string, author: string, alias?: string): Promise<string> {
    const post = await db.make.reply({ thread, author, ...(alias === undefined ? {} : { alias }) });
    await notifier.notifyReply(post);
    return post;
  }

  it('groups the replies of one thread, and opens at the first unread one', async () => {
    const thread = await db.make.thread({ community: 'here', author: 'mia', title: 'Mine' });
    await answer(thread, 'ann');
    await answer(thread, 'bob');
    await answer(thread, 'cat', 'quiet-lamp');
    const { notices } = await shown();
    expect(notices.map(({ title, text, unread }) => [title, text, unread])).toEqual([
      ['Mine', '3 replies, the newest from quiet-lamp.', true],
    ]);
    const id = notices[0]?.href.split('/').pop() ?? '';
    expect(await db.sql.first(noticeById, { memberId: me, isStaff: false, id })).toMatchObject({
      threadId: thread,
      number: 2,
    });
    await db.sql.rows(markRead, { memberId: me, id, now: db.clock.now() });
    expect((await shown()).anyUnread).toBe(false);
  });

  it('lists notices without a post once, under their own tab', async () => {
    for (let n = 0; n < 2; n += 1)
      await db.database.inTransaction((tx) =>
        notifier.notify(tx, 'decision', { memberId: me, subjectId: '77' }),
      );
    const { notices } = await shown(kindsOf('team'));
    expect(notices.map(({ title, text }) => [title, text])).toEqual([
      ['The team has written to you about something you posted.', null],
    ]);
    expect(
      await db.sql.first(noticeById, {
        memberId: me,
        isStaff: false,
        id: notices[0]?.href.split('/').pop() ?? '',
      }),
    ).toMatchObject({ kind: 'decision', subjectId: '77' });
    expect((await shown(kindsOf('own'))).notices).toEqual([]);
  });

  it('shows a held post only to its author', async () => {
    const held = await db.make.reply({
      thread: await db.make.thread({ community: 'here', author: 'ann', title: 'Hers' }),
      author: 'mia',
    });
    await db.make.rows(`update posts set status = 'held' where id = $1`, [held]);
    const other = await db.make.member('other');
    for (const memberId of [me, other])
      await db.database.inTransaction((tx) =>
        notifier.notify(tx, 'post-held', { memberId, postId: held }),
      );
    expect((await shown(kindsOf('team'))).notices.map(({ title }) => title)).toContain('Hers');
    const others = await rowsOf(other);
    expect(others).toMatchObject([{ id: null, safe: null, safeAt: null }]);
    expect(others.filter(isNotice)).toEqual([]);
  });

  it('shows a kind unknown to this version', async () => {
    await db.make.rows(
      `insert into notices (member_id, kind, subject_id) values ($1, 'from-tomorrow', 5)`,
      [me],
    );
    expect((await shown()).notices[0]).toMatchObject({
      title: 'There is something for you here.',
      unread: true,
    });
  });

  it('omits posts that the member may not read, and blocked members', async () => {
    const closed = await db.make.thread({
      community: await db.make.community({ slug: 'closed', visibility: 'members' }),
      author: 'mia',
      title: 'For members',
    });
    const post = await db.make.reply({ thread: closed, author: 'ann' });
    await db.make.rows(
      `
        insert into notices (member_id, kind, thread_id, post_id)
        values ($1, 'reply-to-thread', $2, $3)
      `,
      [me, closed, post],
    );
    const open = await db.make.thread({
      community: 'here',
      author: 'mia',
      title: 'Answered by a pest',
    });
    await answer(open, 'pest');
    const before = JSON.stringify(await shown());
    expect(before).toContain('Answered by a pest');
    expect(before).not.toContain('For members');
    await db.make.rows(
      `
        insert into blocks (member_id, blocked_id)
        values ($1, (select id from members where handle = 'pest'))
      `,
      [me],
    );
    const text = JSON.stringify(await shown());
    expect(text).not.toContain('pest');
    expect(text).not.toContain('For members');
    await db.make.join('mia', 'closed');
    expect(JSON.stringify(await shown())).toContain('For members');
  });

  it('lists each notice once across pages', async () => {
    const total = (await shown()).notices.length;
    for (let n = 0; n < 40; n += 1)
      await db.database.inTransaction((tx) =>
        notifier.notify(tx, 'look-back', { memberId: me, subjectId: String(1_000 + n) }),
      );
    const first = await shown();
    expect(first.notices.length).toBe(30);
    const second = await shown(null, /before=(\d+)/.exec(first.older ?? '')?.[1] ?? '');
    expect(second.older).toBeNull();
    expect(new Set([...first.notices, ...second.notices].map(({ href }) => href)).size).toBe(
      total + 40,
    );
  });

  it.each(['plain', 'filtering'] as const)(
    'reads notices once, and only the owner’s (%s)',
    async (which) => {
      const explained = await db.make.one<{ 'QUERY PLAN': unknown }>(
        `explain (generic_plan, costs off, format json) ${inboxPage[which].text}`,
      );
      const plan = JSON.stringify(explained['QUERY PLAN']);
      expect(plan.match(/"Relation Name":"notices"/g)).toHaveLength(1);
      expect(plan).not.toContain('notices_pkey');
    },
  );
});
