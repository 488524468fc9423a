import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

const DAY = 86_400_000;

describe('reversing one of several decisions', () => {
  let site: TestApp;
  let first: Browser;
  let second: Browser;
  let thread: string;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.community({ slug: 'here' });
    await site.make.community({ slug: 'there' });
    await site.make.community({ slug: 'yonder' });
    for (const handle of ['mod-one', 'mod-two']) await site.make.join(handle, 'here', 'moderator');
    for (const slug of ['there', 'yonder'])
      for (const handle of ['mod-one', 'mod-two']) await site.make.join(handle, slug, 'moderator');
    thread = await site.make.thread({ community: 'here', author: 'opener' });
    [first, second] = [await site.as('mod-one'), await site.as('mod-two')];
  });
  afterAll(() => site.close());

  async function one<T>(text: string, params: unknown[] = []): Promise<T> {
    const [row] = (await site.make.rows(text, params)) as T[];
    if (row === undefined) throw new Error('no row');
    return row;
  }

  /** The first moderator decides in a new case. @returns the id of the decision */
  async function decided(post: string, fields: Record<string, string>): Promise<string> {
    const id = await site.make.case({ post, tier: 'watch', reasons: ['report.bullying'] });
    const answer = await first.post(`/mod/cases/${id}/decide`, {
      rule: 'kind',
      reason: 'Because of the words.',
      ...fields,
    });
    expect(answer.status).toBe(303);
    return (
      await one<{ id: string }>(
        'select id from decisions where case_id = $1 order by id desc limit 1',
        [id],
      )
    ).id;
  }

  /** `by` appeals against the decision, and the second moderator answers the appeal. */
  async function appealed(
    decision: string,
    by: string,
    fields: Record<string, string> = { action: 'publish' },
  ): Promise<void> {
    const author = await site.as(by);
    expect(
      (await author.post(`/decisions/${decision}/appeal`, { statement: 'Please read it again.' }))
        .status,
    ).toBe(303);
    const { id } = await one<{ id: string }>(
      'select case_id as id from appeals where decision_id = $1',
      [decision],
    );
    expect(
      (
        await second.post(`/mod/cases/${id}/decide`, {
          rule: 'kind',
          reason: 'We looked again.',
          ...fields,
        })
      ).status,
    ).toBe(303);
  }

  const write = (author: string, body = 'Sharp words'): Promise<string> =>
    site.make.reply({ thread, author, body });
  const postNow = (post: string): Promise<object> =>
    one(
      `
        select status, folded, members_only as "membersOnly", added_notes as notes
        from posts
        where id = $1
      `,
      [post],
    );
  const replies = async (): Promise<number> =>
    (await one<{ n: number }>('select reply_count as n from threads where id = $1', [thread])).n;
  const seen = async (body: string): Promise<boolean> =>
    (await site.browser().get(`/t/${thread}`)).html.includes(body);

  it('a successful appeal does not restore what a later decision removed', async () => {
    const post = await write('ann', 'Words that went too far');
    const before = await replies();
    const fold = await decided(post, { action: 'fold' });
    const hide = await decided(post, { action: 'hide' });
    const remove = await decided(post, { action: 'remove' });
    await appealed(fold, 'ann');
    await appealed(hide, 'ann');
    expect(await postNow(post)).toMatchObject({ status: 'removed', folded: false });
    expect(await seen('Words that went too far')).toBe(false);
    expect(await replies()).toBe(before - 1);
    const told = async (id: string): Promise<string> =>
      textOf((await (await site.as('ann')).get(`/decisions/${id}`)).html);
    for (const id of [fold, hide])
      for (const part of ['We have undone what this decision did', 'Other decisions stay in place'])
        expect(await told(id)).toContain(part);
    expect(await told(hide)).not.toContain('Everything is as it was before');
    // Reversing the last decision does not bring back the effects of the earlier ones.
    await appealed(remove, 'ann');
    expect(await postNow(post)).toMatchObject({ status: 'published', folded: false });
    expect(await seen('Words that went too far')).toBe(true);
    expect(await told(remove)).toContain('Everything is as it was before');
    expect(await replies()).toBe(before);
  });

  it('an answer that changes a decision does not lift another decision', async () => {
    const post = await write('bea', 'Words hidden twice');
    const remove = await decided(post, { action: 'remove' });
    const hide = await decided(post, { action: 'hide' });
    await appealed(remove, 'bea', { action: 'fold' });
    expect(await postNow(post)).toMatchObject({ status: 'hidden', folded: true });
    await appealed(hide, 'bea');
    expect(await postNow(post)).toMatchObject({ status: 'published', folded: true });
  });

  it('an appeal does not publish what was since held for a detail or later dismissed', async () => {
    const post = await write('cleo', 'Words with a detail');
    const fold = await decided(post, { action: 'fold' });
    await site.make.rows(
      `
        update posts
        set status = 'held', held_for = 'detail', held_at = now(),
          held_until = now() + interval '1 hour'
        where id = $1
      `,
      [post],
    );
    await appealed(fold, 'cleo');
    expect(await postNow(post)).toMatchObject({ status: 'held', folded: false });
    expect(
      await one(
        'select held_for as why, held_until is not null as clock from posts where id = $1',
        [post],
      ),
    ).toEqual({ why: 'detail', clock: true });

    const hidden = await write('cleo', 'Words that stay hidden');
    const hide = await decided(hidden, { action: 'hide' });
    await decided(hidden, { action: 'dismiss' });
    expect(await postNow(hidden)).toMatchObject({ status: 'hidden' });
    await appealed(hide, 'cleo');
    expect(await postNow(hidden)).toMatchObject({ status: 'published' });
  });

  it('a thread stays locked and moved by other decisions, including those on its replies', async () => {
    const place = await site.make.thread({ community: 'here', author: 'dora' });
    const reply = await site.make.reply({ thread: place, author: 'dora' });
    const opening = (
      await one<{ id: string }>('select id from posts where thread_id = $1 and number = 1', [place])
    ).id;
    const now = (): Promise<object> =>
      one(
        `
          select c.slug, t.locked_at is not null as locked
          from threads t
          join communities c on c.id = t.community_id
          where t.id = $1
        `,
        [place],
      );
    const lock = await decided(opening, { action: 'lock' });
    const again = await decided(reply, { action: 'lock' });
    const move = await decided(opening, { action: 'move', community: 'there' });
    await decided(reply, { action: 'move', community: 'yonder' });
    await appealed(lock, 'dora');
    await appealed(move, 'dora');
    expect(await now()).toEqual({ slug: 'yonder', locked: true });
    await appealed(again, 'dora');
    expect(await now()).toEqual({ slug: 'yonder', locked: false });
  });

  it('an account stays paused by a later pause, and a shorter pause never shortens a longer one', async () => {
    const limit = async (handle: string): Promise<number | null> => {
      const { until } = await one<{ until: Date | null }>(
        'select suspended_until as until from members where handle = $1',
        [handle],
      );
      return until === null
        ? null
        : Math.round((until.getTime() - site.clock.now().getTime()) / DAY);
    };
    const pause = (days: number, handle: string, scope = 'suspend'): Promise<string> =>
      write(handle).then((post) => decided(post, { action: 'suspend', days: String(days), scope }));
    const long = await pause(30, 'edda');
    const short = await pause(7, 'edda');
    expect(await limit('edda')).toBe(30);
    const statement = textOf((await (await site.as('edda')).get(`/decisions/${short}`)).html);
    expect(statement).toContain('Another decision lasts longer: your account opens again on');
    await appealed(long, 'edda');
    expect(await limit('edda')).toBe(7);
    expect(textOf((await (await site.as('edda')).get(`/decisions/${short}`)).html)).not.toContain(
      'Another decision lasts longer',
    );
    await appealed(short, 'edda');
    expect(await limit('edda')).toBeNull();

    const early = await pause(7, 'fay');
    const later = await pause(30, 'fay');
    const quiet = await pause(14, 'fay', 'read-only');
    await appealed(early, 'fay');
    expect(await limit('fay')).toBe(30);
    await appealed(quiet, 'fay');
    expect(await limit('fay')).toBe(30);
    expect(
      await one('select read_only_until as until from members where handle = $1', ['fay']),
    ).toEqual({ until: null });
    await appealed(later, 'fay', { action: 'suspend', days: '3', scope: 'suspend' });
    expect(await limit('fay')).toBe(3);
  });
});
