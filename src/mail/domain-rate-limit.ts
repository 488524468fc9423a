import { Injectable } from '@nestjs/common';
import { Clock, HOUR, MINUTE } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { sign } from '../kernel/ids.js';
import { Sql, statement } from '../kernel/sql.js';

const hit = statement<{ bucket: string; now: Date; endWindow: Date }, { hits: number; ends: Date }>(
  'mail.domain-rate',
  `insert into rate_limits as r (bucket, hits, window_ends) values (:bucket, 1, :endWindow)
   on conflict (bucket)
   do update set hits = case
     when r.window_ends <= :now then 1
     else r.hits + 1 end, window_ends = case
     when r.window_ends <= :now then excluded.window_ends
     else r.window_ends end
   returning hits, window_ends as ends`,
);

/**
 * Large mail services turn away whoever sends to them too fast. Counted by the minute, over all
 * workers; the table holds keyed digests, no domain.
 */
@Injectable()
export class DomainRateLimit {
  constructor(
    private readonly config: Config,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns null where a mail to this address may go now, else when to come back: the longer the
   * line, the later
   */
  async wait(address: string): Promise<Date | null> {
    const most = this.config.MAIL_PER_DOMAIN;
    if (most === 0) return null;
    const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
    const now = this.clock.now();
    const counted = await this.sql.first(hit, {
      bucket: `mail:${sign(this.config.secret, 'mail-domain', domain).slice(0, 22)}`,
      now,
      endWindow: new Date(now.getTime() + MINUTE),
    });
    if (counted === null || counted.hits <= most) return null;
    return new Date(
      counted.ends.getTime() +
        Math.min(HOUR, Math.floor((counted.hits - most - 1) / most) * MINUTE),
    );
  }
}
