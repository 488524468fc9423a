import { DAY, HOUR, MINUTE } from '../kernel/clock.js';
import { readRefusal, refusalKey } from './refusals.js';
import type { BounceDetails } from './suppressions.js';

/**
 * An email that a server keeps deferring is given up after this, in milliseconds, as mail servers do
 * (RFC 5321, 4.5.4.1).
 */
export const GIVEN_UP_AFTER = 5 * DAY;

/**
 * What follows from a fault: `server` stops all emails for now, `wait` defers this one by `ms`
 * milliseconds, `final` refuses this one for good.
 */
export type Reaction =
  | { readonly kind: 'server' }
  | { readonly kind: 'final' }
  | { readonly kind: 'wait'; readonly ms: number };

interface Fault {
  responseCode?: number;
  command?: string;
  response?: string;
}

/** The SMTP reply code of a fault; 0 where the server gave none. */
export function codeOf(fault: unknown): number {
  return (fault as Fault).responseCode ?? 0;
}

/**
 * Decides what follows from a fault. A deferral of one email says nothing about the next; a server
 * that cannot be reached, or closes (421), defers all. A mailbox that is busy or full, and
 * greylisting (450 to 452), need longer than a passing fault.
 * @param attempts that were made, this one counted
 * @param age of the mail in milliseconds
 */
export function reactionTo(fault: unknown, attempts: number, age: number): Reaction {
  const code = codeOf(fault);
  if (code >= 500 && code < 600) return { kind: 'final' };
  if (code < 400 || code === 421) return { kind: 'server' };
  if (age > GIVEN_UP_AFTER) return { kind: 'final' };
  const [first, longest] = code >= 450 && code <= 459 ? [15 * MINUTE, 6 * HOUR] : [MINUTE, HOUR];
  return { kind: 'wait', ms: Math.min(longest, first * 2 ** Math.min(attempts - 1, 20)) };
}

/**
 * What a refusal for good says about the mailbox, or about this server. Only the answer to a
 * recipient (`RCPT TO`) speaks of a mailbox: what follows is about the mail.
 * @returns null for a deferral, and where nothing is to be recorded
 */
export function bounceOf(fault: unknown): BounceDetails | null {
  const { command, response = '' } = fault as Fault;
  const reply = codeOf(fault);
  if (reply < 500 || reply > 599) return null;
  const refusal = readRefusal(response, null);
  const details = {
    code: refusal.code ?? String(reply),
    refusal: refusalKey(response, refusal),
  };
  if (refusal.cause === 'sender') return { kind: 'sender', ...details };
  if (command !== 'RCPT TO') return null;
  return { kind: refusal.cause === 'mailbox' ? 'hard' : 'soft', ...details };
}
