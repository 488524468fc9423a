import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connected } from '../../test/support/databases.js';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { ReindexPostsJob } from '../search/reindex-posts.job.js';
import { ImportIndex } from './import-index.js';

describe('the search index of imported posts', () => {
  let db: TestDatabase;
  let thread: string;

  beforeAll(async () => {
    db = await testDatabase();
    thread = await db.make.thread({ body: 'A kettle of ours.' });
  });
  afterAll(() => db.close());

  /** Stores posts like an import that is killed before indexing them. */
  async function store(from: number, count: number): Promise<void> {
    await db.database.inTransaction(async (tx) => {
      await tx.query(`set local sameboat.importing = 'on'`);
      await tx.query(
        `with stored as (
           insert into posts (thread_id, number, body, body_html, created_at)
           select $1, n, 'A kettle from elsewhere.', '', now() from generate_series($2::int, $3) n
           returning *)
         insert into post_words (post_id, thread_id, community_id, number, words, index_version)
         select s.id, s.thread_id, t.community_id, s.number, '', 0
         from stored s join threads t on t.id = s.thread_id`,
        [thread, from, from + count - 1],
      );
    });
  }
  const found = async (): Promise<number> => {
    const [row] = await db.make.all<{ count: number }>(
      `select count(*)::int as count from post_words where words @@ search_query('en', 'kettle')`,
    );
    return row?.count ?? 0;
  };

  it('is filled afterwards, by two connections', async () => {
    await store(2, 1_200);
    expect(await found()).toBe(1);
    const index = await ImportIndex.open(db.url);
    const seen: number[] = [];
    await connected(db.url, (other) =>
      index.finish(other, (_, done, all) => seen.push(done / all)),
    );
    await index.close();
    expect(await found()).toBe(1_201);
    expect(seen.at(-1)).toBe(1);
    expect(seen.slice(0, -1).every((part) => part < 1)).toBe(true);
  });

  it('is filled by the job where the import was killed', async () => {
    await store(2_000, 5);
    expect(await found()).toBe(1_201);
    await new ReindexPostsJob(db.database).run();
    expect(await found()).toBe(1_206);
  });

  it('reports an error that occurs while it runs', async () => {
    const index = await ImportIndex.open(db.url);
    await db.make.rows(`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'sameboat import' and datname = current_database()`);
    index.wake();
    await expect(
      connected(db.url, (other) => index.finish(other, () => undefined)),
    ).rejects.toThrow();
    await index.close();
  });
});
