import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { writeSide, type WriteSide } from '../../test/support/write-side.js';

const HOLD = { why: 'pre-moderation', until: null } as const;

describe('Publishing', () => {
  let site: WriteSide;
  let thread: string;
  let opening: string;

  beforeAll(async () => {
    site = await writeSide();
  });
  afterAll(() => site.close());
  beforeEach(async () => {
    thread = await site.make.thread({ community: await site.make.community() });
    ({ id: opening } = await site.one<{ id: string }>('select id from posts where thread_id = $1', [
      thread,
    ]));
    await site.make.rows(
      `update communities c set thread_count = 1, last_post_at = '2020-01-01'
       from threads t where t.community_id = c.id and t.id = $1`,
      [thread],
    );
    await site.make.rows(`update threads set last_post_at = '2020-01-01' where id = $1`, [thread]);
    await site.events();
  });

  const publish = (id: string): Promise<void> =>
    site.database.inTransaction((tx) => site.publishing.publish(tx, id));
  const hold = (id: string): Promise<void> =>
    site.database.inTransaction((tx) => site.publishing.hold(tx, id, HOLD));
  const post = (id: string): Promise<object> =>
    site.one('select status, held_for as why from posts where id = $1', [id]);
  const counts = (): Promise<object> =>
    site.one(
      `select t.status, t.reply_count as replies, c.thread_count as threads,
         t.last_post_at > '2021-01-01' as fresh
       from threads t join communities c on c.id = t.community_id where t.id = $1`,
      [thread],
    );
  /** A reply that was held from the start. */
  const heldReply = async (): Promise<string> => {
    const id = await site.make.reply({ thread });
    await site.make.rows(
      `update posts set status = 'held', held_for = 'crisis', held_at = created_at where id = $1`,
      [id],
    );
    await site.make.rows('update threads set reply_count = reply_count - 1 where id = $1', [
      thread,
    ]);
    return id;
  };

  it('publishes a reply: counts it, marks it as new in the thread and emits an event', async () => {
    const reply = await heldReply();
    await publish(reply);
    expect(await post(reply)).toEqual({ status: 'published', why: null });
    expect(await counts()).toEqual({ status: 'published', replies: 1, threads: 1, fresh: true });
    expect(await site.events()).toEqual(['reply.posted']);
  });

  it('is idempotent', async () => {
    const reply = await heldReply();
    await publish(reply);
    await site.events();
    await publish(reply);
    expect(await counts()).toMatchObject({ replies: 1 });
    expect(await site.events()).toEqual([]);
  });

  it('counts once when called concurrently', async () => {
    const reply = await heldReply();
    await Promise.all([publish(reply), publish(reply)]);
    expect(await counts()).toMatchObject({ replies: 1 });
    expect(await site.events()).toEqual(['reply.posted']);
  });

  it('never restores a withdrawn post', async () => {
    const reply = await site.make.reply({ thread });
    await site.make.rows(`update posts set status = 'withdrawn' where id = $1`, [reply]);
    await publish(reply);
    await hold(reply);
    expect(await post(reply)).toMatchObject({ status: 'withdrawn' });
    expect(await site.events()).toEqual([]);
  });

  it('hides a held reply and decrements the count', async () => {
    const reply = await site.make.reply({ thread });
    await hold(reply);
    expect(await post(reply)).toEqual({ status: 'held', why: 'pre-moderation' });
    expect(await counts()).toMatchObject({ replies: 0 });
    expect(await site.events()).toEqual([]);
  });

  it('holds a held post for the new reason without counting again', async () => {
    await site.make.reply({ thread });
    const reply = await heldReply();
    await hold(reply);
    expect(await post(reply)).toEqual({ status: 'held', why: 'pre-moderation' });
    expect(await counts()).toMatchObject({ replies: 1 });
  });

  it('restores a reply that others saw before without marking it as new', async () => {
    const reply = await site.make.reply({ thread });
    await site.make.rows(`update posts set created_at = now() - interval '1 day' where id = $1`, [
      reply,
    ]);
    await hold(reply);
    await publish(reply);
    expect(await counts()).toMatchObject({ replies: 1, fresh: false });
  });

  it('hides a thread without replies with its opening, and restores it', async () => {
    await hold(opening);
    expect(await counts()).toMatchObject({ status: 'held', threads: 0 });
    await publish(opening);
    expect(await counts()).toMatchObject({ status: 'published', threads: 1 });
    expect(await site.events()).toEqual(['thread.posted']);
  });

  it('keeps a thread with replies visible', async () => {
    await site.make.reply({ thread });
    await hold(opening);
    expect(await counts()).toMatchObject({ status: 'published', replies: 1, threads: 1 });
    expect(await post(opening)).toMatchObject({ status: 'held' });
  });

  it('changes nothing if the surrounding transaction is rolled back', async () => {
    const reply = await heldReply();
    await expect(
      site.database.inTransaction(async (tx) => {
        await site.publishing.publish(tx, reply);
        throw new Error('stop');
      }),
    ).rejects.toThrow('stop');
    expect(await post(reply)).toEqual({ status: 'held', why: 'crisis' });
    expect(await counts()).toMatchObject({ replies: 0 });
    expect(await site.events()).toEqual([]);
  });
});
