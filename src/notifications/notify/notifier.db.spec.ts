import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { Outbox } from '../../outbox/outbox.js';
import { Notifier } from './notifier.service.js';

describe('Notifier', () => {
  let db: TestDatabase;
  let notifier: Notifier;
  let thread: string;

  beforeAll(async () => {
    db = await testDatabase();
    notifier = new Notifier(db.database, db.sql, new Outbox(), db.clock);
    await db.make.community({ slug: 'here' });
    for (const handle of ['mia', 'ann', 'bob']) await db.make.join(handle, 'here');
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await db.make.rows('delete from notices');
    await db.make.rows('delete from outbox');
    thread = await db.make.thread({ community: 'here', author: 'mia' });
  });

  const member = (handle: string): Promise<string> => db.make.member(handle);
  const follow = async (handle: string, level = 'following'): Promise<void> => {
    await db.make.rows(
      `insert into thread_follows (thread_id, member_id, level) values ($1, $2, $3)
       on conflict (thread_id, member_id) do update set level = excluded.level`,
      [thread, await member(handle), level],
    );
  };
  async function reply(author: string, to: number | null = null): Promise<string> {
    const post = await db.make.reply({ thread, author });
    await db.make.rows('update posts set reply_to_number = $2 where id = $1', [post, to]);
    return post;
  }
  /** Handle and kind of every notice, by handle. */
  async function notices(): Promise<string[]> {
    const rows = (await db.make.rows(
      `select m.handle, n.kind from notices n join members m on m.id = n.member_id order by 1, 2`,
    )) as { handle: string; kind: string }[];
    return rows.map(({ handle, kind }) => `${handle} ${kind}`);
  }

  describe('for a reply', () => {
    it('notifies the opener and the followers, but not the author', async () => {
      await follow('ann');
      await follow('bob');
      await notifier.notifyReply(await reply('ann'));
      expect(await notices()).toEqual(['bob reply-followed', 'mia reply-to-thread']);
    });

    it('tells followers that it is an update', async () => {
      await follow('ann');
      const post = await reply('mia');
      await db.make.rows('update posts set is_update = true where id = $1', [post]);
      await notifier.notifyReply(post);
      expect(await notices()).toEqual(['ann thread-update']);
    });

    it('notifies the member whose post is answered, even if they do not follow', async () => {
      await reply('ann');
      await notifier.notifyReply(await reply('bob', 2));
      expect(await notices()).toEqual(['ann reply-to-post', 'mia reply-to-thread']);
    });

    it('creates each notice and its event once, however often it runs', async () => {
      const post = await reply('ann');
      for (let run = 0; run < 3; run += 1) await notifier.notifyReply(post);
      expect(await notices()).toEqual(['mia reply-to-thread']);
      expect((await db.make.rows(`select 1 from outbox where event = 'notice.made'`)).length).toBe(
        1,
      );
    });

    it('does not notify members who muted the thread', async () => {
      await follow('mia', 'muted');
      await reply('mia');
      await notifier.notifyReply(await reply('ann', 2));
      expect(await notices()).toEqual([]);
    });

    it('does not notify members who blocked the author', async () => {
      await db.make.rows('insert into blocks (member_id, blocked_id) values ($1, $2)', [
        await member('mia'),
        await member('pest'),
      ]);
      await notifier.notifyReply(await reply('pest'));
      expect(await notices()).toEqual([]);
    });

    it('notifies of an alias, even if the handle behind it is blocked', async () => {
      await notifier.notifyReply(
        await db.make.reply({ thread, author: 'pest', alias: 'quiet-lamp' }),
      );
      expect(await notices()).toEqual(['mia reply-to-thread']);
    });

    it('creates a notice for members on a break, who find it afterwards', async () => {
      await db.make.rows(`update members set break_until = $1 where handle = 'mia'`, [
        new Date(db.clock.ms() + 1_000),
      ]);
      await notifier.notifyReply(await reply('ann'));
      expect(await notices()).toEqual(['mia reply-to-thread']);
    });

    it('notifies nobody of a reply that is not published', async () => {
      const post = await reply('ann');
      await db.make.rows(`update posts set status = 'held' where id = $1`, [post]);
      await notifier.notifyReply(post);
      expect(await notices()).toEqual([]);
    });

    it('notifies only members in a members-only community', async () => {
      await db.make.community({ slug: 'closed', visibility: 'members' });
      thread = await db.make.thread({ community: 'closed', author: 'mia' });
      await notifier.notifyReply(await reply('ann'));
      expect(await notices()).toEqual([]);
      await db.make.join('mia', 'closed');
      await notifier.notifyReply(await reply('ann'));
      expect(await notices()).toEqual(['mia reply-to-thread']);
    });
  });

  describe('for a thread', () => {
    const choose = async (
      handle: string,
      slug: string | null,
      frequency: string,
    ): Promise<void> => {
      await db.make.rows(
        `insert into mail_choices (member_id, kind, community_id, frequency)
         select $1, 'thread', (select id from communities where slug = $2), $3`,
        [await member(handle), slug, frequency],
      );
    };
    beforeEach(() => db.make.rows('delete from mail_choices'));

    it('notifies members who chose immediate emails, for the community or for all', async () => {
      await choose('ann', 'here', 'at-once');
      await choose('bob', null, 'at-once');
      await notifier.notifyThread(thread);
      expect(await notices()).toEqual(['ann thread-new', 'bob thread-new']);
    });

    it('lets the choice for a community override the choice for all', async () => {
      await choose('bob', null, 'at-once');
      await choose('bob', 'here', 'weekly');
      await notifier.notifyThread(thread);
      expect(await notices()).toEqual([]);
    });

    it.each(['urgent', 'crisis'])('notifies nobody of one that is %s', async (tier) => {
      await choose('ann', 'here', 'at-once');
      await db.make.rows('update posts set tier = $2 where thread_id = $1', [thread, tier]);
      await notifier.notifyThread(thread);
      expect(await notices()).toEqual([]);
    });
  });

  describe('for a mention', () => {
    const mention = async (post: string, ...handles: string[]): Promise<void> => {
      for (const handle of handles)
        await db.make.rows(
          `insert into post_mentions (post_id, member_id, created_at) values ($1, $2, now())`,
          [post, await member(handle)],
        );
    };
    beforeEach(() => db.make.rows('update communities set mentions_allowed = true'));
    afterAll(() => db.make.rows('delete from blocks'));

    it('creates one notice per post and member', async () => {
      await follow('bob');
      const post = await reply('ann');
      await mention(post, 'bob', 'mia');
      await notifier.notifyReply(post);
      await notifier.notifyReply(post);
      expect(await notices()).toEqual(['bob mentioned', 'mia reply-to-thread']);
    });

    it('prefers the notice of a reply', async () => {
      await reply('bob');
      const post = await reply('ann', 2);
      await mention(post, 'bob');
      await notifier.notifyReply(post);
      expect(await notices()).toEqual(['bob reply-to-post', 'mia reply-to-thread']);
    });

    it('notifies members mentioned in an opening', async () => {
      const [opening] = (await db.make.rows('select id from posts where thread_id = $1', [
        thread,
      ])) as { id: string }[];
      await mention(opening?.id ?? '', 'ann');
      await notifier.notifyThread(thread);
      expect(await notices()).toEqual(['ann mentioned']);
    });

    it.each([
      ['muted the thread', () => follow('bob', 'muted')],
      [
        'hides the writer',
        async () =>
          db.make.rows('insert into blocks (member_id, blocked_id) values ($1, $2)', [
            await member('bob'),
            await member('ann'),
          ]),
      ],
      [
        'is in a community that has turned mentions off',
        () => db.make.rows('update communities set mentions_allowed = false'),
      ],
    ])('does not notify a member who %s', async (_why, done) => {
      const post = await reply('ann');
      await mention(post, 'bob');
      await done();
      await notifier.notifyReply(post);
      expect(await notices()).toEqual(['mia reply-to-thread']);
    });

    it('waits until the post is published', async () => {
      const post = await reply('ann');
      await mention(post, 'bob');
      await db.make.rows(`update posts set status = 'held' where id = $1`, [post]);
      await notifier.notifyReply(post);
      expect(await notices()).toEqual([]);
    });
  });

  it('does not notify members whose account is closed', async () => {
    const memberId = await member('left');
    await db.make.rows('update members set closed_at = now() where id = $1', [memberId]);
    await db.database.inTransaction((tx) =>
      notifier.notify(tx, 'practice', { memberId, subjectId: '1' }),
    );
    expect(await notices()).toEqual([]);
  });
});
