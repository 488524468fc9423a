import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { seedBulk } from './bulk.js';

describe('bulk data', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase();
    await db.make.thread({ title: 'There before', body: 'A word of its own' });
    await seedBulk(
      db.url,
      { members: 20, communities: 3, threads: 30, posts: 200, seed: 1 },
      () => undefined,
    );
  });
  afterAll(() => db.close());

  const count = async (what: string): Promise<number> =>
    ((await db.make.rows(`select count(*)::int as count from ${what}`)) as [{ count: number }])[0]
      .count;

  it('adds the requested amount to existing data', async () => {
    expect([await count('threads'), await count('posts'), await count('post_words')]).toEqual([
      31, 201, 201,
    ]);
  });

  it('is indexed like members’ posts', async () => {
    const differing = await count(`
        post_words w
        join posts p on p.id = w.post_id
        join threads t on t.id = p.thread_id
        join communities c on c.id = t.community_id
      where w.words <> post_search_words(p.id, p.number, p.body, p.summary, t.title, t.kind,
        t.reply_wish, t.topic, t.community_id, c.language)`);
    expect(differing).toBe(0);
    expect(await count(`pg_indexes where indexdef like '%post_words USING gin%'`)).toBe(2);
    const before = await count('post_words');
    await db.make.thread({ title: 'There after' });
    expect(await count('post_words')).toBe(before + 1);
  });
});
