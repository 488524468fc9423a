import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { viewer } from '../../test/support/viewers.js';
import type { MaybeViewer } from '../http/viewer.js';
import { ThreadAccess } from './thread-access.js';
import { postsFor } from './thread-posts.js';

let world: TestDatabase;
let thread: string;
let reply: string;

beforeAll(async () => {
  world = await testDatabase();
  await world.make.community({ slug: 'here' });
  thread = await world.make.thread({ community: 'here' });
  reply = await world.make.reply({ thread, author: 'ben', alias: 'quiet-hill' });
});
afterAll(() => world.close());

describe('members.has_filters', () => {
  const marked = async (handle: string): Promise<boolean> =>
    (
      await world.make.one<{ marked: boolean }>(
        'select has_filters as marked from members where handle = $1::citext',
        [handle],
      )
    ).marked;

  it.each([
    ['a block', `insert into blocks (member_id, blocked_id) select :id, min(id) from members`],
    ['a blocked alias', 'insert into alias_blocks select :id, min(id) from thread_aliases'],
    ['a muted word', `insert into muted_words (member_id, word) values (:id, 'kettle')`],
    ['a note to hide', `insert into note_choices values (:id, 'grief', 'hide')`],
    ['a note to open', `insert into note_choices values (:id, 'grief', 'show')`],
    ['a muted thread', `insert into thread_follows values (:thread, :id, 'muted')`],
  ])('is set by %s', async (what, text) => {
    const handle = what.replaceAll(' ', '-');
    const id = await world.make.member(handle);
    expect(await marked(handle)).toBe(false);
    await world.make.rows(text.replace(':id', id).replace(':thread', thread));
    expect(await marked(handle)).toBe(true);
  });

  it('is set when a thread that was followed is muted', async () => {
    const id = await world.make.member('follower');
    await world.make.rows(`insert into thread_follows values ($1, $2, 'following')`, [thread, id]);
    expect(await marked('follower')).toBe(false);
    await world.make.rows(`update thread_follows set level = 'muted' where member_id = $1`, [id]);
    expect(await marked('follower')).toBe(true);
  });
});

describe('threads.has_extras', () => {
  const access = (): ThreadAccess => new ThreadAccess(world.sql);

  it.each([
    [
      'a poll',
      `insert into polls (thread_id, question, several, results, created_at)
        values (:id, 'Which?', false, 'voted', now())`,
      { poll: true },
    ],
    [
      'an update by its author',
      `update posts set is_update = true where thread_id = :id and number = 2`,
      { authorUpdate: { number: 2, at: expect.any(String) } },
    ],
    [
      'an update by the team',
      `insert into thread_updates (thread_id, body, author_agreed, created_at)
        values (:id, 'All is well.', true, now())`,
      { teamUpdate: 'All is well.' },
    ],
    ['a post that left', 'insert into former_places values (:id, 9, :reply)', { lastLeft: 9 }],
    [
      'a thread that was split from it',
      'update threads set split_from = :id where id = :other',
      { splitInto: [{ id: expect.any(String), title: 'The other' }] },
    ],
    [
      'a thread that was merged into it',
      `update threads set status = 'merged', merged_into = :id where id = :other`,
      { mergedHere: null },
    ],
  ])('is set by %s', async (_what, text, shown) => {
    const id = await world.make.thread({ community: 'here' });
    await world.make.reply({ thread: id, author: 'opener' });
    const other = await world.make.thread({ community: 'here', title: 'The other' });
    expect(await access().load(null, id)).toMatchObject({ hasExtras: false });
    await world.make.rows(
      text.replaceAll(':id', id).replace(':reply', reply).replace(':other', other),
    );
    expect(await access().load(null, id)).toMatchObject({ hasExtras: true, ...shown });
  });

  it('is set on a thread that was split off too', async () => {
    const from = await world.make.thread({ community: 'here', title: 'The first' });
    const id = await world.make.thread({ community: 'here' });
    await world.make.rows('update threads set split_from = $1 where id = $2', [from, id]);
    expect(await access().load(null, id)).toMatchObject({
      splitFrom: { id: from, title: 'The first' },
    });
  });
});

