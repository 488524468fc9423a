import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { randomFor, type Random } from '../seed/random.js';
import type { BenchDatabase } from './bench-database.js';
import { manyWriters, type Writer } from './sessions.js';

export type Kind = 'reply' | 'report' | 'save';

/** An acknowledged write, in a form that can be looked up in the database. */
export interface AcknowledgedWrite {
  readonly kind: Kind;
  readonly member: string;
  /** The key of a reply's form, the post of a report, or the slug of a strategy. */
  readonly what: string;
}

interface Form {
  readonly path: string;
  readonly cookie: string;
  readonly body: string;
  readonly written: AcknowledgedWrite;
}

/**
 * Timeout in milliseconds: long enough for a page under load, short enough to notice a dead
 * process.
 */
const PATIENCE = 10_000;
const TRIES = 8;
const between = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Simulated people who read and write through whichever web process responds. Like people, they
 * resubmit an unanswered form with the same key.
 */
export class EnduranceLoad {
  readonly acknowledged: AcknowledgedWrite[] = [];
  /** Response times of pages in milliseconds. */
  readonly times: number[] = [];
  answered = 0;
  /** Retries, because the process was killed or could not respond. */
  repeated = 0;
  refused = 0;
  givenUp = 0;
  private readonly random: Random = randomFor(3, 'endurance');
  private readonly running = new Set<Promise<void>>();
  private turn = 0;

  private constructor(
    private readonly bases: readonly string[],
    private readonly writers: readonly Writer[],
    private readonly posts: ReadonlyMap<string, readonly string[]>,
    private readonly strategies: readonly string[],
  ) {}

  static async open(database: BenchDatabase, bases: readonly string[]): Promise<EnduranceLoad> {
    const writers = await manyWriters(database.url, database.first, 2_000);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const posts = await client.query<{ thread: string; posts: string[] }>(
      `
        select thread_id::text as thread, (array_agg(id::text order by id))[1:20] as posts
        from posts
        where thread_id = any($1::bigint[])
        group by thread_id
      `,
      [[...new Set(writers.map(({ thread }) => thread))]],
    );
    const strategies = await client.query<{ slug: string }>(
      `select slug from coping_strategies where status = 'published' order by slug`,
    );
    await client.end();
    return new EnduranceLoad(
      bases,
      writers,
      new Map(posts.rows.map((row) => [row.thread, row.posts])),
      strategies.rows.map(({ slug }) => slug),
    );
  }

  /** Starts one random request without waiting for it. */
  act(): void {
    const dice = this.random.below(100);
    const writer = this.random.pick(this.writers);
    const kind = dice < 25 ? 'reply' : dice < 30 ? 'report' : dice < 35 ? 'save' : null;
    const form = kind === null ? null : this.formOf(kind, writer);
    const work = form === null ? this.read(writer) : this.send(form);
    this.running.add(work);
    void work.finally(() => this.running.delete(work));
  }

  /** Waits for pending requests. */
  async settle(): Promise<void> {
    await Promise.all(this.running);
  }

  private async read({ thread, cookie }: Writer): Promise<void> {
    const path = this.random.pick([`/t/${thread}`, '/', '/communities', '/toolkit', '/strategies']);
    const began = performance.now();
    const status = await this.ask(path, { headers: { cookie, accept: 'text/html' } });
    if (status !== null) this.times.push(performance.now() - began);
  }

  private async send({ path, cookie, body, written }: Form): Promise<void> {
    const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
    const status = await this.ask(path, { method: 'POST', body, headers });
    if (status === 303) this.acknowledged.push(written);
    else if (status !== null) this.refused += 1;
  }

  /** @returns null if all attempts failed */
  private async ask(path: string, request: RequestInit): Promise<number | null> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      this.turn += 1;
      const base = this.bases[this.turn % this.bases.length] ?? '';
      const signal = AbortSignal.timeout(PATIENCE);
      // Connection refused, or the process died: treated as a 503.
      const status = await fetch(base + path, { ...request, redirect: 'manual', signal })
        .then(async (answer) => {
          await answer.arrayBuffer();
          return answer.status;
        })
        .catch(() => 503);
      if (status < 500) {
        this.answered += 1;
        return status;
      }
      this.repeated += 1;
      await between(500);
    }
    this.givenUp += 1;
    return null;
  }

  private formOf(kind: Kind, { thread, member, cookie, token }: Writer): Form | null {
    const form = (path: string, what: string, fields: Record<string, string>): Form => ({
      path,
      cookie,
      body: new URLSearchParams({ _csrf: token, ...fields }).toString(),
      written: { kind, member, what },
    });
    if (kind === 'reply') {
      const idempotencyKey = randomBytes(9).toString('hex');
      const body = `Some words of an answer, as people write them (${idempotencyKey}).`;
      return form(`/t/${thread}/replies`, idempotencyKey, { body, idempotencyKey });
    }
    if (kind === 'save') {
      if (this.strategies.length === 0) return null;
      const slug = this.random.pick(this.strategies);
      return form(`/strategies/${slug}/save`, slug, {});
    }
    const posts = this.posts.get(thread) ?? [];
    if (posts.length === 0) return null;
    const post = this.random.pick(posts);
    return form(`/posts/${post}/report`, post, { reason: 'other-worry', note: 'A word.' });
  }
}
