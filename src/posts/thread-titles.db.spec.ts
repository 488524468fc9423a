import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { writeSide, type WriteSide } from '../../test/support/write-side.js';
import type { Viewer } from '../http/viewer.js';
import { EditPost } from './post.dto.js';

const form = (fields: Partial<EditPost>): EditPost =>
  Object.assign(new EditPost(), { body: 'Other words.', version: 1, ...fields });

describe('the title of a thread', () => {
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
  });

  let opening: string;
  let opener: Viewer;
  beforeEach(async () => {
    opening = await site.make.post.opening(thread);
    opener = await site.viewer('opener');
    await site.make.rows(`update threads set title = 'First title' where id = $1`, [thread]);
  });
  const title = async (): Promise<string> =>
    (await site.one<{ title: string }>('select title from threads where id = $1', [thread])).title;
  const earlier = async (): Promise<string[]> =>
    (
      (await site.make.rows('select title from post_versions where post_id = $1 order by version', [
        opening,
      ])) as { title: string }[]
    ).map((row) => row.title);
  const found = async (word: string): Promise<number> =>
    (
      await site.make.rows(
        `select 1 from post_words where post_id = $1 and words @@ to_tsquery('simple', $2)`,
        [opening, word],
      )
    ).length;

  it('is edited, found by search, and keeps its earlier version', async () => {
    expect(await found('first:*')).toBe(1);
    await site.editing.edit(opener, opening, form({ title: 'Another title' }));
    expect([await title(), await earlier()]).toEqual(['Another title', ['First title']]);
    expect([await found('first:*'), await found('anoth:*')]).toEqual([0, 1]);
  });

  it('stays unchanged if the form omits it', async () => {
    await site.editing.edit(opener, opening, form({}));
    expect(await title()).toBe('First title');
  });

  it('is screened like any new text', async () => {
    const danger = { title: 'I have decided to end my life tonight.' };
    expect((await site.editing.edit(opener, opening, form(danger))).held).toBe(true);
  });

  it('is deleted with the text, and so is its draft, while replies stay', async () => {
    await site.make.rows('update threads set reply_count = 1 where id = $1', [thread]);
    await site.make.rows(
      `insert into drafts (member_id, place, fields, updated_at) values ($1, $2, '{}', now())`,
      [opener.memberId, `/posts/${opening}/edit`],
    );
    await site.editing.takeBack(opener, opening);
    expect(await title()).toBe('A thread whose first post was deleted');
    expect(await earlier()).toEqual(['First title']);
    expect(await site.make.rows('select 1 from drafts')).toEqual([]);
    expect(await site.make.post.status(post)).toBe('published');
  });

  it('can be deleted on its own, at any time and after the text', async () => {
    await site.make.rows(`update posts set created_at = now() - interval '1 year'`);
    await site.titles.delete(opener, opening);
    expect(await title()).toBe('A thread without a title');
    expect(await site.make.post.status(opening)).toBe('published');
    expect(await found('first:*')).toBe(0);
    await site.make.rows(`update threads set title = 'From before' where id = $1`, [thread]);
    await site.make.rows(`update posts set status = 'withdrawn' where id = $1`, [opening]);
    await site.titles.delete(opener, opening);
    expect(await title()).toBe('A thread without a title');
  });

  it('is hidden and restored with the opening, while replies stay', async () => {
    await site.make.rows('update threads set reply_count = 1 where id = $1', [thread]);
    const hold = () =>
      site.database.inTransaction((tx) =>
        site.publishing.hold(tx, opening, { why: 'returned', until: null }),
      );
    const publish = () => site.database.inTransaction((tx) => site.publishing.publish(tx, opening));
    await hold();
    await hold();
    expect(await title()).toBe('A thread whose first post is not shown');
    expect(await found('first:*')).toBe(0);
    // The author edits it meanwhile: they see and change the original title.
    await site.editing.edit(opener, opening, form({}));
    await site.editing.edit(opener, opening, form({ title: 'Second title', version: 2 }));
    expect([await title(), await earlier()]).toEqual([
      'A thread whose first post is not shown',
      ['First title', 'First title'],
    ]);
    await publish();
    expect(await title()).toBe('Second title');
    await hold();
    await site.titles.delete(opener, opening);
    await publish();
    expect(await title()).toBe('A thread without a title');
  });

  it('can be deleted by nobody else, and not through a reply', async () => {
    await expect(site.titles.delete(kim, opening)).rejects.toMatchObject({ status: 404 });
    await expect(site.titles.delete(kim, post)).rejects.toMatchObject({ status: 404 });
  });
});
