import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { ReindexPostsJob } from './reindex-posts.job.js';

describe('ReindexPostsJob', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase();
    const thread = await db.make.thread({ title: 'About the PHQ-9', body: 'I’m anxious/tired.' });
    for (let n = 0; n < 3; n += 1) await db.make.reply({ thread, body: `So tired.Nobody ${n}` });
  });
  afterAll(() => db.close());

  const index = (): Promise<unknown> =>
    db.make.rows('select post_id, words::text, index_version from post_words order by post_id');

  it('updates rows indexed by an older version, and no others', async () => {
    const today = await index();
    expect(today).toHaveLength(4);
    await db.make.rows(`
      update post_words
      set words = 'earlier', index_version = 1
      where number > 1`);
    await new ReindexPostsJob(db.database).run();
    expect(await index()).toEqual(today);
    await db.make.rows(`update post_words set words = 'kept' where number = 1`);
    await new ReindexPostsJob(db.database).run();
    expect((await index()) as object[]).toContainEqual(
      expect.objectContaining({ words: `'kept'` }),
    );
  });

  it('finds outdated rows with a partial index', async () => {
    const plan = await db.make.rows(
      'explain select post_id from post_words where index_version < 2 order by post_id desc limit 9',
    );
    expect(JSON.stringify(plan)).toContain('post_words_outdated');
  });
});
