import { later, MINUTE } from '../../kernel/clock.js';
import { afterQuiet, dayAround } from '../preferences/mail-timing.js';

/** Notices within this time of a mail are coalesced into the next one; in milliseconds. */
export const COALESCE_WITHIN = 10 * MINUTE;
/** Most mails about notices in the reader's local day; the rest is one mail the next day. */
export const MOST_A_DAY = 6;

export interface MailLoad {
  readonly timeZone: string | null;
  readonly quietFrom: number | null;
  readonly quietTo: number | null;
  readonly pausedUntil: Date | null;
  readonly mailedAt: Date | null;
  /** Mails since the reader's day began. */
  readonly today: number;
}

/** When a mail about something new may go out: `now`, or later. */
export function noticeMailTime(now: Date, load: MailLoad): Date {
  let at = now;
  if (load.pausedUntil !== null && load.pausedUntil > at) at = load.pausedUntil;
  // A mail of the future was sent while a clock ran ahead: nobody waits for that time.
  const mailedAt = load.mailedAt !== null && load.mailedAt > now ? null : load.mailedAt;
  if (mailedAt !== null && later(mailedAt, COALESCE_WITHIN) > at)
    at = later(mailedAt, COALESCE_WITHIN);
  const { end } = dayAround(now, load.timeZone);
  if (load.today >= MOST_A_DAY && end > at) at = end;
  return afterQuiet(at, { timeZone: load.timeZone, from: load.quietFrom, to: load.quietTo });
}
