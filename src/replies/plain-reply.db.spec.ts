import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { writeSide, type WriteSide } from '../../test/support/write-side.js';
import type { Viewer } from '../http/viewer.js';
import { NewReply } from './reply.dto.js';

let site: WriteSide;
let kim: Viewer;

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

it('a plain reply is stored in one statement as beside something else, and wakes the relays', async () => {
  const stored = async (body: string): Promise<unknown> => {
    const thread = await site.make.thread({ community: 'tea' });
    await site.events();
    const { id, ...made } = await site.replying.reply(
      kim,
      thread,
      Object.assign(new NewReply(), { body }),
    );
    const row = await site.one(
      `select number, body_html, status, tier, language, author_id, alias_id, content_warnings,
         (select ids from outbox order by id desc limit 1)
           = jsonb_build_object('postId', p.id::text, 'threadId', p.thread_id::text) as told,
         (select level from thread_follows f
           where f.thread_id = p.thread_id and f.member_id = p.author_id) as level,
         (select reply_count from threads t where t.id = p.thread_id) as replies
       from posts p where id = $1`,
      [id],
    );
    return { ...made, ...row, threadId: null, events: await site.events() };
  };
  const relay = await site.sql.pool.connect();
  const heard: unknown[] = [];
  relay.on('notification', (message) => heard.push(message.channel));
  try {
    await relay.query('listen outbox');
    const alone = await stored('I hear you @ work.');
    expect(alone).toMatchObject({ number: 2, told: true, level: 'following', replies: 1 });
    const plain = await stored('I hear you at work.');
    expect(plain).toEqual({
      ...(alone as object),
      body_html: '<p>I hear you at work.</p>',
    });
    await site.signal.flush();
    await relay.query('select 1');
    expect(heard).toEqual(['outbox', 'outbox']);
  } finally {
    await relay.query('unlisten outbox');
    relay.release();
  }
});
