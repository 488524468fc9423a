import { Injectable } from '@nestjs/common';
import { Clock, HOUR, MINUTE } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { sign } from '../kernel/ids.js';
import { Sql, statement } from '../kernel/sql.js';

const hit = statement<{ bucket: string; now: Date; endWindow: Date }, { hits: number; ends: Date }>(
  'mail.domain-rate',
  `
    insert into rate_limits as r (bucket, hits, window_ends)
    values (:bucket, 1, :endWindow)
    on conflict (bucket)
    do update set hits = case
        when r.window_ends <= :now then 1
        else r.hits + 1 end,
      window_ends = case
        when r.window_ends <= :now then excluded.window_ends
        else r.window_ends end
    returning hits, window_ends as ends
  `,
);

/**
 * The rate limit of a recipient domain: large mail services refuse senders that are too fast.
 * Counted by the minute, over all workers; the table holds keyed digests and no domain.
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
   * @returns null where it may be sent now, otherwise when to try again: the longer the queue, the
   *   later, and within an hour of the window's end
   */
  async retryAt(address: string): Promise<Date | null> {
    const limit = this.config.MAIL_PER_DOMAIN;
    if (limit === 0) return null;
    const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
    const now = this.clock.now();
    const counted = await this.sql.first(hit, {
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
