import pg from 'pg';
import { DAY } from '../kernel/clock.js';
import { at, copy, field, line } from './bulk-copy.js';
import { indexBulk, withoutIndexing } from './bulk-index.js';
import { bases, type IdOffsets, type BulkOptions, type Progress } from './bulk-options.js';
import { threadsAndPosts } from './bulk-threads.js';
import { sentence } from './bulk-words.js';
import { randomFor } from './random.js';

/**
 * Inserts bulk data for benchmarks with COPY. Deterministic for a seed. Thread lengths are
 * long-tailed; the first thread has a twentieth of all posts.
 * @returns the thread ids that benchmarks request
 */
export async function seedBulk(
  url: string,
  options: BulkOptions,
  progress: Progress,
): Promise<{ firstThread: string; longThread: string; lastThread: string }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`set synchronous_commit = off`);
    const base = await bases(client);
    await members(client, options, base, progress);
    await communities(client, options, base);
    await withoutIndexing(client, () => threadsAndPosts(client, options, base, progress));
    progress('search index', 0, 1);
    await indexBulk(client, base.post);
    progress('search index', 1, 1);
    await client.query(`
      select setval(pg_get_serial_sequence('members', 'id'), (select max(id) from members)),
      setval(pg_get_serial_sequence('communities', 'id'), (select max(id) from communities)),
      setval(pg_get_serial_sequence('threads', 'id'), (select max(id) from threads)),
        setval(pg_get_serial_sequence('posts', 'id'), (select max(id) from posts))`);
    progress('statistics', 0, 1);
    await client.query(
      'vacuum analyze members, memberships, communities, threads, posts, post_words',
    );
    progress('statistics', 1, 1);
    return {
      firstThread: String(base.thread + 2),
      longThread: String(base.thread + 1),
      lastThread: String(base.thread + options.threads),
    };
  } finally {
    await client.end();
  }
}

async function members(
  client: pg.Client,
  options: BulkOptions,
  base: IdOffsets,
  progress: Progress,
): Promise<void> {
  const { members: all } = options;
  function* rows(): Generator<string> {
    for (let n = 1; n <= all; n += 1) {
      if (n % 10_000 === 0) progress('members', n, all);
      const id = base.member + n;
      const since = at(base.now - (n % 700) * DAY);
      yield line(
        id,
        `bulk-${id}`,
        `bulk-${id}@example.org`,
        since,
        `bulk-${n}`,
        since,
        since,
        since,
      );
    }
  }
  await copy(
    client,
    'members',
    'id, handle, email, email_verified_at, avatar_seed, age_confirmed_at, ' +
      'guidelines_accepted_at, created_at',
    rows(),
  );
}

async function communities(
  client: pg.Client,
  options: BulkOptions,
  base: IdOffsets,
): Promise<void> {
  const random = randomFor(options.seed, 'communities');
  function* rows(): Generator<string> {
    for (let n = 1; n <= options.communities; n += 1) {
      const id = base.community + n;
      yield line(
        id,
        `bulk-${id}`,
        `Community ${id}`,
        field(sentence(random).slice(0, 150)),
        'public',
        at(base.now - 900 * DAY),
      );
    }
  }
  await copy(client, 'communities', 'id, slug, name, summary, visibility, created_at', rows());
  await client.query(
    `
      insert into community_guidelines (community_id, version, rules)
      select id, 1, array['Be kind. People here are having a hard time.']
      from communities
      where id > $1
    `,
    [base.community],
  );
  function* places(): Generator<string> {
    for (let n = 1; n <= options.members; n += 1) {
      const first = n % options.communities;
      for (const place of new Set([
        first,
        (first * 7 + 3) % options.communities,
        (n * 13 + 5) % options.communities,
      ]))
        yield line(base.community + 1 + place, base.member + n);
    }
  }
  await copy(client, 'memberships', 'community_id, member_id', places());
  await client.query(
    `
      update communities c
      set member_count = m.count
      from (select community_id, count(*) as count from memberships group by 1) m
      where m.community_id = c.id and c.id > $1
    `,
    [base.community],
  );
}
