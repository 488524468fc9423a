import { RateLimiterCompatibleAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import type { Clock } from '../kernel/clock.js';
import { statement, type Sql } from '../kernel/sql.js';

/** Higher than any count within a window, and still an integer for Redis. */
export const UNLIMITED = 2 ** 31 - 1;

interface Counter {
  hits: number;
  milliseconds: number;
}

const MILLISECONDS = '(1000 * extract(epoch from window_ends - :now::timestamptz))::float8';

const COUNT = 'insert into rate_limits as r (bucket, hits, window_ends)';
const ADD_TO_WINDOW = `
  on conflict (bucket) do update set
    hits = case
      when r.window_ends <= :now then excluded.hits
      else r.hits + excluded.hits
    end,
    window_ends = case
      when r.window_ends <= :now then excluded.window_ends
      else r.window_ends
    end
`;

const consume = statement<{ bucket: string; now: Date; seconds: number; points: number }, Counter>(
  'http.rate-limit',
  `
    ${COUNT} values (:bucket, :points, :now::timestamptz + make_interval(secs => :seconds))
    ${ADD_TO_WINDOW}
    returning hits, ${MILLISECONDS} as milliseconds
  `,
);
const consumeOnce = statement<
  { once: string; bucket: string; now: Date; seconds: number },
  { hits: number | null; milliseconds: number | null }
>(
  'http.rate-limit-once',
  `
    with arrival as (
      ${COUNT} values (:once, 1, :now::timestamptz + make_interval(secs => :seconds))
      ${ADD_TO_WINDOW}
      returning hits
    ), counted as (
      ${COUNT}
      select :bucket, 1, :now::timestamptz + make_interval(secs => :seconds)
      from arrival
      where arrival.hits = 1
      ${ADD_TO_WINDOW}
      returning hits, ${MILLISECONDS} as milliseconds
    )
    select counted.hits, counted.milliseconds
    from arrival left join counted on true
  `,
  // Each statement is its own transaction, so a counter is locked for one statement only.
  'shared-write',
);
const read = statement<{ bucket: string; now: Date }, Counter>(
  'http.rate-limit-read',
  `
    select hits, ${MILLISECONDS} as milliseconds
    from rate_limits
    where bucket = :bucket
      and window_ends > :now
  `,
);
const giveBack = statement<{ bucket: string; now: Date; points: number }, Counter>(
  'http.rate-limit-give-back',
  `
    update rate_limits
    set hits = greatest(0, hits - :points::int)
    where bucket = :bucket
      and window_ends > :now
    returning hits, ${MILLISECONDS} as milliseconds
  `,
);
const forget = statement<{ bucket: string }, { bucket: string }>(
  'http.rate-limit-forget',
  'delete from rate_limits where bucket = :bucket returning bucket',
);

/** Prefix of the counters' keys, here and in Redis. */
export const RATE_LIMIT_PREFIX = 'limit';

/**
 * Stores counters in the table `rate_limits`, with the application's clock. The library's own
 * PostgreSQL limiter uses a table and a clock of its own.
 */
export class PostgresRateLimiter extends RateLimiterCompatibleAbstract {
  declare readonly keyPrefix: string;
  declare blockDuration: number;
  declare execEvenly: boolean;

  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {
    super();
    // The base class has accessors that throw; the first limiter sets the last two.
    Object.defineProperties(this, {
      keyPrefix: { value: RATE_LIMIT_PREFIX },
      blockDuration: { value: 0, writable: true },
      execEvenly: { value: false, writable: true },
    });
  }

  /**
   * Never rejects for exceeding a limit.
   * @param options `customDuration` in seconds
   */
  override async consume(
    key: string | number,
    points = 1,
    options: { customDuration?: number } = {},
  ): Promise<RateLimiterRes> {
    const [bucket, now] = [this.bucket(key), this.clock.now()];
    const seconds = options.customDuration ?? 1;
    const counter = await this.sql.first(consume, { bucket, now, seconds, points });
    return stateOf(counter ?? { hits: points, milliseconds: seconds * 1_000 });
  }

  /**
   * Counts one action, unless it was already counted under its idempotency key.
   * @returns null if it was already counted
   */
  async consumeOnce(once: string, key: string, seconds: number): Promise<RateLimiterRes | null> {
    const counter = await this.sql.first(consumeOnce, {
      once: this.bucket(once),
      bucket: this.bucket(key),
      now: this.clock.now(),
      seconds,
    });
    const { hits, milliseconds } = counter ?? {};
    return hits == null ? null : stateOf({ hits, milliseconds: milliseconds ?? 0 });
  }

  override penalty(
    key: string | number,
    points = 1,
    options: { customDuration?: number } = {},
  ): Promise<RateLimiterRes> {
    return this.consume(key, points, options);
  }

  /** Gives points back, never below zero. */
  override async reward(key: string | number, points = 1): Promise<RateLimiterRes> {
    const [bucket, now] = [this.bucket(key), this.clock.now()];
    const counter = await this.sql.first(giveBack, { bucket, now, points });
    return stateOf(counter ?? { hits: 0, milliseconds: 0 });
  }

  override async get(key: string | number): Promise<RateLimiterRes | null> {
    const counter = await this.sql.first(read, { bucket: this.bucket(key), now: this.clock.now() });
    return counter === null ? null : stateOf(counter);
  }

  override async set(
    key: string | number,
    points: number,
    seconds: number,
  ): Promise<RateLimiterRes> {
    await this.delete(key);
    return this.consume(key, points, { customDuration: seconds });
  }

  override block(key: string | number, seconds: number): Promise<RateLimiterRes> {
    return this.set(key, UNLIMITED, seconds);
  }

  override async delete(key: string | number): Promise<boolean> {
    return (await this.sql.rows(forget, { bucket: this.bucket(key) })).length > 0;
  }

  private bucket(key: string | number): string {
    return `${this.keyPrefix}:${key}`;
  }
}

function stateOf({ hits, milliseconds }: Counter): RateLimiterRes {
  return new RateLimiterRes(Math.max(0, UNLIMITED - hits), milliseconds, hits, hits === 1);
}
