import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { writeSide, type WriteSide } from '../../test/support/write-side.js';
import type { Viewer } from '../http/viewer.js';
import { DAY } from '../kernel/clock.js';
import { EditPost } from './post.dto.js';
import { EDIT_WINDOW } from './posts.policy.js';

const form = (fields: Partial<EditPost>): EditPost =>
  Object.assign(new EditPost(), { body: 'Other words.', version: 1, ...fields });

interface PostRow {
  status: string;
  body: string;
  version: number;
  edited: boolean;
}

describe('editing a post', () => {
  let site: WriteSide;
  let kim: Viewer;
  let thread: string;
  let post: string;

  beforeAll(async () => {
    site = await writeSide();
    await site.make.community({ slug: 'tea' });
    await site.make.join('kim', 'tea');
    kim = await site.viewer('kim');
  });
  afterAll(() => site.close());
  beforeEach(async () => {
    thread = await site.make.thread({ community: 'tea' });
    post = await site.make.reply({ thread, author: 'kim', body: 'First words.' });
    await site.events();
  });

  const row = (): Promise<PostRow> =>
    site.one(
      `select status, body, version, edited_at is not null as edited from posts where id = $1`,
      [post],
    );
  const set = (columns: string): Promise<unknown> =>
    site.make.rows(`update posts set ${columns} where id = $1`, [post]);

  it('saves the earlier version, and emits an event', async () => {
    await site.editing.edit(kim, post, form({}));
    expect(await row()).toEqual({
      status: 'published',
      body: 'Other words.',
      version: 2,
      edited: true,
    });
    expect(
      await site.one('select version, body from post_versions where post_id = $1', [post]),
    ).toEqual({ version: 1, body: 'First words.' });
    expect(await site.events()).toEqual(['post.edited']);
  });

  it('does nothing if nothing changed', async () => {
    await site.editing.edit(kim, post, form({ body: 'First words.' }));
    expect(await row()).toMatchObject({ version: 1, edited: false });
    expect(await site.events()).toEqual([]);
  });

  it('changes the ending together with the text', async () => {
    const ending = (): Promise<unknown> =>
      site.one('select ending from posts where id = $1', [post]);
    await site.editing.edit(kim, post, form({ body: 'First words.', ending: 'hopeful' }));
    expect(await ending()).toEqual({ ending: 'hopeful' });
    await site.editing.takeBack(kim, post);
    expect(await ending()).toEqual({ ending: '' });
  });

  it('keeps fields that the edit omits', async () => {
    const kept = (id: string): Promise<object> =>
      site.one(
        `
          select p.content_warnings, p.summary, p.ending, p.language, t.title
          from posts p
          join threads t on t.id = p.thread_id
          where p.id = $1
        `,
        [id],
      );
    const own = await site.make.thread({ community: 'tea', author: 'kim' });
    const { id: opening } = await site.one<{ id: string }>(
      'select id from posts where thread_id = $1',
      [own],
    );
    for (const id of [opening, post]) {
      await site.make.rows(
        `
          update posts
          set content_warnings = '{death-and-grief}', summary = 'A loss', ending = 'open', language = 'cy'
          where id = $1
        `,
        [id],
      );
      const before = await kept(id);
      expect(before).toMatchObject({ ending: 'open', language: 'cy' });
      await site.editing.edit(kim, id, { body: 'Other words.', version: 1 });
      expect(await kept(id)).toEqual(before);
      await site.editing.edit(kim, id, {
        body: 'Other words.',
        version: 2,
        contentWarnings: [],
        ending: '',
      });
      expect(await kept(id)).toEqual({ ...before, content_warnings: [], ending: '' });
    }
  });

  it('detects the language again, and keeps one that the author chose', async () => {
    const language = async (fields: Partial<EditPost>): Promise<unknown> => {
      await site.editing.edit(kim, post, form(fields));
      return (
        await site.one<{ language: unknown }>('select language from posts where id = $1', [post])
      ).language;
    };
    const spanish = 'Llevo tres noches sin dormir y no sé con quién hablar de esto.';
    expect(await language({ body: spanish })).toBe('es');
    // Only the choice is changed.
    expect(await language({ body: spanish, version: 2, language: 'gl' })).toBe('gl');
    expect(await row()).toMatchObject({ version: 3 });
    expect(await language({ body: spanish, version: 3 })).toBe('es');
    await site.editing.takeBack(kim, post);
    expect(await site.one('select language from posts where id = $1', [post])).toEqual({
      language: null,
    });
  });

  it('rejects a form of an earlier version', async () => {
    await site.editing.edit(kim, post, form({}));
    await expect(site.editing.edit(kim, post, form({ body: 'Third.' }))).rejects.toMatchObject({
      status: 409,
    });
  });

  it('accepts only one of two concurrent forms', async () => {
    const sent = await Promise.allSettled([
      site.editing.edit(kim, post, form({ body: 'One.' })),
      site.editing.edit(kim, post, form({ body: 'Two.' })),
    ]);
    expect(sent.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await row()).toMatchObject({ version: 2 });
  });

  it('gives 404 to anybody else', async () => {
    await site.make.join('other', 'tea');
    const other = await site.viewer('other');
    await expect(site.editing.edit(other, post, form({}))).rejects.toMatchObject({ status: 404 });
    await expect(site.editing.takeBack(other, post)).rejects.toMatchObject({ status: 404 });
  });

  it('ends with the edit window, while withdrawing has no deadline', async () => {
    await set(`created_at = now() - interval '${EDIT_WINDOW / DAY} days'`);
    await expect(site.editing.edit(kim, post, form({}))).rejects.toMatchObject({ status: 403 });
    await site.editing.takeBack(kim, post);
    expect(await row()).toMatchObject({ status: 'withdrawn', body: '' });
  });

  it('holds a post that an edit turns into a crisis, and opens a case', async () => {
    const edited = await site.editing.edit(
      kim,
      post,
      form({ body: 'I have decided to end my life tonight.' }),
    );
    expect(edited.held).toBe(true);
    expect(await row()).toMatchObject({ status: 'held' });
    expect(await site.one('select tier from review_cases where post_id = $1', [post])).toEqual({
      tier: 'crisis',
    });
  });

  it.each([
    ['pre-moderation', 'pre-moderation', { source: 'author', reason: 'edited' }],
    ['returned', 'resubmitted', { source: 'hold', reason: 'resubmitted' }],
  ])('keeps a post held for %s, and tells its moderators why', async (before, after, reason) => {
    await set(`status = 'held', held_for = '${before}', held_at = now()`);
    expect((await site.editing.edit(kim, post, form({}))).held).toBe(true);
    expect(await row()).toMatchObject({ status: 'held', body: 'Other words.' });
    expect(await site.one('select held_for from posts where id = $1', [post])).toEqual({
      held_for: after,
    });
    expect(
      await site.one(
        `select r.source, r.reason from case_reasons r join review_cases c on c.id = r.case_id
         where c.post_id = $1`,
        [post],
      ),
    ).toEqual(reason);
  });

  it('withdraws the text, and keeps the number and the earlier versions', async () => {
    await site.editing.takeBack(kim, post);
    await site.editing.takeBack(kim, post);
    expect(await row()).toMatchObject({ status: 'withdrawn', body: '', version: 2 });
    expect(
      await site.one('select reply_count, next_number from threads where id = $1', [thread]),
    ).toEqual({ reply_count: 0, next_number: 3 });
    expect(await site.one('select body from post_versions where post_id = $1', [post])).toEqual({
      body: 'First words.',
    });
    expect(await site.events()).toEqual(['post.withdrawn']);
  });

  it('withdraws a thread without replies with its opening', async () => {
    const own = await site.make.thread({ community: 'tea', author: 'kim' });
    const opening = await site.one<{ id: string }>('select id from posts where thread_id = $1', [
      own,
    ]);
    await site.editing.takeBack(kim, opening.id);
    expect(await site.one('select status from threads where id = $1', [own])).toEqual({
      status: 'withdrawn',
    });
  });

  it('does not change a hidden post, whose decision stays in place', async () => {
    await set(`status = 'hidden'`);
    await expect(site.editing.edit(kim, post, form({}))).rejects.toMatchObject({ status: 403 });
    await expect(site.editing.takeBack(kim, post)).rejects.toMatchObject({ status: 404 });
    await expect(site.editing.detachName(kim, post)).rejects.toMatchObject({ status: 404 });
    expect(await row()).toMatchObject({ status: 'hidden', body: 'First words.' });
  });
});
