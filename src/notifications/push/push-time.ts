import { DAY, later, MINUTE } from '../../kernel/clock.js';
import { afterQuietHours } from '../preferences/mail-timing.js';

/** Minimum time between two notifications to a member, in milliseconds. */
const APART = 10 * MINUTE;

export interface PushLoad {
  readonly timeZone: string | null;
  readonly quietFrom: number | null;
  readonly quietTo: number | null;
  readonly pausedUntil: Date | null;
  /** When the member was last sent one. */
  readonly pushedAt: Date | null;
  /** Whether the member has not yet looked at what the last one was about. */
  readonly unseen: boolean;
}

/**
 * When a member's devices may be sent a notification: `now`, or later. An ignored notification is
 * repeated after a day at the earliest, because its text is the same.
 */
export function pushTime(now: Date, load: PushLoad): Date {
  let at = now;
  if (load.pausedUntil !== null && load.pausedUntil > at) at = load.pausedUntil;
  // A notification with a future date was sent while a clock was ahead.
  if (load.pushedAt !== null && load.pushedAt <= now) {
    const next = later(load.pushedAt, load.unseen ? DAY : APART);
    if (next > at) at = next;
  }
  return afterQuietHours(at, { timeZone: load.timeZone, from: load.quietFrom, to: load.quietTo });
}
