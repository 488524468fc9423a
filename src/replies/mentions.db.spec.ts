import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { writeSide, type WriteSide } from '../../test/support/write-side.js';
import type { Viewer } from '../http/viewer.js';
import { DAY } from '../kernel/clock.js';
import { EditPost } from '../posts/post.dto.js';
import {
  MAX_MENTIONS_PER_DAY,
  MAX_MENTIONS_PER_POST,
  PostMentions,
} from '../posts/post-mentions.js';
import { notifyMentioned } from '../notifications/notify/notifier.queries.js';
import { NewReply } from './reply.dto.js';

describe('mentions', () => {
  let site: WriteSide;
  let kim: Viewer;
  let thread: string;

  beforeAll(async () => {
    site = await writeSide();
    await site.make.community({ slug: 'tea' });
    await site.make.rows(`update communities set pre_moderation = 'none'`);
    await site.make.community({ slug: 'elsewhere' });
    for (const handle of ['kim', 'mia', 'quiet', 'gone', 'under'])
      await site.make.join(handle, 'tea');
    await site.make.join('stranger', 'elsewhere');
    kim = await site.viewer('kim');
    thread = await site.make.thread({ community: 'tea', author: 'mia' });
    await site.make.reply({ thread, author: 'gone' });
    await site.make.reply({ thread, author: 'under', alias: 'paper-boat' });
    await site.make.thread({ community: 'elsewhere', author: 'stranger' });
    await site.make.rows(
      `delete from memberships where member_id = (select id from members where handle = 'gone')`,
    );
  });
  afterAll(() => site.close());
  beforeEach(async () => {
    await site.make.rows('delete from post_mentions');
    await site.make.rows('delete from blocks');
    await site.make.rows('delete from alias_blocks');
    await allow(true);
  });

  const allow = (on: boolean): Promise<unknown> =>
    site.make.rows('update communities set mentions_allowed = $1', [on]);
  const reply = async (body: string): Promise<string> =>
    (await site.replying.reply(kim, thread, Object.assign(new NewReply(), { body }))).id;
  const htmlOf = async (id: string): Promise<string> =>
    (await site.one<{ html: string }>('select body_html as html from posts where id = $1', [id]))
      .html;
  const mentionedIn = async (id: string): Promise<string[]> =>
    (
      (await site.make.rows(
        `select m.handle from post_mentions x join members m on m.id = x.member_id
         where x.post_id = $1 order by 1`,
        [id],
      )) as { handle: string }[]
    ).map(({ handle }) => handle);

  const notified = async (post: string): Promise<string[]> => {
    const now = site.clock.now();
    await site.database.inTransaction((tx) =>
      site.sql.rowsIn(tx, notifyMentioned, { postId: post, now }),
    );
    const rows = await site.make.all<{ handle: string }>(
      `select m.handle from notices n join members m on m.id = n.member_id where n.post_id = $1`,
      [post],
    );
    return rows.map(({ handle }) => handle);
  };

  it('link a member who has posted publicly in the community', async () => {
    const post = await reply('Thank you @Mia.');
    expect(await mentionedIn(post)).toEqual(['mia']);
    expect(await htmlOf(post)).toContain('<a href="/@mia" class="mention">@Mia</a>');
  });

  it.each([
    ['nobody', '@nobody-at-all'],
    ['a member of another community', '@stranger'],
    ['a member who has written nothing yet', '@quiet'],
    ['somebody who left', '@gone'],
    ['somebody who wrote under an alias alone', '@under'],
    ['an alias', '@paper-boat'],
    ['the writer', '@kim'],
  ])('leave %s as plain text, indistinguishably', async (_who, words) => {
    const post = await reply(`Hello ${words} there`);
    expect(await mentionedIn(post)).toEqual([]);
    expect(await htmlOf(post)).toBe(`<p>Hello ${words} there</p>`);
  });

  it('are off if the community does not allow them', async () => {
    await allow(false);
    expect(await mentionedIn(await reply('Thank you @mia'))).toEqual([]);
  });

  it('do not reveal to an author that a member hides their posts', async () => {
    await site.make.rows(
      `insert into blocks (member_id, blocked_id)
       select a.id, b.id from members a, members b where a.handle = 'mia' and b.handle = 'kim'`,
    );
    const elsewhere = await site.make.thread({ community: 'tea', author: 'under' });
    const form = Object.assign(new NewReply(), { body: 'Thank you @mia' });
    const post = (await site.replying.reply(kim, elsewhere, form)).id;
    expect(await htmlOf(post)).toContain('<a href="/@mia" class="mention">@mia</a>');
    expect(await notified(post)).toEqual([]);
    await site.make.rows('delete from blocks');
    expect(await notified(post)).toEqual(['mia']);
  });

  it('do not reveal whose alias the author uses', async () => {
    const own = await site.make.thread({ community: 'tea', author: 'mia' });
    await site.make.reply({ thread, author: 'kim' });
    const form = Object.assign(new NewReply(), { body: 'As @kim said', anonymous: true });
    const { id } = await site.replying.reply(kim, own, form);
    expect(await htmlOf(id)).toContain('<a href="/@kim" class="mention">@kim</a>');
    expect(await notified(id)).toEqual([]);
  });

  it(`are limited to ${MAX_MENTIONS_PER_POST} per post and ${MAX_MENTIONS_PER_DAY} per day`, async () => {
    const many = Array.from({ length: 7 }, (_, at) => `helper-${at}`);
    for (const handle of many) {
      await site.make.join(handle, 'tea');
      await site.make.reply({ thread, author: handle });
    }
    const words = many.map((handle) => `@${handle}`).join(' ');
    for (let posts = 0; posts < MAX_MENTIONS_PER_DAY / MAX_MENTIONS_PER_POST; posts += 1) {
      expect(await mentionedIn(await reply(`${posts} ${words}`))).toEqual(
        many.slice(0, MAX_MENTIONS_PER_POST),
      );
    }
    expect(await mentionedIn(await reply(`and ${words}`))).toEqual([]);
    site.clock.move(DAY + 1_000);
    expect(await mentionedIn(await reply(`the day after ${words}`))).toHaveLength(
      MAX_MENTIONS_PER_POST,
    );
    site.clock.move(-DAY - 1_000);
  });

  it('are updated by an edit', async () => {
    const post = await reply('Thank you @mia');
    const edit = Object.assign(new EditPost(), { body: 'Thank you all', version: 1 });
    await site.editing.edit(kim, post, edit);
    expect(await mentionedIn(post)).toEqual([]);
    const again = Object.assign(new EditPost(), { body: 'Thank you @mia and all', version: 2 });
    await site.editing.edit(kim, post, again);
    expect(await mentionedIn(post)).toEqual(['mia']);
    expect(await htmlOf(post)).toContain('class="mention"');
  });

  it('become plain text when the account closes, because others may take the handle', async () => {
    const post = await reply('Thank you @Mia');
    const mia = await site.make.member('mia');
    await site.database.inTransaction((tx) => new PostMentions(site.clock).unlinkAll(tx, mia));
    expect([await mentionedIn(post), await htmlOf(post)]).toEqual([[], '<p>Thank you @Mia</p>']);
  });
});
