import { Injectable } from '@nestjs/common';
import { RateLimits } from '../http/rate-limit.js';

type Steps = readonly [action: string, most: number, seconds: number][];

/** Tries before the wait grows: a minute, an hour, a day. Never a lock for good. */
const DEVICE: Steps = [
  ['log-in-device-60', 6, 60],
  ['log-in-device-3600', 20, 3_600],
  ['log-in-device-86400', 60, 86_400],
];
/** Of strangers, at one account from one network. */
const STRANGER: Steps = [
  ['log-in-stranger-60', 6, 60],
  ['log-in-stranger-3600', 20, 3_600],
  ['log-in-stranger-86400', 60, 86_400],
];
/** Of all strangers together, at one account. */
const STRANGERS: Steps = [
  ['log-in-strangers-3600', 60, 3_600],
  ['log-in-strangers-86400', 200, 86_400],
];
/** Of strangers from one network, at whatever account. */
const NETWORK: Steps = [
  ['log-in-network-60', 40, 60],
  ['log-in-network-3600', 300, 3_600],
];

/**
 * Slows guessing of passwords. A browser that logged in to the account before is counted by
 * itself, so that no stranger can use up its tries; all others are counted by account and
 * network (OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
 */
@Injectable()
export class GuessLimits {
  constructor(private readonly limits: RateLimits) {}

  /**
   * @param device as `KnownDevices.deviceOf` names it; null for a stranger
   * @throws TooMany with the time to wait
   */
  async count(email: string, network: string, device: string | null): Promise<void> {
    if (device !== null) return this.countAll(DEVICE, device);
    const account = accountOf(email);
    await this.countAll(NETWORK, network);
    await this.countAll(STRANGER, `${account} ${network}`);
    await this.countAll(STRANGERS, account);
  }

  /** Resets the count after a log-in; attempts of others stay counted. */
  async forget(email: string, network: string, device: string | null): Promise<void> {
    const [steps, subject]: [Steps, string] =
      device === null ? [STRANGER, `${accountOf(email)} ${network}`] : [DEVICE, device];
    for (const [action] of steps) await this.limits.forget(action, subject);
  }

  private async countAll(steps: Steps, subject: string): Promise<void> {
    for (const [action, most, seconds] of steps) {
      await this.limits.count(action, subject, most, seconds);
    }
  }
}

function accountOf(email: string): string {
  return email.trim().toLowerCase();
}
