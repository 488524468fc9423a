import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Clock } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { TooMany } from '../kernel/errors.js';
import { sign } from '../kernel/ids.js';
import { Sql, statement } from '../kernel/sql.js';

interface Hits {
  hits: number;
  seconds: number;
}

const hit = statement<{ bucket: string; now: Date; seconds: number }, Hits>(
  'http.rate-limit',
  `
    insert into rate_limits as r (bucket, hits, window_ends)
    values (:bucket, 1, :now::timestamptz + make_interval(secs => :seconds))
   on conflict (bucket) do update set
     hits = case when r.window_ends <= :now then 1 else r.hits + 1 end,
     window_ends = case when r.window_ends <= :now then excluded.window_ends else r.window_ends end
   returning hits, ceil(extract(epoch from window_ends - :now))::int as seconds`,
);

const giveBack = statement<{ bucket: string }, object>(
  'http.rate-limit-give-back',
  'update rate_limits set hits = greatest(0, hits - 1) where bucket = :bucket',
);
const forget = statement<{ bucket: string }, object>(
  'http.rate-limit-forget',
  'delete from rate_limits where bucket = :bucket',
);

/**
 * Counts per account, network and kind of deed, in Redis where there is one and in PostgreSQL
 * otherwise. Subjects are stored as keyed digests, so the table tells nobody who was where.
 */
@Injectable()
export class RateLimits implements OnApplicationShutdown {
  private readonly redis: Redis | null;

  constructor(
    private readonly config: Config,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {
    this.redis =
      config.REDIS_URL === undefined
        ? null
        : new Redis(config.REDIS_URL, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
    this.redis?.on('error', () => undefined);
  }

  /**
   * Counts one deed.
   * @param most deeds allowed in `seconds`
   * @throws TooMany with the seconds to wait
   */
  async count(deed: string, subject: string, most: number, seconds: number): Promise<void> {
    const state = await this.hit(deed, subject, seconds);
    if (state.hits > most) throw new TooMany(Math.max(1, state.seconds));
  }

  /**
   * Counts one deed that is never refused. @returns whether there were no more than `most` of them
   * in `seconds`
   */
  async within(deed: string, subject: string, most: number, seconds: number): Promise<boolean> {
    return (await this.hit(deed, subject, seconds)).hits <= most;
  }

  /** What turned out to be nothing new, as a form sent twice, is not counted. */
  async giveBack(deed: string, subject: string): Promise<void> {
    const bucket = this.bucket(deed, subject);
    if (this.redis?.status === 'ready') await this.redis.decr(bucket).catch(() => undefined);
    else await this.sql.rows(giveBack, { bucket });
  }

  async forget(deed: string, subject: string): Promise<void> {
    const bucket = this.bucket(deed, subject);
    if (this.redis?.status === 'ready') await this.redis.del(bucket).catch(() => undefined);
    await this.sql.rows(forget, { bucket });
  }

  async onApplicationShutdown(): Promise<void> {
    this.redis?.disconnect();
    await Promise.resolve();
  }

  private async hit(deed: string, subject: string, seconds: number): Promise<Hits> {
    const bucket = this.bucket(deed, subject);
    return (
      (await this.countInRedis(bucket, seconds)) ?? (await this.countInDatabase(bucket, seconds))
    );
  }

  private bucket(deed: string, subject: string): string {
    return `limit:${deed}:${sign(this.config.secret, 'rate-limit', subject).slice(0, 22)}`;
  }

  // Redis away is no reason to refuse anybody: the database counts meanwhile.
  private async countInRedis(bucket: string, seconds: number): Promise<Hits | null> {
    if (this.redis?.status !== 'ready') return null;
    try {
      const hits = await this.redis.incr(bucket);
      if (hits === 1) await this.redis.expire(bucket, seconds);
      const left = await this.redis.ttl(bucket);
      return { hits, seconds: left < 0 ? seconds : left };
    } catch {
      return null;
    }
  }

  private async countInDatabase(bucket: string, seconds: number): Promise<Hits> {
    const state = await this.sql.first(hit, { bucket, now: this.clock.now(), seconds });
    return state ?? { hits: 1, seconds };
  }
}
