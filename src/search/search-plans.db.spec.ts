import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { valuesFor } from '../kernel/named-parameters.js';
import { suggested } from './beside.queries.js';
import { communitySearch, strategySearch } from './other-search.queries.js';
import { furthestSearched, NEWEST_MATCHES } from './newest-matches.js';
import { matchingThreads } from './matching-threads.queries.js';
import { foundThreads, readableCommunities } from './thread-search.queries.js';
import { inAnyWindow } from './windowed-words.js';

const POSTS = 20_000;
/** The id before the first of them, so that they are in two windows, after more than one read has. */
const BEFORE = 4_970_000;
/** The id of a post that is far older. */
const OLDEST = 5;
/** Number of posts after the newest opening. */
const REPLIES = 4_000;

// Provoking settings: everything except an ordered index scan looks expensive, and the statistics
// suggest that matches are everywhere.
const TEMPTED = '-c enable_bitmapscan=off -c enable_seqscan=off -c enable_sort=off -c jit=off';
const PAGES = '-c jit=off -c max_parallel_workers_per_gather=0';

interface Node {
  'Node Type': string;
  'Subplan Name'?: string;
  'Index Name'?: string;
  'Relation Name'?: string;
  'Index Cond'?: string;
  Filter?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  Plans?: Node[];
}

function nodesOf(node: Node, parent: Node | null = null): [Node, Node | null][] {
  return [[node, parent], ...(node.Plans ?? []).flatMap((each) => nodesOf(each, node))];
}

/** SQL of a parameter. */
function literal(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `array[${value.map(literal).join(', ')}]::text[]`;
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString());
  return typeof value === 'string' ? pg.escapeLiteral(value) : JSON.stringify(value);
}

/** Whether a node scans the posts in order until it has found enough. */
function walks([node, parent]: [Node, Node | null]): boolean {
  const isOrdered = node['Index Name'] === 'post_words_pkey' && node['Index Cond'] === undefined;
  // The newest posts, whatever their words.
  const isFixed = parent?.['Node Type'] === 'Limit' && node.Filter === undefined;
  return isOrdered && !isFixed;
}

/** The number of posts that a node of an executed plan has read. */
function postsRead([node]: [Node, Node | null]): number {
  if (node['Relation Name'] !== 'post_words') return 0;
  const rows = (node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0);
  return rows * (node['Actual Loops'] ?? 1);
}