describe('posts.has_quotes and posts.has_strategies', () => {
  const rowOf = async (viewing: MaybeViewer, id: string) => {
    const rows = await postsFor(world.sql, viewing, id, 1, false, world.clock.now());
    return rows.find(({ number }) => number === 2);
  };

  it('are set by the first quotation and the first strategy, for guests and members', async () => {
    const id = await world.make.thread({ community: 'here' });
    const post = await world.make.reply({ thread: id, author: 'ben' });
    const memberId = await world.make.member('dan');
    const readers = [null, viewer({ memberId }), viewer({ memberId, hasFilters: true })];
    for (const reader of readers)
      expect(await rowOf(reader, id)).toMatchObject({
        quotes: false,
        hasStrategies: false,
        strategies: null,
      });
    await world.make.rows('insert into post_quotes values ($1, $2, 1, 1)', [post, reply]);
    await world.make.strategy({ slug: 'breathe', name: 'Breathe out slowly' });
    await world.make.rows(
      `insert into post_strategies (post_id, strategy_id, state)
        select $1, id, 'proposed' from coping_strategies where slug = 'breathe'`,
      [post],
    );
    for (const reader of readers)
      expect(await rowOf(reader, id)).toMatchObject({ quotes: true, strategies: null });
    await world.make.rows(`update post_strategies set state = 'accepted' where post_id = $1`, [
      post,
    ]);
    for (const reader of readers)
      expect(await rowOf(reader, id)).toMatchObject({
        strategies: [{ slug: 'breathe', name: 'Breathe out slowly' }],
      });
  });
});

describe('the role of an author', () => {
  it('is that of the site, or that in the community while they are in it', async () => {
    await world.make.community({ slug: 'elsewhere' });
    const id = await world.make.thread({ community: 'here', author: 'opener' });
    await world.make.reply({ thread: id, author: 'sue' });
    const memberId = await world.make.member('reader');
    const roles = async () => {
      const readers = [null, viewer({ memberId }), viewer({ memberId, hasFilters: true })];
      const read = await Promise.all(
        readers.map((reader) => postsFor(world.sql, reader, id, 1, false, world.clock.now())),
      );
      const [first, ...others] = read.map((rows) => rows.map(({ role }) => role ?? 'member'));
      for (const other of others) expect(other).toEqual(first);
      return first;
    };
    const change = (text: string) =>
      world.make.rows(`${text} member_id = (select id from members where handle = 'sue')`);
    expect(await roles()).toEqual(['member', 'member']);
    await world.make.rows(
      `insert into memberships (community_id, member_id, role, state)
        select c.id, m.id, 'supporter', 'active'
        from communities c, members m
        where c.slug = 'here' and m.handle = 'sue'
        on conflict (community_id, member_id) do update set role = excluded.role`,
    );
    expect(await roles()).toEqual(['member', 'supporter']);
    await world.make.rows(`update members set role = 'admin' where handle = 'opener'`);
    expect(await roles()).toEqual(['admin', 'supporter']);
    await change(`update memberships set state = 'asked' where`);
    expect(await roles()).toEqual(['admin', 'member']);
    await change(`
      update memberships
      set state = 'active', community_id = (select id from communities where slug = 'elsewhere')
      where`);
    expect(await roles()).toEqual(['admin', 'member']);
  });
});

describe('the posts for a reader without filters', () => {
  it('are those that others read too, and nothing beyond the last page', async () => {
    const memberId = await world.make.member('ann');
    await world.make.reply({ thread, author: 'ann' });
    await world.make.rows(`update posts set status = 'held' where id = $1`, [reply]);
    const read = (hasFilters: boolean, page = 1) =>
      postsFor(world.sql, viewer({ memberId, hasFilters }), thread, page, false, world.clock.now());
    const rows = await read(false);
    expect(rows.map(({ number, mine }) => [number, mine])).toEqual([
      [1, false],
      [3, true],
    ]);
    // Without notes there is nothing to open.
    const filtered = (await read(true)).map((row) => ({ ...row, notesOpen: false }));
    expect(rows).toEqual(filtered);
    expect(await read(false, 999_999_999)).toEqual([]);
  });
});
