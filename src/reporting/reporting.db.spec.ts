import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { viewerOf } from '../../test/support/moderation.js';
import type { Viewer } from '../http/viewer.js';
import { Forbidden, NotFound } from '../kernel/errors.js';
import { Messages } from '../i18n/messages.js';
import { Outbox } from '../outbox/outbox.js';
import { PostAccess } from '../posts/post-access.js';
import { Publishing } from '../posts/publishing.service.js';
import { ReviewCases } from '../review/review-cases.js';
import type { ReasonKey } from '../review/review-targets.js';
import { Reporting } from './reporting.service.js';

interface CaseRow {
  id: string;
  kind: string;
  tier: string;
  state: string;
}

describe('reporting', () => {
  let world: TestDatabase;
  let reporting: Reporting;
  let reporter: Viewer;
  let author: Viewer;
  let postId: string;
  let count = 0;

  beforeAll(async () => {
    world = await testDatabase();
    const { database, sql, clock } = world;
    const outbox = new Outbox();
    reporting = new Reporting(
      database,
      sql,
      clock,
      new PostAccess(sql),
      new ReviewCases(clock, outbox),
      new Publishing(clock, outbox, new Messages()),
      outbox,
    );
    await world.make.community({ slug: 'here' });
    await world.make.join('author', 'here');
    author = viewerOf(await world.make.member('author'));
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    count += 1;
    const handle = `reporter-${count}`;
    await world.make.join(handle, 'here');
    reporter = viewerOf(await world.make.member(handle));
    // Makes the account old enough: reports from newcomers hide nothing.
    await world.make.rows(
      `update members set created_at = now() - interval '1 year' where id = $1`,
      [reporter.memberId],
    );
    await newPost();
  });

  const newPost = async (): Promise<void> => {
    const thread = await world.make.thread({ community: 'here' });
    postId = await world.make.reply({ thread, author: 'author' });
  };
  const report = (reason: ReasonKey, many = false): Promise<string> =>
    reporting.report(reporter, postId, { reason, note: '' }, many);
  const cases = (): Promise<CaseRow[]> =>
    world.make.all(
      'select id, kind, tier, state from review_cases where post_id = $1 order by id',
      [postId],
    );
  const close = async (outcome: 'acted' | 'no-action'): Promise<void> => {
    await world.make.rows(
      `update review_cases set state = 'closed', closed_at = now() where post_id = $1`,
      [postId],
    );
    await world.make.rows(
      'update reports set outcome = $2, answered_at = now() where post_id = $1',
      [postId, outcome],
    );
  };

  it('opens a case with the tier of its reason', async () => {
    await report('bullying');
    expect(await cases()).toMatchObject([{ kind: 'post', tier: 'urgent', state: 'open' }]);
  });

  it('files one report if submitted twice for the same reason', async () => {
    const number = await report('spam');
    expect(await report('spam')).toBe(number);
    expect(await reporting.own(reporter)).toHaveLength(1);
  });

  it('adds the note of a second report for the same reason to the first', async () => {
    for (const note of ['first words', '', 'second words', 'first words'])
      await reporting.report(reporter, postId, { reason: 'spam', note });
    expect(await reporting.own(reporter)).toMatchObject([{ note: 'first words\n\nsecond words' }]);
  });

  it('adds to the open case for another reason', async () => {
    await report('spam');
    await report('bullying');
    expect(await cases()).toMatchObject([{ tier: 'urgent' }]);
    expect(await reporting.own(reporter)).toHaveLength(2);
  });

  it('keeps a snapshot of the text', async () => {
    const number = await report('spam');
    const body = (): Promise<{ reported: string; now: string }> =>
      world.make.one(
        `
          select r.snapshot->>'body' as reported, p.body as now
          from reports r
          join posts p on p.id = r.post_id
          where r.number = $1
        `,
        [number],
      );
    const before = await body();
    await world.make.rows(`update posts set body = 'Something else.' where id = $1`, [postId]);
    expect(await body()).toEqual({ reported: before.now, now: 'Something else.' });
  });

  it('hides a post for personal details at once, not for rudeness', async () => {
    await report('bullying');
    expect(await world.make.post.status(postId)).toBe('published');
    await report('personal-details');
    expect(await world.make.post.status(postId)).toBe('held');
  });

  it('is forbidden for one’s own post, and 404 for an inaccessible one', async () => {
    await expect(reporting.report(author, postId, { reason: 'spam', note: '' })).rejects.toThrow(
      Forbidden,
    );
    await expect(
      reporting.report(reporter, '999999999', { reason: 'spam', note: '' }),
    ).rejects.toThrow(NotFound);
  });

  it('lowers the urgency of excessive danger reports, and opens a case on the reporter', async () => {
    await report('danger-now', true);
    expect(await cases()).toMatchObject([{ tier: 'watch' }]);
    const [own] = await world.make.all<CaseRow>(
      'select id, kind, tier, state from review_cases where member_id = $1',
      [reporter.memberId],
    );
    expect(own).toMatchObject({ kind: 'member', tier: 'watch' });
  });

  it('shows a report only to its reporter', async () => {
    const number = await report('spam');
    expect((await reporting.load(reporter, number)).number).toBe(number);
    await expect(reporting.load(author, number)).rejects.toThrow(NotFound);
    await expect(reporting.load(reporter, 'no number')).rejects.toThrow(NotFound);
  });

  it('opens a case when a second review is requested', async () => {
    const number = await report('spam');
    const allow = (): Promise<void> => Promise.resolve();
    await expect(reporting.askAgain(reporter, number, allow)).rejects.toThrow(NotFound);
    await close('no-action');
    await reporting.askAgain(reporter, number, allow);
    expect(await cases()).toMatchObject([{ state: 'closed' }, { state: 'open' }]);
    expect((await reporting.load(reporter, number)).answeredAt).toBeNull();
  });

  it('opens no case if the second review is refused', async () => {
    const number = await report('spam');
    await close('no-action');
    await expect(
      reporting.askAgain(reporter, number, () =>
        Promise.reject(new Forbidden('forms.error.invalid')),
      ),
    ).rejects.toThrow(Forbidden);
    expect(await cases()).toMatchObject([{ state: 'closed' }]);
  });
});
