import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { viewer } from '../../../test/support/viewers.js';
import type { Viewer } from '../../http/viewer.js';
import { AppError, Forbidden, NotFound } from '../../kernel/errors.js';
import { Outbox } from '../../outbox/outbox.js';
import { PostAccess } from '../../posts/post-access.js';
import { MAX_STRATEGIES_PER_POST } from '../../posts/strategy-tags.js';
import { StrategyAccess } from '../core/strategy-access.js';
import { strategiesByWords } from './suggestions.queries.js';
import { Tagging } from './tagging.service.js';

describe('tagging posts with strategies', () => {
  let db: TestDatabase;
  let tagging: Tagging;
  let writer: Viewer;
  let reader: Viewer;
  let post: string;
  let slug: string;
  let seen = '0';

  beforeAll(async () => {
    db = await testDatabase();
    const posts = new PostAccess(db.sql);
    const strategies = new StrategyAccess(db.sql);
    tagging = new Tagging(db.database, db.clock, new Outbox(), posts, strategies);
    await db.make.community({ slug: 'here' });
    for (const handle of ['writer', 'reader']) await db.make.join(handle, 'here');
    writer = viewer({ memberId: await db.make.member('writer'), handle: 'writer' });
    reader = viewer({ memberId: await db.make.member('reader'), handle: 'reader' });
  });
  afterAll(() => db.close());

  beforeEach(async () => {
    const thread = await db.make.thread({ community: 'here', author: 'writer' });
    post = await db.make.post.opening(thread);
    slug = await db.make.strategy();
    await events();
  });

  const events = async (): Promise<string[]> => {
    const rows = await db.make.all<{ id: string; event: string }>(
      'select id, event from outbox where id > $1 order by id',
      [seen],
    );
    seen = rows.at(-1)?.id ?? seen;
    return rows.map(({ event }) => event);
  };
  const states = async (): Promise<string[]> =>
    (
      await db.make.all<{ state: string }>('select state from post_strategies where post_id = $1', [
        post,
      ])
    ).map(({ state }) => state);
  const request = async (): Promise<string | null> => {
    const [row] = await db.make.all<{ state: string }>(
      'select state from strategy_wishes where post_id = $1',
      [post],
    );
    return row?.state ?? null;
  };

  it('accepts the writer’s own tag at once, and notifies nobody', async () => {
    expect((await tagging.tag(writer, post, slug)).accepted).toBe(true);
    expect(await states()).toEqual(['accepted']);
    expect(await events()).toEqual([]);
  });

  it('proposes a reader’s tag to the writer, once', async () => {
    expect((await tagging.tag(reader, post, slug)).accepted).toBe(false);
    await tagging.tag(reader, post, slug);
    expect(await states()).toEqual(['proposed']);
    expect(await events()).toEqual(['strategy.proposed-for-post']);
  });

  it('does not repeat a declined proposal', async () => {
    await tagging.tag(reader, post, slug);
    await tagging.answer(writer, post, slug, 'decline');
    await tagging.tag(reader, post, slug);
    expect(await states()).toEqual(['declined']);
  });

  it('lets only the writer accept and remove a tag', async () => {
    await tagging.tag(reader, post, slug);
    await expect(tagging.answer(reader, post, slug, 'accept')).rejects.toThrow(NotFound);
    await tagging.answer(writer, post, slug, 'accept');
    expect(await states()).toEqual(['accepted']);
    await tagging.answer(writer, post, slug, 'decline');
    expect(await states()).toEqual(['declined']);
  });

  it('requires a verified member of the community', async () => {
    const stranger = viewer({ memberId: await db.make.member('stranger') });
    await expect(tagging.tag(stranger, post, slug)).rejects.toThrow(Forbidden);
    const unverified = { ...reader, verified: false };
    await expect(tagging.tag(unverified, post, slug)).rejects.toThrow(Forbidden);
    expect(await states()).toEqual([]);
  });

  it('reports an unknown strategy as a form error', async () => {
    const draft = await db.make.strategy({ status: 'draft' });
    await expect(tagging.tag(writer, post, draft)).rejects.toMatchObject({
      status: 422,
      key: 'strategies.error.which',
    });
  });

  it('limits the tags and pending proposals of a post', async () => {
    for (let n = 0; n < MAX_STRATEGIES_PER_POST; n += 1)
      await tagging.tag(writer, post, await db.make.strategy());
    await expect(tagging.tag(writer, post, slug)).rejects.toThrow(AppError);
    expect(await states()).toHaveLength(MAX_STRATEGIES_PER_POST);
  });

  it('sends the writer one request, however many readers ask', async () => {
    await tagging.request(reader, post);
    await tagging.request(reader, post);
    expect(await request()).toBe('asked');
    expect(await events()).toEqual(['strategy.wished']);
    await expect(tagging.request(writer, post)).rejects.toThrow(Forbidden);
  });

  it('leaves a declined request declined', async () => {
    await tagging.request(reader, post);
    await expect(tagging.declineRequest(reader, post)).rejects.toThrow(NotFound);
    await tagging.declineRequest(writer, post);
    await events();
    await tagging.request(reader, post);
    expect(await request()).toBe('declined');
    expect(await events()).toEqual([]);
  });

  it.each([
    ['A walk for panic/worry', 'worry'],
    ['Self-soothing in small steps', 'self soothing'],
    ['Before the PHQ-9', 'phq9'],
    ['“Grounding” by touch', 'grounding'],
  ])('finds "%s" by "%s", as a search does', async (name, query) => {
    const found = await db.make.strategy({ name });
    const rows = await db.sql.rows(strategiesByWords, { query, pattern: 'nothing' });
    expect(rows.map((row) => row.slug)).toEqual([found]);
  });
});
