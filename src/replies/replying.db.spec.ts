import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { writeSide, type WriteSide } from '../../test/support/write-side.js';
import type { Viewer } from '../http/viewer.js';
import { NewReply } from './reply.dto.js';

const form = (fields: Partial<NewReply>): NewReply =>
  Object.assign(new NewReply(), { body: 'I hear you.', ...fields });

interface ThreadRow {
  next_number: number;
  reply_count: number;
}

describe('replying', () => {
  let site: WriteSide;
  let kim: Viewer;
  let thread: string;

  beforeAll(async () => {
    site = await writeSide();
    await site.make.community({ slug: 'tea' });
    for (const handle of ['kim', 'opener']) await site.make.join(handle, 'tea');
    await site.make.rows(
      `update members set created_at = now() - interval '1 year';
       update memberships set joined_at = now() - interval '1 year'`,
    );
    kim = await site.viewer('kim');
  });
  afterAll(() => site.close());
  beforeEach(async () => {
    thread = await site.make.thread({ community: 'tea' });
    await site.events();
  });

  const threadRow = (): Promise<ThreadRow> =>
    site.one('select next_number, reply_count from threads where id = $1', [thread]);
  const postsByKim = async (): Promise<number> =>
    (
      await site.one<{ count: number }>(
        'select count(*)::int as count from posts where thread_id = $1 and author_id = $2',
        [thread, kim.memberId],
      )
    ).count;

  it('saves the post, its count and its event in one transaction', async () => {
    const post = await site.replying.reply(kim, thread, form({}));
    expect(post).toMatchObject({ threadId: thread, number: 2, held: false, again: false });
    expect(await threadRow()).toEqual({ next_number: 3, reply_count: 1 });
    expect(await site.events()).toEqual(['reply.posted']);
  });

  it("follows the thread, and deletes its form's draft but not that of another window", async () => {
    const outcome = (): Promise<object> =>
      site.one(
        `select (select level from thread_follows where thread_id = $1 and member_id = $2) as level,
           (select count(*)::int from drafts where member_id = $2) as drafts`,
        [thread, kim.memberId],
      );
    await site.make.rows(
      `insert into drafts (member_id, place, fields, form_key, updated_at)
       values ($1, $2, '{}', 'first-window', now())`,
      [kim.memberId, `/t/${thread}/replies`],
    );
    await site.replying.reply(kim, thread, form({ idempotencyKey: 'second-window' }));
    expect(await outcome()).toEqual({ level: 'following', drafts: 1 });
    await site.replying.reply(kim, thread, form({ idempotencyKey: 'first-window' }));
    expect(await outcome()).toEqual({ level: 'following', drafts: 0 });
  });

  it('creates one reply when the form arrives twice, concurrently or later', async () => {
    const sent = form({ idempotencyKey: 'key-1' });
    const both = await Promise.all([
      site.replying.reply(kim, thread, sent),
      site.replying.reply(kim, thread, sent),
    ]);
    const later = await site.replying.reply(kim, thread, sent);
    expect(new Set([...both, later].map(({ id }) => id)).size).toBe(1);
    expect(later.again).toBe(true);
    expect(await postsByKim()).toBe(1);
    expect(await threadRow()).toMatchObject({ reply_count: 1 });
  });

  it('rejects another text under the key of a submitted form, and finds the reply by its own', async () => {
    const sent = form({ idempotencyKey: 'key-back', body: 'First words.' });
    const { id } = await site.replying.reply(kim, thread, sent);
    const other = form({ idempotencyKey: 'key-back', body: 'Words after going back.' });
    const elsewhere = await site.make.thread({ community: 'tea' });
    for (const place of [thread, elsewhere])
      await expect(site.replying.reply(kim, place, other)).rejects.toMatchObject({
        field: 'body',
        key: 'posts.error.sent-before',
      });
    expect(await postsByKim()).toBe(1);
    await site.editing.edit(kim, id, { body: 'Edited words.', version: 1 });
    expect(await site.replying.reply(kim, thread, sent)).toMatchObject({ id, again: true });
    await site.editing.takeBack(kim, id);
    expect(await site.replying.reply(kim, thread, sent)).toMatchObject({ id, again: true });
    await site.make.rows('delete from post_versions where post_id = $1', [id]);
    expect(await site.replying.reply(kim, thread, sent)).toMatchObject({ id, again: true });
  });

  it('creates one reply when an email arrives twice, even with a footer added on its way', async () => {
    const mailed = { body: 'By mail.', key: 'mail-1', doubtful: false };
    const { id } = await site.replying.replyByMail(kim, thread, mailed);
    const again = { ...mailed, body: 'By mail.\n\nA footer.' };
    expect(await site.replying.replyByMail(kim, thread, again)).toMatchObject({ id, again: true });
  });

  it('returns the existing reply for a duplicate form, also in slow mode', async () => {
    await site.make.rows('update threads set slow_minutes = 60 where id = $1', [thread]);
    const sent = form({ idempotencyKey: 'key-slow' });
    const first = await site.replying.reply(kim, thread, sent);
    expect(await site.replying.reply(kim, thread, sent)).toEqual({ ...first, again: true });
    await expect(
      site.replying.reply(kim, thread, form({ idempotencyKey: 'key-next' })),
    ).rejects.toMatchObject({ key: 'threads.error.slow' });
  });

  it('saves nothing if a strategy is unknown', async () => {
    await expect(
      site.replying.reply(kim, thread, form({ strategies: ['no-such-thing'] })),
    ).rejects.toMatchObject({ field: 'strategies' });
    expect(await threadRow()).toEqual({ next_number: 2, reply_count: 0 });
    expect(await site.events()).toEqual([]);
  });

  it('links strategies of the library and skips withdrawn ones', async () => {
    const kept = await site.make.strategy();
    const left = await site.make.strategy({ status: 'withdrawn' });
    const post = await site.replying.reply(kim, thread, form({ strategies: [kept, left] }));
    expect(
      await site.one(
        `select s.slug, ps.state from post_strategies ps join coping_strategies s
           on s.id = ps.strategy_id where ps.post_id = $1`,
        [post.id],
      ),
    ).toEqual({ slug: kept, state: 'accepted' });
  });

  it('is held, with a case and without an event, if a rule detected a crisis', async () => {
    const post = await site.replying.reply(
      kim,
      thread,
      form({ body: 'I have decided to end my life tonight.' }),
    );
    expect(post.held).toBe(true);
    expect(await threadRow()).toEqual({ next_number: 3, reply_count: 0 });
    expect(await site.one('select tier from review_cases where post_id = $1', [post.id])).toEqual({
      tier: 'crisis',
    });
    expect(await site.events()).toEqual(['case.opened']);
  });

  it('requires the guidelines once, and again when they change', async () => {
    await site.make.rows(
      `update communities set guidelines_version = guidelines_version + 1 where slug = 'tea'`,
    );
    await expect(site.replying.reply(kim, thread, form({}))).rejects.toMatchObject({
      field: 'guidelinesAcknowledged',
    });
    await site.replying.reply(kim, thread, form({ guidelinesAcknowledged: true }));
    await site.replying.reply(kim, thread, form({}));
    expect(await postsByKim()).toBe(2);
  });

  it("keeps the member's alias in the thread, and never uses one after the handle", async () => {
    const first = await site.replying.reply(kim, thread, form({ anonymous: true }));
    const second = await site.replying.reply(kim, thread, form({}));
    const rows = (await site.make.rows('select alias_id from posts where id = any($1)', [
      [first.id, second.id],
    ])) as { alias_id: string | null }[];
    expect(rows[0]?.alias_id).not.toBeNull();
    expect(rows[1]).toEqual(rows[0]);
    const other = await site.make.thread({ community: 'tea' });
    await site.replying.reply(kim, other, form({}));
    await expect(site.replying.reply(kim, other, form({ anonymous: true }))).rejects.toMatchObject({
      key: 'posts.error.already-named',
    });
  });

  it('is an update only if the author of a thread with replies says so', async () => {
    const opener = await site.viewer('opener');
    const update = form({ update: true, guidelinesAcknowledged: true });
    const isUpdate = async (by: Viewer): Promise<unknown> => {
      const { id } = await site.replying.reply(by, thread, update);
      return site.one('select is_update as "isUpdate" from posts where id = $1', [id]);
    };
    expect(await isUpdate(opener)).toEqual({ isUpdate: false });
    expect(await isUpdate(kim)).toEqual({ isUpdate: false });
    expect(await isUpdate(opener)).toEqual({ isUpdate: true });
    await site.make.rows('update posts set name_detached = true where number = 1');
    expect(await isUpdate(opener)).toEqual({ isUpdate: false });
  });

  it('is rejected in a locked thread, except for its moderators', async () => {
    await site.make.rows('update threads set locked_at = now() where id = $1', [thread]);
    await expect(site.replying.reply(kim, thread, form({}))).rejects.toMatchObject({
      key: 'threads.hindrance.locked',
    });
    await site.make.join('mod', 'tea', 'moderator');
    const post = await site.replying.reply(
      await site.viewer('mod'),
      thread,
      form({ guidelinesAcknowledged: true }),
    );
    expect(post.number).toBe(2);
  });

  it('refers only to posts of the same thread', async () => {
    const other = await site.make.thread({ community: 'tea' });
    const { id } = await site.one<{ id: string }>('select id from posts where thread_id = $1', [
      other,
    ]);
    await expect(site.replying.reply(kim, thread, form({ replyTo: id }))).rejects.toMatchObject({
      field: 'replyTo',
    });
    const post = await site.replying.reply(kim, other, form({ replyTo: id }));
    expect(
      await site.one('select reply_to_number as "to" from posts where id = $1', [post.id]),
    ).toEqual({ to: 1 });
  });

  it('answers a form sent again with its post, though that was moved in the meantime', async () => {
    const sent = form({ idempotencyKey: 'moved-on' });
    const { id } = await site.replying.reply(kim, thread, sent);
    const other = await site.make.thread({ community: 'tea' });
    await site.make.rows('insert into former_places values ($1, 2, $2)', [thread, id]);
    await site.make.rows('update posts set thread_id = $1 where id = $2', [other, id]);
    expect(await site.replying.reply(kim, thread, sent)).toMatchObject({
      id,
      threadId: other,
      again: true,
    });
  });
});
