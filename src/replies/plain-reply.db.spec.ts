import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { writeSide, type WriteSide } from '../../test/support/write-side.js';
import type { Viewer } from '../http/viewer.js';
import { NewReply } from './reply.dto.js';

const form = (): NewReply => Object.assign(new NewReply(), { body: 'I hear you.' });

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

it("a reply leaves what another window saved as the draft, and deletes the form's own", async () => {
  const thread = await site.make.thread({ community: 'tea' });
  const place = `/t/${thread}/replies`;
  await site.make.rows(
    `insert into drafts (member_id, place, fields, others, form_key, updated_at)
     values ($1, $2, '{"body": "I hear you."}', '{"b": {"body": "In the other"}}', 'a', now())`,
    [kim.memberId, place],
  );
  await site.replying.reply(kim, thread, Object.assign(form(), { idempotencyKey: 'a' }));
  expect(
    await site.one(`select fields, others from drafts where member_id = $1 and place = $2`, [
      kim.memberId,
      place,
    ]),
  ).toEqual({ fields: { body: 'In the other' }, others: {} });
  await site.make.rows('delete from drafts');
});

it('a reply does not use facts that were read of another community', async () => {
  await site.make.community({ slug: 'coffee' });
  await site.make.rows(`update communities set pre_moderation = 'all' where slug = 'coffee'`);
  await site.make.join('kim', 'coffee');
  const thread = await site.make.thread({ community: 'tea' });
  const held = await site.make.thread({ community: 'coffee' });
  const other = site.replying.prepare(kim, thread, form());
  const here = site.replying.prepare(kim, held, form());
  const post = await site.replying.reply(kim, held, form(), undefined, {
    ...here,
    facts: other.facts,
  });
  expect(post).toMatchObject({ threadId: held, held: true });
});
