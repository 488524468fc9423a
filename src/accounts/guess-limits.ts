import { Injectable } from '@nestjs/common';
import { RateLimits } from '../http/rate-limit.js';

type Steps = readonly [action: string, most: number, seconds: number][];

/** Attempts allowed before the wait grows: per minute, hour and day. Never a permanent lock-out. */
const DEVICE: Steps = [
  ['log-in-device-60', 6, 60],
  ['log-in-device-3600', 20, 3_600],
  ['log-in-device-86400', 60, 86_400],
];
/** For unknown browsers: per account and network. */
const STRANGER: Steps = [
  ['log-in-stranger-60', 6, 60],
  ['log-in-stranger-3600', 20, 3_600],
  ['log-in-stranger-86400', 60, 86_400],
];
/** For all unknown browsers together: per account. */
const STRANGERS: Steps = [
  ['log-in-strangers-3600', 60, 3_600],
  ['log-in-strangers-86400', 200, 86_400],
];
/** For unknown browsers: per network, across all accounts. */
const NETWORK: Steps = [
  ['log-in-network-60', 40, 60],
  ['log-in-network-3600', 300, 3_600],
];

/**
 * Limits password guessing. A browser that has logged in to the account before has its own counter,
 * so that strangers cannot use up its attempts; all others are counted by account and network
 * (OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
 */
@Injectable()
export class GuessLimits {
  constructor(private readonly limits: RateLimits) {}

  /**
   * @param device from `KnownDevices.deviceOf`; null for an unknown browser
   * @throws TooManyRequests with the time to wait
   */
  async count(email: string, network: string, device: string | null): Promise<void> {
    if (device !== null) return this.countAll(DEVICE, device);
    const account = accountOf(email);
    await this.countAll(NETWORK, network);
    await this.countAll(STRANGER, `${account} ${network}`);
    await this.countAll(STRANGERS, account);
  }

  /** Resets the counter after a successful log-in; other people's attempts stay counted. */
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
