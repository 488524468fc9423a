import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Cluster, Redis } from 'ioredis';
import { RateLimiterRedis, RateLimiterRes, type RateLimiterLike } from 'rate-limiter-flexible';
import { Clock } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { TooManyRequests } from '../kernel/errors.js';
import { sign } from '../kernel/ids.js';
import { openRedis } from '../kernel/redis.js';
import { Sql } from '../kernel/sql.js';
import { PostgresRateLimiter, UNLIMITED } from './postgres-rate-limiter.js';

/**
 * Rate limits by account, network or device, and by kind of action. Counters are in Redis if it is
 * configured; in PostgreSQL otherwise, and while Redis is unreachable. Subjects are stored as keyed
 * digests, so that a counter does not reveal whom it belongs to.
 */
@Injectable()
export class RateLimits implements OnApplicationShutdown {
  private readonly redis: Redis | Cluster | null;
  private readonly database: PostgresRateLimiter;
  private readonly limiter: RateLimiterLike;

  constructor(
    private readonly config: Config,
    sql: Sql,
    clock: Clock,
  ) {
    this.database = new PostgresRateLimiter(sql, clock);
    this.redis =
      config.REDIS_URL === undefined
        ? null
        : openRedis(config.REDIS_URL, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
    // ioredis emits an error for each failed connection attempt; the queue's connection logs the
    // outage.
    this.redis?.on('error', () => undefined);
    this.limiter =
      this.redis === null
        ? this.database
        : new RateLimiterRedis({
            storeClient: this.redis,
            keyPrefix: this.database.keyPrefix,
            // The maximum is enforced in this class, because `within` keeps counting beyond it.
            points: UNLIMITED,
            duration: 1,
            rejectIfRedisNotReady: true,
            insuranceLimiter: this.database,
          });
  }

  /**
   * Counts one action.
   * @param action kind of action, such as `reply`
   * @param subject whose actions are counted
   * @param most maximum number of actions in a window of `seconds` that starts with the first one
   * @throws TooManyRequests with the seconds to wait
   */
  async count(action: string, subject: string, most: number, seconds: number): Promise<void> {
    refuseOver(await this.hit(action, subject, seconds), most);
  }

  /**
   * Like `count`, but idempotent: an action that arrives several times, such as a form whose button
   * was pressed twice, is counted once.
   * @param key idempotency key among the subject's actions; if empty, every arrival counts
   * @returns whether this arrival was counted
   */
  async countOnce(
    action: string,
    subject: string,
    most: number,
    seconds: number,
    key: string,
  ): Promise<boolean> {
    if (key === '') {
      await this.count(action, subject, most, seconds);
      return true;
    }
    const [once, arrival] = [`${action}-once`, `${subject}:${key}`];
    const counter = this.key(action, subject);
    const counted = await this.hitOnce(this.key(once, arrival), counter, seconds);
    const state = counted ?? (await this.limiter.get(counter));
    try {
      if (state !== null) refuseOver(state, most);
      return counted !== null;
    } catch (error) {
      // A rejected action has not been performed, so it counts again next time.
      if (counted !== null) await this.forget(once, arrival);
      throw error;
    }
  }

  /**
   * Counts one action without rejecting it.
   * @returns whether it is among the `most` allowed
   */
  async within(action: string, subject: string, most: number, seconds: number): Promise<boolean> {
    return (await this.hit(action, subject, seconds)).consumedPoints <= most;
  }

  /** Gives one count back, for example for a form that was submitted twice. Never below zero. */
  async giveBack(action: string, subject: string): Promise<void> {
    const key = this.key(action, subject);
    const state = await this.limiter.get(key);
    if (state === null || state.consumedPoints < 1) return;
    // The window continues; the duration only applies if it ended a moment ago.
    await this.limiter.reward(key, 1, { customDuration: 1 });
  }

  /**
   * Resets the counter in Redis and in PostgreSQL, since Redis may have been unreachable in
   * between.
   */
  async forget(action: string, subject: string): Promise<void> {
    const key = this.key(action, subject);
    await this.limiter.delete(key);
    if (this.limiter !== this.database) await this.database.delete(key);
  }

  async onApplicationShutdown(): Promise<void> {
    this.redis?.disconnect();
    await Promise.resolve();
  }

  private async hit(action: string, subject: string, seconds: number): Promise<RateLimiterRes> {
    return this.limiter.consume(this.key(action, subject), 1, { customDuration: seconds });
  }

  /** @returns null if this arrival was already counted */
  private async hitOnce(
    arrival: string,
    counter: string,
    seconds: number,
  ): Promise<RateLimiterRes | null> {
    // A single statement, because each writing statement costs a transaction.
    if (this.limiter === this.database) return this.database.consumeOnce(arrival, counter, seconds);
    const window = { customDuration: seconds };
    const { consumedPoints } = await this.limiter.consume(arrival, 1, window);
    return consumedPoints > 1 ? null : this.limiter.consume(counter, 1, window);
  }

  private key(action: string, subject: string): string {
    return `${action}:${sign(this.config.secret, 'rate-limit', subject).slice(0, 22)}`;
  }
}

/** @throws TooManyRequests if the count exceeds the maximum */
function refuseOver({ consumedPoints, msBeforeNext }: RateLimiterRes, most: number): void {
  if (consumedPoints > most)
    throw new TooManyRequests(Math.max(1, Math.ceil(msBeforeNext / 1_000)));
}
