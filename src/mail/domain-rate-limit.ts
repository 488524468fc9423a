import { Injectable } from '@nestjs/common';
import { Clock, HOUR, MINUTE } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { sign } from '../kernel/ids.js';
import { Sql } from '../kernel/sql.js';
import { countMail } from './domain-rate-limit.queries.js';

/**
 * The rate limit per recipient domain: large mail services reject senders that are too fast.
 * Counted per minute, across all workers; the table contains keyed digests instead of domains.
 */
@Injectable()
export class DomainRateLimit {
  constructor(
    private readonly config: Config,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts an email to this address.
   * @returns null if it may be sent now, otherwise when to try again: the longer the queue, the
   *   later, at most an hour after the window's end
   */
  async retryAt(address: string): Promise<Date | null> {
    const limit = this.config.MAIL_PER_DOMAIN;
    if (limit === 0) return null;
    const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
    const now = this.clock.now();
    const counted = await this.sql.first(countMail, {
      bucket: `mail:${sign(this.config.secret, 'mail-domain', domain).slice(0, 22)}`,
      now,
      endWindow: new Date(now.getTime() + MINUTE),
    });
    if (counted === null || counted.hits <= limit) return null;
    return new Date(
      counted.ends.getTime() +
        Math.min(HOUR, Math.floor((counted.hits - limit - 1) / limit) * MINUTE),
    );
  }
}
