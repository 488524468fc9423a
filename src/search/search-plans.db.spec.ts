import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { suggested } from './beside.queries.js';
import { communitySearch, strategySearch } from './other-search.queries.js';
import { threadSearch } from './thread-search.queries.js';

// Provoking settings: everything except an ordered index scan looks expensive, and the statistics
// suggest that matches are everywhere.
const TEMPTED = '-c enable_bitmapscan=off -c enable_seqscan=off -c enable_sort=off -c jit=off';

describe('the plan of a search', () => {
  let db: TestDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    db = await testDatabase();
    client = new pg.Client({ connectionString: db.url, options: TEMPTED });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await db.close();
  });

  const plan = async (text: string): Promise<string> => {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `explain (generic_plan, costs off) ${text}`,
    );
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };

  // Scanning the primary key backwards until there are enough matches reads the whole table if the
  // newest posts contain none, which takes seconds for a million posts.
  it.each([
    ['threads, all words', threadSearch.all],
    ['threads, any word', threadSearch.any],
    ['strategies, all words', strategySearch.all],
    ['strategies, any word', strategySearch.any],
    ['communities, all words', communitySearch.all],
    ['communities, any word', communitySearch.any],
    ['suggestions beside the results', suggested],
  ])('never scans the posts in order: %s', async (_what, { text }) => {
    const steps = await plan(text);
    expect(steps).toContain('Limit');
    expect(steps).not.toMatch(/Index Scan (Backward )?using post_words_pkey/);
  });

  it('would be detected if it did', async () => {
    const walk = 'select post_id from post_words where number = 1 order by post_id desc limit 10';
    expect(await plan(walk)).toMatch(/Index Scan Backward using post_words_pkey/);
  });
});
