import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { writeSide, type WriteSide } from '../../test/support/write-side.js';
import type { AccessibleCommunity } from '../communities/community-access.js';
import { CommunityAccess } from '../communities/community-access.service.js';
import type { Viewer } from '../http/viewer.js';
import { DAY } from '../kernel/clock.js';
import { NewThread } from '../posting/new-thread.dto.js';
import { Messages } from '../i18n/messages.js';
import { Translator } from '../i18n/translator.js';
import { pollPanel, type PollPanel } from './poll-panel.js';
import { Polls } from './polls.js';

describe('polls', () => {
  let site: WriteSide;
  let polls: Polls;
  let kim: Viewer;
  let thread: string;

  beforeAll(async () => {
    site = await writeSide();
    polls = new Polls(site.database, site.sql, site.clock);
    await site.make.community({ slug: 'tea' });
    await site.make.join('kim', 'tea');
    kim = await site.viewer('kim');
    await site.make.rows(
      `update members set created_at = now() - interval '1 year';
       update memberships set joined_at = now() - interval '1 year'`,
    );
  });
  afterAll(() => site.close());
  beforeEach(async () => {
    await site.make.rows('update communities set polls_allowed = true');
    thread = (await open({})).threadId;
  });

  const community = (): Promise<AccessibleCommunity> =>
    new CommunityAccess(site.sql).load(kim, 'tea');
  const form = (fields: Partial<NewThread>): NewThread =>
    Object.assign(new NewThread(), {
      title: 'How do you rest?',
      body: 'I wonder.',
      guidelinesAcknowledged: true,
      pollQuestion: 'What helps most?',
      pollOptions: ['Sleep', 'A walk', 'Music'],
      ...fields,
    });
  const open = async (fields: Partial<NewThread>): Promise<{ threadId: string; id: string }> =>
    site.posting.post(kim, await community(), form(fields));
  const option = async (text: string): Promise<string> => {
    const poll = await polls.of(thread, null);
    return poll?.options.find((each) => each.text === text)?.id ?? '';
  };
  const vote = async (handle: string, ...texts: string[]): Promise<void> =>
    polls.vote(await site.make.member(handle), thread, await Promise.all(texts.map(option)));
  const many = async (count: number, text: string, from = 0): Promise<void> => {
    for (let n = from; n < from + count; n += 1) await vote(`voter-${n}`, text);
  };
  const seen = async (by: string | null, mayVote = true): Promise<PollPanel> => {
    const now = site.clock.now();
    const viewerId = by === null ? null : await site.make.member(by);
    const i18n = new Translator(new Messages(), 'en', now, 'UTC');
    const panel = pollPanel(
      await polls.of(thread, viewerId),
      { threadId: thread, mayVote, now },
      i18n,
    );
    if (panel === null) throw new Error('no poll');
    return panel;
  };

  it('are stored and screened with the opening post', async () => {
    expect(await polls.of(thread, null)).toMatchObject({
      question: 'What helps most?',
      several: false,
      voters: 0,
      options: [{ text: 'Sleep' }, { text: 'A walk' }, { text: 'Music' }],
    });
    const danger = ['I have decided to end my life tonight.', 'No'];
    const held = await open({ pollOptions: danger });
    expect(await site.make.post.status(held.id)).toBe('held');
  });

  it.each([
    [{ pollQuestion: '' }, 'pollQuestion'],
    [{ pollOptions: ['Only one'] }, 'pollOptions'],
    [{ pollDays: 0, pollResults: 'closed' }, 'pollDays'],
    [{ pollOptions: ['Ring me on 07700 900123', 'No'] }, 'pollOptions'],
  ] as [Partial<NewThread>, string][])('are refused as %j', async (fields, field) => {
    await expect(open(fields)).rejects.toMatchObject({ field });
  });

  it('are rejected if the community allows none', async () => {
    await site.make.rows('update communities set polls_allowed = false');
    await expect(open({})).rejects.toMatchObject({ field: 'pollQuestion' });
    const without = await open({ pollQuestion: '', pollOptions: [] });
    expect(await polls.of(without.threadId, null)).toBeNull();
  });

  it('accept one vote for each member, which can be changed and withdrawn', async () => {
    const own = async (): Promise<unknown> =>
      (await polls.of(thread, await site.make.member('ann')))?.mine;
    await vote('ann', 'Sleep');
    await vote('ann', 'Music');
    expect(await own()).toEqual([await option('Music')]);
    await vote('ann');
    expect(await own()).toEqual([]);
  });

  it('accept several options only if allowed, and none of another poll', async () => {
    await expect(vote('ann', 'Sleep', 'Music')).rejects.toMatchObject({
      key: 'threads.error.poll-one',
    });
    const foreign = await option('Sleep');
    thread = (await open({ pollSeveral: true })).threadId;
    await vote('ann', 'Sleep', 'Music');
    expect(await polls.of(thread, null)).toMatchObject({ voters: 1 });
    await expect(
      polls.vote(await site.make.member('ann'), thread, [foreign]),
    ).rejects.toMatchObject({ status: 422 });
    expect((await polls.of(thread, await site.make.member('ann')))?.mine).toHaveLength(2);
  });

  it('accept no votes once closed', async () => {
    await site.make.rows('update polls set closes_at = $2 where thread_id = $1', [
      thread,
      site.clock.now(),
    ]);
    await expect(vote('ann', 'Sleep')).rejects.toMatchObject({ key: 'threads.error.poll-closed' });
  });

  it('show their result to those who voted, in steps of five', async () => {
    await many(7, 'Sleep');
    await many(2, 'Music', 7);
    expect((await seen('ann')).result).toBeNull();
    expect((await seen(null, false)).options).toHaveLength(3);
    const panel = await seen('voter-0');
    expect(panel.result).toEqual([
      { text: 'Sleep', count: 'chosen by 5 or more', mine: true },
      { text: 'A walk', count: 'chosen by fewer than five', mine: false },
      { text: 'Music', count: 'chosen by fewer than five', mine: false },
    ]);
    expect(panel.notes).toContain('5 or more people have voted.');
  });

  it('do not change with a single vote, so that nobody can tell who chose what', async () => {
    const sleep = async (): Promise<string | undefined> =>
      (await seen('voter-0')).result?.find(({ text }) => text === 'Sleep')?.count;
    await many(4, 'Sleep');
    await many(2, 'Music', 4);
    expect(await sleep()).toBe('chosen by fewer than five');
    // Changing one's own vote, or pressing twice, does not count the next voter alone.
    await many(1, 'Sleep', 6);
    await vote('voter-0', 'Sleep');
    expect(await sleep()).toBe('chosen by fewer than five');
    expect((await seen('voter-0')).notes).toContain(
      'The result changes each time five more people have voted.',
    );
    await many(3, 'Music', 7);
    expect(await sleep()).toBe('chosen by 5 or more');
    await many(4, 'Music', 10);
    expect((await polls.of(thread, null))?.options.map(({ votes }) => votes)).toEqual([5, 0, 5]);
    await site.make.rows('update polls set closes_at = $2 where thread_id = $1', [
      thread,
      site.clock.now(),
    ]);
    expect((await polls.of(thread, null))?.options.map(({ votes }) => votes)).toEqual([5, 0, 9]);
  });

  it('hide the result of fewer than five', async () => {
    await many(4, 'Sleep');
    const panel = await seen('voter-0');
    expect(panel.result).toBeNull();
    expect(panel.notes.join(' ')).toContain('once five people have voted');
  });

  it('hide a deferred result until the end, then show it to everybody', async () => {
    thread = (await open({ pollResults: 'closed', pollDays: 1 })).threadId;
    await many(6, 'Sleep');
    expect((await seen('voter-0')).result).toBeNull();
    site.clock.move(2 * DAY);
    const panel = await seen(null, false);
    expect(panel.result?.[0]).toMatchObject({ count: 'chosen by 5 or more' });
    expect((await seen('voter-0')).vote).toBeNull();
  });
});