describe('the plan of a search', () => {
  let db: TestDatabase;
  let place: string;

  const withClient = async <T>(
    options: string,
    work: (client: pg.Client) => Promise<T>,
  ): Promise<T> => {
    const client = new pg.Client({ connectionString: db.url, options });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };

  beforeAll(async () => {
    db = await testDatabase();
    const community = await db.make.community({ slug: 'long' });
    const thread = await db.make.thread({ community, title: 'Boats', body: 'Boats.' });
    // Words without posts: only the index is read. Without any thread, it would not be.
    ({ id: place } = await db.make.one<{ id: string }>('select id from communities'));
    const options = '-c session_replication_role=replica';
    await withClient(options, (client) =>
      client.query(
        `
        insert into post_words (post_id, thread_id, community_id, number, words)
        select $4 + n, $5::bigint, (select id from communities where slug = $1),
          case when n % 10 = 0 and n < $2 then 1 else 2 end,
          case when n % 40 = 1 then 'kettl:1 window:2'::tsvector else ''::tsvector end
            || array_to_tsvector(array['#1-' || ($4 + n >> 11), '#2-' || ($4 + n >> 14),
              '#3-' || ($4 + n >> 17)]
            || case when n % 2 = 0 then array['kettl'] else array['window'] end
            || case when n % 50 = 0 then array['rare'] else '{}' end
            || case when n % 5000 = 0 then array['rarest'] else '{}' end
            || case when n % 10 = 0 and n < $2 then array['#o'] else '{}' end)
        from generate_series(1, $3::bigint) n
        union all
        select $6, $5, (select id from communities where slug = $1), 1, 'rarest:1'
      `,
        [community, POSTS - REPLIES, POSTS, BEFORE, thread, OLDEST],
      ),
    );
  });
  afterAll(() => db.close());

  const explained = async (client: pg.Client, query: pg.QueryConfig): Promise<Node> => {
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(query);
    const [row] = rows;
    if (row === undefined) throw new Error('no plan');
    return row['QUERY PLAN'][0].Plan;
  };

  const ordered = async (text: string): Promise<string[]> => {
    const plan = await withClient(TEMPTED, (client) =>
      explained(client, { text: `explain (generic_plan, costs off, format json) ${text}` }),
    );
    return nodesOf(plan)
      .filter(walks)
      .map(([node]) => node['Node Type']);
  };

  // Scanning the primary key backwards until there are enough matches reads the whole table if the
  // newest posts contain none, which takes seconds for a million posts.
  it.each([
    ['threads, all words', matchingThreads.all],
    ['threads, any word', matchingThreads.any],
    ['threads of a page of results', foundThreads],
    ['communities that may be read', readableCommunities],
    ['strategies, all words', strategySearch.all],
    ['strategies, any word', strategySearch.any],
    ['communities, all words', communitySearch.all],
    ['communities, any word', communitySearch.any],
    ['suggestions beside the results', suggested],
  ])('never scans the posts in order: %s', async (_what, { text }) => {
    expect(await ordered(text)).toEqual([]);
  });

  it.each([
    'select post_id from post_words where number = 1 order by post_id desc limit 10',
    'select max(x.post_id) from (select post_id from post_words order by post_id desc) x, posts',
  ])('would be detected if it did: %s', async (walk) => {
    expect(await ordered(walk)).not.toEqual([]);
  });

  /** The plans of searches, as executed. */
  const executed = (
    mode: 'custom' | 'generic',
    queries: readonly string[],
  ): Promise<[Node, Node | null][][]> =>
    withClient(`${PAGES} -c plan_cache_mode=force_${mode}_plan`, async (client) => {
      await client.query(`prepare search as ${matchingThreads.all.text}`);
      const plans = [];
      for (const query of queries) {
        const values = valuesFor(matchingThreads.all, {
          query,
          communities: `{${place}}`,
          languages: '{en}',
          labels: '',
          now: db.clock.now(),
        }).map(literal);
        const text = `explain (analyze, format json) execute search(${values.join(', ')})`;
        plans.push(nodesOf(await explained(client, { text })));
      }
      return plans;
    });

  const QUERIES = [
    'kettle',
    'kettle window',
    'rare',
    'rare kettle',
    'rarest',
    'rarest kettle',
    'rarest rare',
    'rare -kettle',
  ];
  const largest = async (): Promise<number> => {
    const plans = [...(await executed('custom', QUERIES)), ...(await executed('generic', QUERIES))];
    return Math.max(...plans.flat().map(postsRead));
  };

  it('reads few posts where the newest are all replies, without statistics and with them', async () => {
    const without = await largest();
    await db.make.rows('analyze post_words');
    expect(Math.max(without, await largest())).toBeLessThanOrEqual(1_400);
  });

  /** SQL of what `NEWEST_MATCHES` expects. */
  const searched = (terms: string, indexed: string): string => `
    readable as (select id from communities),
    terms(words) as (values ('${terms}'::tsquery)),
    q as (
      select a.words, i.words as indexed, ${inAnyWindow('i.words')} as anywhere,
        a.words as checked, n.newest, ${furthestSearched('a.words', 'n.newest')} as furthest
      from terms a
      cross join (values ('${indexed}'::tsquery)) i(words)
      cross join (select max(post_id) as newest from post_words) n)`;

  it.each([
    ['kettl', 'kettl'],
    ['rare', 'rare'],
    ['rarest', 'rarest'],
    ['rarest | nowhere', 'rarest | nowhere'],
    ['rare & !kettl', 'rare'],
    ['nowhere', 'nowhere'],
  ])('finds the newest posts and openings with %s in whatever windows', async (terms, indexed) => {
    const newest = (condition: string, most: number): string => `
      (select post_id
      from post_words
      where words @@ '${terms}' and ${condition}
      order by post_id desc
      limit ${most})`;
    const expected = `${newest('true', 200)} union ${newest('number = 1', 80)} order by 1`;
    const found = await db.make.rows(`
      with recursive ${searched(terms, indexed)}, ${NEWEST_MATCHES}
      select post_id from matches order by 1`);
    expect(found).toEqual(await db.make.rows(expected));
  });

  it('finds a phrase of common words in the newest posts, even if few have it', async () => {
    const rows = await db.make.rows(`
      with recursive ${searched('kettl <-> window', 'kettl & window')}, ${NEWEST_MATCHES}
      select count(*) > 100 as some, count(*) < 500 as few
      from matches`);
    expect(rows).toEqual([{ some: true, few: true }]);
  });
});
