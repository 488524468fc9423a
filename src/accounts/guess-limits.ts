import { Injectable } from '@nestjs/common';
import { RateLimits } from '../http/rate-limit.js';

/** Tries in a row before the wait grows: then a minute's worth, an hour's worth, a day's worth. Never a lock for good. */
const ACCOUNT: [most: number, seconds: number][] = [[6, 60], [20, 3_600], [60, 86_400]];
const NETWORK: [most: number, seconds: number][] = [[40, 60], [300, 3_600]];

/** Slows whoever guesses passwords, by the account aimed at and by the network it comes from. */
@Injectable()
export class GuessLimits {
  constructor(private readonly limits: RateLimits) {}

  /** @throws TooMany with the time to wait */
  async count(email: string, network: string): Promise<void> {
    for (const [most, seconds] of NETWORK) await this.limits.count(`log-in-network-${seconds}`, network, most, seconds);
    for (const [most, seconds] of ACCOUNT) await this.limits.count(`log-in-${seconds}`, email.trim().toLowerCase(), most, seconds);
  }

  /** After a log-in or a reset the account starts afresh. */
  async forget(email: string): Promise<void> {
    for (const [, seconds] of ACCOUNT) await this.limits.forget(`log-in-${seconds}`, email.trim().toLowerCase());
  }
}
