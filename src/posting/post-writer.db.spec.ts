import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { writeSide, type WriteSide } from '../../test/support/write-side.js';
import { CommunityAccess } from '../communities/community-access.service.js';
import type { AccessibleCommunity } from '../communities/community-access.js';
import type { Viewer } from '../http/viewer.js';
import { NewThread } from './new-thread.dto.js';

const form = (fields: Partial<NewThread> = {}): NewThread =>
  Object.assign(new NewThread(), { title: 'A first hello', body: 'I am new here.', ...fields });

describe('opening a thread', () => {
  let site: WriteSide;
  let kim: Viewer;
  let tea: AccessibleCommunity;

  beforeAll(async () => {
    site = await writeSide();
    await site.make.community({ slug: 'tea' });
    await site.make.join('kim', 'tea');
    kim = await site.viewer('kim');
    tea = await new CommunityAccess(site.sql).load(kim, 'tea');
  });
  afterAll(() => site.close());
  beforeEach(() => site.events());

  const threadRow = (id: string): Promise<object> =>
    site.one(
      `select t.next_number, t.reply_count, t.status, c.thread_count,
         (select count(*)::int from thread_follows f where f.thread_id = t.id) as follows
       from threads t join communities c on c.id = t.community_id where t.id = $1`,
      [id],
    );

  it('gives the opening number 1, counts the thread and no reply', async () => {
    const post = await site.posting.post(kim, tea, form());
    expect(post).toMatchObject({ number: 1, held: false });
    expect(await threadRow(post.threadId)).toEqual({
      next_number: 2,
      reply_count: 0,
      status: 'published',
      thread_count: 1,
      follows: 1,
    });
    expect(await site.events()).toEqual(['thread.posted']);
  });

  it('creates one thread when the form arrives twice concurrently', async () => {
    const sent = form({ idempotencyKey: 'twice' });
    const [first, second] = await Promise.all([
      site.posting.post(kim, tea, sent),
      site.posting.post(kim, tea, sent),
    ]);
    expect(first.threadId).toBe(second.threadId);
    expect(await threadRow(first.threadId)).toMatchObject({ thread_count: 2 });
    expect(await site.events()).toEqual(['thread.posted']);
  });

  it('does not count a held thread, and opens a case', async () => {
    const post = await site.posting.post(
      kim,
      tea,
      form({ body: 'I have decided to end my life tonight.' }),
    );
    expect(post.held).toBe(true);
    expect(await threadRow(post.threadId)).toMatchObject({ status: 'held', thread_count: 2 });
    expect(await site.events()).toEqual(['case.opened']);
  });

  it.each([
    ['text', { body: 'Words after going back.' }],
    ['title', { title: 'A title after going back' }],
  ])('rejects another %s under the key of a submitted form', async (_, changes) => {
    const sent = form({ idempotencyKey: `back-${Object.keys(changes).join()}` });
    const { threadId } = await site.posting.post(kim, tea, sent);
    await expect(
      site.posting.post(kim, tea, Object.assign(new NewThread(), sent, changes)),
    ).rejects.toMatchObject({ field: 'body', key: 'posts.error.sent-before' });
    expect(await site.posting.findSubmittedBefore(kim, sent)).toMatchObject({
      threadId,
      again: true,
    });
  });

  it('detects the language of the text, unless the author chose one', async () => {
    const told = async (fields: Partial<NewThread>): Promise<object> => {
      const { id } = await site.posting.post(kim, tea, form(fields));
      return site.one('select language from posts where id = $1', [id]);
    };
    const spanish = 'Llevo tres noches sin dormir y no sé con quién hablar de esto.';
    expect(await told({ body: spanish })).toEqual({ language: 'es' });
    expect(await told({ body: spanish, language: 'gl' })).toEqual({ language: 'gl' });
    expect(await told({ body: 'Thank you all for having me here.' })).toEqual({ language: 'en' });
    // The quoted text is somebody else’s.
    expect(await told({ body: `> ${spanish}\n\n🌊` })).toEqual({ language: null });
  });

  it('assigns an alias on request', async () => {
    const post = await site.posting.post(kim, tea, form({ anonymous: true }));
    expect(
      await site.one(
        `select count(*)::int as aliases from posts p join thread_aliases a
           on a.id = p.alias_id and a.member_id = $2 where p.id = $1`,
        [post.id, kim.memberId],
      ),
    ).toEqual({ aliases: 1 });
  });

  it('pins a thread by the team, which nobody follows, and emits an event', async () => {
    const id = await site.database.inTransaction((tx) =>
      site.team.open(tx, {
        communityId: tea.id,
        authorId: kim.memberId,
        title: 'Welcome',
        body: 'Come in.',
        kind: 'support',
        replyWish: 'listen',
      }),
    );
    expect(
      await site.one(
        `select t.pinned_at is not null as pinned, t.next_number, p.number, p.status, p.tier,
           (select count(*)::int from thread_follows f where f.thread_id = t.id) as follows
         from threads t join posts p on p.thread_id = t.id where t.id = $1`,
        [id],
      ),
    ).toEqual({
      pinned: true,
      next_number: 2,
      number: 1,
      status: 'published',
      tier: 'none',
      follows: 0,
    });
    expect(await site.events()).toEqual(['thread.posted']);
  });
});
