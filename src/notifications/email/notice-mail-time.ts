import { later, MINUTE } from '../../kernel/clock.js';
import { afterQuietHours, dayAround } from '../preferences/mail-timing.js';

/** Milliseconds after an email within which further notices are batched into the next one. */
export const COALESCE_WITHIN = 10 * MINUTE;
/**
 * Maximum number of emails about notices per local day of the reader; the rest is one email the
 * next day.
 */
export const MAX_PER_DAY = 6;

export interface MailLoad {
  readonly timeZone: string | null;
  readonly quietFrom: number | null;
  readonly quietTo: number | null;
  readonly pausedUntil: Date | null;
  readonly mailedAt: Date | null;
  /** Emails since the start of the reader's local day. */
  readonly today: number;
}

/** When an email about something new may be sent: `now`, or later. */
export function noticeMailTime(now: Date, load: MailLoad): Date {
  let at = now;
  if (load.pausedUntil !== null && load.pausedUntil > at) at = load.pausedUntil;
  // An email with a future date was sent while a clock was ahead; nobody waits for that time.
  const mailedAt = load.mailedAt !== null && load.mailedAt > now ? null : load.mailedAt;
  if (mailedAt !== null && later(mailedAt, COALESCE_WITHIN) > at)
    at = later(mailedAt, COALESCE_WITHIN);
  const { end } = dayAround(now, load.timeZone);
  if (load.today >= MAX_PER_DAY && end > at) at = end;
  return afterQuietHours(at, { timeZone: load.timeZone, from: load.quietFrom, to: load.quietTo });
}
