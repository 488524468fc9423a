import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { moderatorOf } from '../../test/support/moderation.js';
import { mergeForm, mergingOn, splitForm, splittingOn } from '../../test/support/thread-changes.js';
import { writeSide, type WriteSide } from '../../test/support/write-side.js';
import type { Viewer } from '../http/viewer.js';
import { NotFound, ThreadMerged } from '../kernel/errors.js';
import { Drafts } from '../posts/drafts.service.js';
import { placeOfMerged } from '../threads/merged-threads.queries.js';
import { ThreadAccess } from '../threads/thread-access.js';
import { namesToChoose } from '../threads/threads.policy.js';
import { NewReply } from './reply.dto.js';

let key = 0;
const form = (fields: Partial<NewReply> = {}): NewReply => {
  key += 1;
  return Object.assign(new NewReply(), {
    body: 'I hear you.',
    idempotencyKey: `merged-${key}`,
    ...fields,
  });
};

describe('a thread that was merged into another one', () => {
  let site: WriteSide;
  let mod: Viewer;
  let kim: Viewer;
  let access: ThreadAccess;
  let older: string;
  let newer: string;

  beforeAll(async () => {
    site = await writeSide();
    access = new ThreadAccess(site.sql);
    await site.make.community({ slug: 'tea', aliases: true });
    mod = await moderatorOf(site.make, 'tea', 'mod');
    for (const handle of ['kim', 'lee', 'opener']) await site.make.join(handle, 'tea');
    await site.make.rows(
      `update members set created_at = now() - interval '1 year';
       update memberships set joined_at = now() - interval '1 year'`,
    );
    kim = await site.viewer('kim');
  });
  afterAll(() => site.close());
  beforeEach(async () => {
    older = await site.make.thread({ community: 'tea', title: 'Nights' });
    newer = await site.make.thread({ community: 'tea', author: 'lee', title: 'Awake' });
  });

  const merge = (): Promise<string> => mergingOn(site).merge(mod, older, mergeForm(newer));
  const nameOf = async (post: string): Promise<string> =>
    (
      await site.one<{ name: string }>(
        `select coalesce(a.name, m.handle) as name
         from posts p join members m on m.id = p.author_id left join thread_aliases a on a.id = p.alias_id
         where p.id = $1`,
        [post],
      )
    ).name;

  it('leads to it, for those who may read it', async () => {
    const reply = await site.make.reply({ thread: newer });
    await merge();
    await expect(access.load(null, newer)).rejects.toEqual(new ThreadMerged(newer, older));
    expect((await access.loadMerged(kim, newer)).id).toBe(older);
    const at = (number: number): Promise<object | null> =>
      site.sql.first(placeOfMerged, { from: newer, into: older, number });
    expect(await at(1)).toEqual({ number: 2 });
    expect(await at(2)).toEqual({ number: 3 });
    expect(await at(3)).toBeNull();
    await splittingOn(site).split(mod, older, splitForm([reply]));
    expect(await at(2)).toBeNull();
    await site.make.rows('update posts set members_only = true where thread_id = $1', [older]);
    await expect(access.load(null, newer)).rejects.toThrow(NotFound);
    await expect(access.load(kim, newer)).rejects.toThrow(ThreadMerged);
  });

  it('is named where its posts begin, unless its opening is not shown to the reader', async () => {
    const opening = await site.make.post.opening(newer);
    await merge();
    const seen = async (viewer: Viewer | null): Promise<unknown> =>
      (await access.load(viewer, older)).mergedHere;
    const why = 'Both are about the same nights.';
    expect(await seen(null)).toEqual([{ number: 2, title: 'Awake', reason: '' }]);
    expect(await seen(kim)).toEqual([{ number: 2, title: 'Awake', reason: '' }]);
    const lee = await site.viewer('lee');
    expect(await seen(lee)).toEqual([{ number: 2, title: 'Awake', reason: why }]);
    const block = 'insert into blocks (member_id, blocked_id) values ($1, $2)';
    await site.make.rows(block, [kim.memberId, lee.memberId]);
    expect(await seen(kim)).toEqual([{ number: 2, title: '', reason: '' }]);
    await site.make.rows('delete from blocks');
    await site.make.rows(`insert into muted_words (member_id, word) values ($1, 'awake')`, [
      kim.memberId,
    ]);
    expect(await seen(kim)).toEqual([{ number: 2, title: '', reason: '' }]);
    await site.make.rows('delete from muted_words');
    // Its author withdraws the post, and with it the title.
    await site.editing.takeBack(lee, opening);
    expect(await seen(mod)).toEqual([{ number: 2, title: '', reason: why }]);
    expect(
      await site.one('select title = $2 as kept from threads where id = $1', [newer, 'Awake']),
    ).toEqual({ kept: false });
    expect(await site.one('select title from post_versions where post_id = $1', [opening])).toEqual(
      { title: 'Awake' },
    );
  });

  it('takes a reply from a page that was open before, once', async () => {
    await merge();
    const sent = form();
    const posted = await site.replying.reply(kim, newer, sent);
    expect(posted).toMatchObject({ threadId: older, number: 3, again: false });
    expect(await site.replying.reply(kim, newer, sent)).toMatchObject({
      id: posted.id,
      again: true,
    });
    expect(await site.replying.findSubmittedBefore(kim, newer, sent)).toMatchObject({
      id: posted.id,
    });
    const before = form();
    const third = await site.make.thread({ community: 'tea' });
    const early = await site.replying.reply(kim, third, before);
    await mergingOn(site).merge(mod, older, mergeForm(third));
    expect(await site.replying.reply(kim, third, before)).toMatchObject({ id: early.id });
  });

  it.each([
    ['by name', false],
    ['under an alias', true],
  ])('takes a reply %s that was sent while it was merged', async (_, anonymous) => {
    let sent: Promise<{ threadId: string }> | undefined;
    await site.database.inTransaction(async (tx) => {
      await tx.query('select 1 from threads where id = $1 for update', [newer]);
      // The reply has read the thread, and waits for its row.
      sent = site.replying.reply(kim, newer, form({ anonymous }));
      await waitsFor(site, newer);
      await tx.query(`update posts set thread_id = $2, number = 2 where thread_id = $1`, [
        newer,
        older,
      ]);
      await tx.query('update threads set next_number = 3 where id = $1', [older]);
      await tx.query(`update threads set status = 'merged', merged_into = $2 where id = $1`, [
        newer,
        older,
      ]);
    });
    expect(await sent).toMatchObject({ threadId: older, number: 3 });
  });

  it('never guesses the name of someone who wrote under two', async () => {
    await site.make.reply({ thread: older, author: 'kim' });
    await site.make.reply({ thread: newer, author: 'kim', alias: 'quiet-hill' });
    await merge();
    const thread = await access.load(kim, older);
    expect(namesToChoose(thread)).toEqual([
      { value: 'handle', alias: null },
      { value: 'alias', alias: 'quiet-hill' },
    ]);
    const send = (to: string, fields: Partial<NewReply>): Promise<{ id: string }> =>
      site.replying.reply(kim, to, form(fields));
    for (const to of [older, newer])
      for (const fields of [{}, { anonymous: true }, { writeAs: '12' }])
        await expect(send(to, fields)).rejects.toMatchObject({
          field: 'writeAs',
          key: 'posts.error.choose-name',
        });
    expect(await nameOf((await send(older, { writeAs: 'handle' })).id)).toBe('kim');
    expect(await nameOf((await send(newer, { writeAs: 'alias' })).id)).toBe('quiet-hill');
    // Others have nothing to choose.
    expect(namesToChoose(await access.load(await site.viewer('lee'), older))).toEqual([]);
  });

  it('marks no update by the author of the thread under another of their names', async () => {
    const own = await site.make.thread({ community: 'tea', author: 'kim' });
    await site.make.reply({ thread: own, author: 'lee' });
    const other = await site.make.thread({ community: 'tea', author: 'kim', alias: 'far-lake' });
    await mergingOn(site).merge(mod, own, mergeForm(other));
    const isUpdate = async (writeAs: string): Promise<boolean> => {
      const { id } = await site.replying.reply(kim, own, form({ writeAs, update: true }));
      const sql = 'select is_update as "isUpdate" from posts where id = $1';
      return (await site.one<{ isUpdate: boolean }>(sql, [id])).isUpdate;
    };
    expect(await isUpdate('alias')).toBe(false);
    expect(await isUpdate('handle')).toBe(true);
  });

  it('keeps two aliases of one person apart', async () => {
    await site.make.reply({ thread: older, author: 'kim', alias: 'far-lake' });
    const second = await site.make.reply({ thread: newer, author: 'kim', alias: 'quiet-hill' });
    await merge();
    const { id } = await site.one<{ id: string }>(
      'select alias_id as id from posts where id = $1',
      [second],
    );
    const send = async (writeAs: string): Promise<string> =>
      nameOf((await site.replying.reply(kim, older, form({ writeAs }))).id);
    expect(await send('alias')).toBe('far-lake');
    expect(await send(id)).toBe('quiet-hill');
    await expect(send('handle')).rejects.toMatchObject({ field: 'writeAs' });
  });

  it('stores the draft of an open page with the thread that has its posts', async () => {
    await merge();
    const drafts = new Drafts(site.sql, site.clock);
    const idempotencyKey = 'open-page';
    const words = { body: 'Half a thought', idempotencyKey };
    await drafts.keep(kim.memberId, `/t/${newer}/replies`, words);
    expect((await access.load(kim, older)).draft).toMatchObject({ body: 'Half a thought' });
    await site.replying.reply(kim, newer, form({ idempotencyKey }));
    expect((await access.load(kim, older)).draft).toBeNull();
  });

  it('may be answered where it was split off meanwhile', async () => {
    const answered = await site.make.reply({ thread: older });
    const made = await splittingOn(site).split(mod, older, splitForm([answered]));
    const posted = await site.replying.reply(
      kim,
      older,
      form({ replyTo: answered, quotes: [answered] }),
    );
    expect(posted.threadId).toBe(older);
    // The number leads to the new place of the answered reply.
    expect(
      await site.one('select reply_to_number as number from posts where id = $1', [posted.id]),
    ).toEqual({ number: 2 });
    const never = await site.make.reply({ thread: made });
    await expect(site.replying.reply(kim, older, form({ replyTo: never }))).rejects.toMatchObject({
      field: 'replyTo',
    });
  });
});

/** Resolves once another connection waits for a lock. */
async function waitsFor(site: WriteSide, thread: string): Promise<void> {
  for (let tries = 0; tries < 2_000; tries += 1) {
    const { waiting } = await site.make.one<{ waiting: boolean }>(
      `select exists (select 1 from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock') as waiting`,
    );
    if (waiting) return;
  }
  throw new Error(`nothing waits for thread ${thread}`);
}
