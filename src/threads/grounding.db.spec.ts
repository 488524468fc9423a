import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import type { PostRow } from '../posts/post.view.js';
import { groundingStrategy, hasDistressingPost } from './grounding.js';

describe('groundingStrategy', () => {
  let world: TestDatabase;

  beforeAll(async () => {
    world = await testDatabase();
    const kinds = ['grounding'];
    await world.make.strategy({ slug: 'long', kinds, minutes: 20, places: ['at-home', 'in-bed'] });
    await world.make.strategy({ slug: 'tiring', kinds, energy: 'more' });
    await world.make.strategy({ slug: 'with-a-baby', kinds, challenges: ['new-parent'] });
    await world.make.strategy({ slug: 'proposed', kinds, status: 'proposed' });
    await world.make.strategy({ slug: 'music', kinds: ['soothing'] });
    await world.make.strategy({ slug: 'feet', kinds, minutes: 1, challenges: ['anxiety'] });
    await world.make.strategy({ slug: 'room', kinds, minutes: 4 });
    await world.make.strategy({ slug: 'pies', kinds, minutes: 4, language: 'es' });
  });
  afterAll(() => world.close());

  const found = async (language: string, viewerId: string | null = null): Promise<unknown> =>
    (await world.sql.first(groundingStrategy, { viewerId, language }))?.slug;

  it('is short, needs little, and suits most situations', async () => {
    expect(await found('en')).toBe('feet');
  });

  it("is in the reader's language if there is one", async () => {
    expect(await found('es')).toBe('pies');
    expect(await found('de')).toBe('feet');
  });

  it('is not one that the reader hid', async () => {
    const viewerId = await world.make.member('kim');
    await world.make.rows(
      `insert into strategy_hides (member_id, strategy_id)
       select $1, id from coping_strategies where slug = 'feet'`,
      [viewerId],
    );
    expect(await found('en', viewerId)).toBe('room');
  });
});

describe('hasDistressingPost', () => {
  const post = (changes: Partial<PostRow>): PostRow =>
    ({
      status: 'published',
      mine: false,
      folded: false,
      tier: 'none',
      contentWarnings: [],
      addedNotes: [],
      ...changes,
    }) as unknown as PostRow;

  it.each([
    { contentWarnings: ['suicide'] },
    { addedNotes: ['self-harm'] },
    { folded: true },
    { tier: 'urgent' },
  ] as Partial<PostRow>[])('has a post with %j', (changes) => {
    expect(hasDistressingPost([post({}), post(changes)])).toBe(true);
  });

  it('is true for more than ordinary posts, and for withdrawn ones', () => {
    expect(hasDistressingPost([post({}), post({ status: 'withdrawn', folded: true })])).toBe(false);
  });
});
