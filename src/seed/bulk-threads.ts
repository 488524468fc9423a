import type pg from 'pg';
import { bodyHtml } from '../content/markdown.js';
import { DAY, MINUTE } from '../kernel/clock.js';
import { at, copy, field, line } from './bulk-copy.js';
import type { IdOffsets, BulkOptions, Progress } from './bulk-options.js';
import { paragraph, sentence } from './bulk-words.js';
import { randomFor, type Random } from './random.js';

/** Number of distinct bodies that posts share: rendering a million would dominate the run time. */
const BODIES = 2_000;
const REPLY_WISHES = ['listen', 'experiences', 'advice'];
const KINDS = ['support', 'question', 'experience', 'win'];

interface Plan {
  counts: Uint32Array;
  bodies: { text: string; html: string }[];
}

function plan(options: BulkOptions, random: Random): Plan {
  const counts = new Uint32Array(options.threads).fill(1);
  let left = Math.max(0, options.posts - options.threads);
  const long = Math.min(left, Math.floor(options.posts / 20));
  counts[0] = (counts[0] ?? 0) + long;
  left -= long;
  while (left > 0) {
    const thread = Math.floor(options.threads * random.next() ** 2);
    const some = Math.min(left, 1 + random.below(40));
    counts[thread] = (counts[thread] ?? 0) + some;
    left -= some;
  }
  const bodies = Array.from({ length: BODIES }, () => {
    const text = Array.from({ length: 1 + random.below(4) }, () => paragraph(random)).join('\n\n');
    return { text: field(text), html: field(bodyHtml(text)) };
  });
  return { counts, bodies };
}

/** Inserts threads and their posts, with the counts that lists show. */
export async function threadsAndPosts(
  client: pg.Client,
  options: BulkOptions,
  base: IdOffsets,
  progress: Progress,
): Promise<void> {
  const random = randomFor(options.seed, 'posts');
  const { counts, bodies } = plan(options, random);
  const year = 365 * DAY;
  const opened = (n: number): number =>
    base.now - year + Math.floor((n / options.threads) * (year - DAY));
  function* threads(): Generator<string> {
    for (let n = 0; n < options.threads; n += 1) {
      const posts = counts[n] ?? 1;
      const start = opened(n);
      yield line(
        base.thread + n + 1,
        base.community + 1 + (n % options.communities),
        field(sentence(random).slice(0, 110)),
        random.pick(KINDS),
        random.pick(REPLY_WISHES),
        posts - 1,
        posts + 1,
        at(start + posts * MINUTE),
        at(start),
      );
    }
  }
  await copy(
    client,
    'threads',
    'id, community_id, title, kind, reply_wish, reply_count, next_number, last_post_at, created_at',
    threads(),
  );
  function* posts(): Generator<string> {
    let id = base.post;
    for (let n = 0; n < options.threads; n += 1) {
      const start = opened(n);
      const all = counts[n] ?? 1;
      for (let number = 1; number <= all; number += 1) {
        id += 1;
        if (id % 10_000 === 0) progress('posts', id - base.post, options.posts);
        const body = random.pick(bodies);
        const author = base.member + 1 + random.below(options.members);
        yield line(
          id,
          base.thread + n + 1,
          number,
          author,
          body.text,
          body.html,
          random.below(4),
          at(start + number * MINUTE),
        );
      }
    }
  }
  await copy(
    client,
    'posts',
    'id, thread_id, number, author_id, body, body_html, same_boat, created_at',
    posts(),
  );
  await client.query(
    `
      update communities c
      set thread_count = t.count, last_post_at = t.last
      from (select community_id, count(*) as count, max(last_post_at) as last
        from threads
        group by 1) t
      where t.community_id = c.id and c.id > $1
    `,
    [base.community],
  );
}
